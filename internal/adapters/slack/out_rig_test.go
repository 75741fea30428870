package slack_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/adapters/slack"
	"github.com/s4bot/s4bot/internal/adapters/slack/slacktest"
	"github.com/s4bot/s4bot/internal/chat"
)

const desk = "C0DESK"

// outRig is an adapter that delivers to a fake Slack.
type outRig struct {
	t      *testing.T
	server *slacktest.Server
	slack  *slack.Adapter
	log    *outLog
	files  *shelf
	posts  int
}

func newOutRig(t *testing.T, change ...func(*slack.Config)) *outRig {
	s := slacktest.Start(t)
	s.AddChannel(desk, "desk")
	s.Join("U1ALICE", "Alice")
	r := &outRig{t: t, server: s, log: &outLog{}, files: &shelf{}}
	c := slack.Config{
		BotToken: slacktest.BotToken, AppToken: slacktest.AppToken, SigningSecret: slacktest.SigningSecret,
		APIBase: s.APIBase, DeskChannel: desk, Lang: "en", Files: r.files,
	}
	for _, f := range change {
		f(&c)
	}
	a, err := slack.New(c, slog.New(slog.NewTextHandler(r.log, &slog.HandlerOptions{Level: slog.LevelDebug})))
	if err != nil {
		t.Fatal(err)
	}
	a.HurryOut()
	r.slack = a
	t.Cleanup(func() {
		a.Close()
		secretFree(t, "the log", r.log.String())
	})
	return r
}

func secretFree(t *testing.T, where, text string) {
	t.Helper()
	for _, secret := range []string{slacktest.BotToken, slacktest.AppToken, slacktest.SigningSecret} {
		if strings.Contains(text, secret) {
			t.Errorf("%s holds a secret: %s", where, text)
		}
	}
}

// try delivers a post once. One without an id gets a new one.
func (r *outRig) try(room chat.Room, p chat.Post) (string, error) {
	r.t.Helper()
	ctx := adapters.WithPost(r.t.Context(), chat.Room{Platform: "telegram", ID: "7"}, p.ID)
	ref, err := r.slack.Deliver(ctx, room, p)
	if err != nil {
		secretFree(r.t, "an error", err.Error())
		var f *adapters.Failure
		if !errors.As(err, &f) {
			r.t.Errorf("%v is no Failure", err)
		}
	}
	return ref, err
}

// deliver delivers a post as the runtime does: again and again while it may be.
func (r *outRig) deliver(room chat.Room, p chat.Post) string {
	r.t.Helper()
	if p.ID == "" {
		r.posts++
		p.ID = "p" + strings.Repeat("1", r.posts)
	}
	for range 200 {
		ref, err := r.try(room, p)
		if err == nil {
			return ref
		}
		f := adapters.Judge(err)
		if f.Outcome != adapters.Retry {
			r.t.Fatalf("%s: %v\n%s", p.ID, err, r.log)
		}
		time.Sleep(min(max(f.After, 10*time.Millisecond), 50*time.Millisecond))
	}
	r.t.Fatalf("%s is never delivered\n%s", p.ID, r.log)
	return ""
}

// fails delivers a post once, which must fail.
func (r *outRig) fails(room chat.Room, p chat.Post) *adapters.Failure {
	r.t.Helper()
	p.ID = "fails"
	ref, err := r.try(room, p)
	if err == nil {
		r.t.Fatalf("it is delivered as %q", ref)
	}
	return adapters.Judge(err)
}

// open opens a case and gives its room.
func (r *outRig) open() chat.Room {
	r.t.Helper()
	return roomOf(r.deliver(chat.Room{Platform: slack.Platform}, cardPost("")))
}

func roomOf(ref string) chat.Room {
	room, _, _ := strings.Cut(ref, ":")
	return chat.Room{Platform: slack.Platform, ID: room}
}

func threadTS(room chat.Room) string { return strings.TrimPrefix(room.ID, desk+"/") }

// thread gives what stands in a case's thread.
func (r *outRig) thread(room chat.Room) []slacktest.Message {
	return r.server.Channel(desk).Thread(threadTS(room))
}

// only gives the only message of a thread.
func (r *outRig) only(room chat.Room) slacktest.Message {
	r.t.Helper()
	all := r.thread(room)
	if len(all) != 1 {
		r.t.Fatalf("%d messages: %+v", len(all), all)
	}
	return all[0]
}

// breaks lets the first calls of a method go wrong.
func (r *outRig) breaks(method string, times int, f slacktest.Fault) {
	var mu sync.Mutex
	r.server.SetFault(func(m string, _ url.Values) slacktest.Fault {
		mu.Lock()
		defer mu.Unlock()
		if m != method || times == 0 {
			return slacktest.Fault{}
		}
		times--
		return f
	})
}

func info(text string) chat.Post { return chat.Post{To: chat.ToDesk, Kind: chat.Info, Text: text} }

// words is a post that passes a merchant's message on.
func words(text string) chat.Post {
	p := info(text)
	p.Of = "12"
	return p
}

func cardPost(change chat.Change) chat.Post {
	c := chat.Card{
		Title: "S4: the merchant asks for a person", Lang: "en", Fix: "restart",
		FixTitle: "Restart the terminal", FixText: "Do this:\n1. Hold the red key.\n2. Wait.",
		Rows: []chat.Row{{Label: "Merchant: ", Parts: []string{"Lucky Noodles"}}, {Label: "Words: ", Parts: []string{"「刷卡显示 S4」", "「<!channel> *now*」"}}},
		Top:  []chat.Likely{{Cause: "net.down", Title: "No network", P: .82}, {Cause: "card.expired", Title: "Expired card", P: .09}},
	}
	return chat.Post{To: chat.ToDesk, Kind: chat.Handoff, Text: "S4: Lucky Noodles <!channel>", Card: &c, Of: "card1", Change: change}
}

// outLog is a log that may be read while it is written.
type outLog struct {
	mu sync.Mutex // guards b
	b  bytes.Buffer
}

func (l *outLog) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *outLog) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func within(t *testing.T, d time.Duration) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), d)
	t.Cleanup(cancel)
	return ctx
}

type urlValues = url.Values

// faults lets methods go wrong for good.
func faults(by map[string]slacktest.Fault) func(string, url.Values) slacktest.Fault {
	return func(method string, _ url.Values) slacktest.Fault { return by[method] }
}
