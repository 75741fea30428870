package main

import (
	"context"
	"fmt"
	"io"
	"os/exec"
	"runtime"
	"time"

	"github.com/s4bot/s4bot/internal/adapters/web"
	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/nlu"
	"github.com/s4bot/s4bot/internal/store"
)

// connectWeb makes the pages. They are always there: for merchants who have no app, and
// as the desk where no other is configured.
func (c config) connectWeb(p *program, to *router, s store.Store) {
	seen := &cases{store: s, mind: p.mind, kept: time.Duration(c.Retention), zone: time.Local}
	if desk, err := c.Desk.desk(); err == nil { // else the program has not come so far
		seen.zone = desk.Hours.Zone
	}
	proxies, _ := networks(c.WebProxies) // check has read them
	settings := web.Config{
		Feeds: s, Token: c.WebToken, Loopback: loopback(c.HTTPAddr), Proxies: proxies, Files: to,
		Mask: func(text string) string { return nlu.Mask(text, nlu.MaskOptions{Phones: c.MaskPhones}) },
		Handle: func(ctx context.Context, messages ...chat.Message) error {
			return p.bot.Accept(ctx, messages...)
		},
		Desk: func(ctx context.Context, room chat.Room, acts ...chat.Act) error {
			return p.bot.AcceptDesk(ctx, room, acts...)
		},
		Consult: consultant{p}, Inside: consultant{p}, Library: c.library(p.mind, seen), Insights: seen.report,
	}
	settings.Fill = func(ctx context.Context) (float64, error) {
		h, err := s.Health(ctx)
		return h.Fill, err
	}
	if to.desk != "" {
		settings.Elsewhere = "Slack"
	}
	p.web = web.New(settings, p.log)
	to.platforms[web.Platform], to.platforms[web.DeskPlatform] = p.web, p.web
	if to.desk == "" {
		to.desk = web.DeskPlatform
		if c.WebToken == "" && !settings.Loopback {
			p.log.Warn("cases come to the web desk, and nobody can open it: set WEB_TOKEN, or SLACK_DESK_CHANNEL for a desk in Slack")
		}
	}
}

// invite tells a person at the terminal where the page is, and opens it if it can.
func invite(out io.Writer, addr string) {
	address := "http://" + addr
	fmt.Fprintf(out, "s4bot is running.\n  chat       %s/\n  desk       %s/desk\n  insights   %s/insights\n  knowledge  %s/knowledge\nCtrl-C stops it.\n", address, address, address, address)
	for _, opener := range openers[runtime.GOOS] {
		if path, err := exec.LookPath(opener[0]); err == nil {
			_ = exec.Command(path, append(opener[1:], address)...).Start() // a favour: the address stands above
			return
		}
	}
}

// openers open an address in a browser.
var openers = map[string][][]string{
	"darwin":  {{"open"}},
	"linux":   {{"xdg-open"}, {"wslview"}},
	"windows": {{"rundll32", "url.dll,FileProtocolHandler"}},
}
