package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"testing"

	"github.com/s4bot/s4bot/internal/browsertest"
)

// shopSite is somebody's own page at http://localhost, with a policy of its own, which
// puts the chat of a bot into itself by one line.
func shopSite(t *testing.T, bot string) string {
	t.Helper()
	shop := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Security-Policy", "default-src 'none'; img-src data:; script-src "+bot+"; frame-src "+bot)
		_, _ = fmt.Fprintf(w, `<!doctype html><html lang="zh"><title>小店</title><link rel="icon" href="data:,">
<h1>小店</h1><button>加入购物车</button><script src="%s/embed.js" async></script></html>`, bot)
	}))
	t.Cleanup(shop.Close)
	return strings.Replace(shop.URL, "127.0.0.1", "localhost", 1)
}

// behindTLS is the address of a bot behind a server that says that it is reached over a
// safe connection, under a name that browsers trust without one.
func behindTLS(t *testing.T, bot string) string {
	t.Helper()
	aim, err := url.Parse(bot)
	if err != nil {
		t.Fatal(err)
	}
	proxy := httptest.NewServer(&httputil.ReverseProxy{FlushInterval: -1, Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(aim)
		r.Out.Host = r.In.Host
		r.Out.Header.Set("X-Forwarded-Proto", "https")
		r.SetXForwarded()
		r.Out.Header.Set("X-Forwarded-Proto", "https")
	}})
	t.Cleanup(proxy.Close)
	return proxy.URL
}

// The chat is opened by keys in somebody else's page, answers there, and closes. Of
// another site it needs a safe connection, for browsers keep no cookie there else.
func TestTheChatInAShopsPage(t *testing.T) {
	s := serveQuickly(t)
	for name, bot := range map[string]string{
		"of the same site":               strings.Replace(s.http, "127.0.0.1", "localhost", 1),
		"of another site, safely":        behindTLS(t, s.http),
		"of another site, not so safely": s.http,
	} {
		t.Run(name, func(t *testing.T) {
			p := browsertest.Start(t).Open(t, shopSite(t, bot), browsertest.Desktop)
			p.WaitTrue(`document.querySelector("#s4bot-chat")`)
			p.Press("Tab") // the page's own
			p.Press("Tab")
			p.WaitTrue(`document.activeElement.id === "s4bot-chat"`)
			p.Press("Enter")
			chat := p.Frame(bot)
			if strings.Contains(name, "not so") {
				p.Allow("401")
				chat.Wait("#hint a[href='/'][target=_blank] text=在新窗口打开")
				chat.Axe(t)
				return
			}
			chat.Wait("#empty")
			chat.WaitTrue(`document.activeElement.id === "text"`)
			times(t, chat, "#inside-button", 0)
			chat.Type("#text", "刷卡就跳S4")
			chat.Press("Enter")
			chat.Wait("#log .option")
			chat.Click("#log .option")
			chat.Wait("#log .chosen")
			var cookies string
			chat.Eval("document.cookie", &cookies)
			if cookies != "" {
				t.Errorf("scripts can read the cookies %q", cookies)
			}
			chat.Type("#text", "还没写完")
			p.Press("Escape")
			chat.WaitGone("#text") // it is put away, and the button has the focus
			p.Press("Enter")
			chat.Wait("#text")
			chat.WaitTrue(`document.querySelector("#text").value === "还没写完"`)
			p.Reload()
			p.WaitTrue(`document.querySelector("#s4bot-chat")`)
			p.Press("Tab")
			p.Press("Tab")
			p.Press("Enter")
			p.Frame(bot).Wait("#log text=刷卡就跳S4")
		})
	}
}
