package slack_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/adapters/slack"
	"github.com/s4bot/s4bot/internal/adapters/slack/slacktest"
	"github.com/s4bot/s4bot/internal/chat"
)

const deskChannel = "C0DESK"

// hearing is an adapter against a fake Slack, what it handed over, and a case's
// thread with two agents.
type hearing struct {
	t      *testing.T
	server *slacktest.Server
	bot    *slack.Adapter
	log    *buffer
	desk   *deskBox
	sage   *sage
	li, wu *slacktest.Person
	root   string // of the case's thread
	stop   func() error
}

func prepare(t *testing.T, change ...func(*slack.Config)) *hearing {
	t.Helper()
	s := slacktest.Start(t)
	s.AckWithin = time.Second
	s.AddChannel(deskChannel, "desk")
	s.AddChannel("C0OTHER", "other")
	h := &hearing{
		t: t, server: s, log: &buffer{}, desk: &deskBox{}, sage: &sage{},
		li: s.Join("U0LI", "小李"), wu: s.Join("U0WU", "Wu"),
	}
	h.root = h.wu.Says(deskChannel, "", "stands for the card")
	h.desk.cases = map[string]bool{deskChannel + "/" + h.root: true}
	c := slack.Config{
		BotToken: slacktest.BotToken, AppToken: slacktest.AppToken, SigningSecret: slacktest.SigningSecret, APIBase: s.APIBase,
		DeskChannel: deskChannel, Lang: "en", Desk: h.desk.handle, Consult: h.sage,
	}
	for _, f := range change {
		f(&c)
	}
	a, err := slack.New(c, slog.New(slog.NewTextHandler(h.log, &slog.HandlerOptions{Level: slog.LevelDebug})))
	if err != nil {
		t.Fatal(err)
	}
	a.Hasten()
	h.bot = a
	t.Cleanup(func() {
		a.Close()
		h.secretless()
	})
	return h
}

func (h *hearing) secretless() {
	for _, secret := range []string{slacktest.BotToken, slacktest.AppToken, slacktest.SigningSecret, "ticket-", "/response/"} {
		if strings.Contains(h.log.String(), secret) {
			h.t.Errorf("%q is in the log:\n%s", secret, h.log)
		}
	}
}

// bySocket listens in Socket Mode.
func (h *hearing) bySocket() *hearing {
	h.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- h.bot.Run(ctx) }()
	h.stop = sync.OnceValue(func() error { cancel(); return <-done })
	h.t.Cleanup(func() { _ = h.stop() })
	h.eventually("a socket is open", func() bool { return h.server.Sockets() > 0 })
	return h
}

// byHTTP listens by HTTP and gives the address.
func (h *hearing) byHTTP() string {
	h.t.Helper()
	base := h.serve()
	if err := h.server.Subscribe(base); err != nil {
		h.t.Fatal(err)
	}
	return base
}

// serve serves what Slack posts to.
func (h *hearing) serve() string {
	mux := http.NewServeMux()
	mux.Handle("/slack/events", h.bot.EventsHandler())
	mux.Handle("/slack/interactions", h.bot.InteractionsHandler())
	mux.Handle("/slack/commands", h.bot.CommandsHandler())
	s := httptest.NewServer(mux)
	h.t.Cleanup(s.Close)
	return s.URL
}

// inBothWays runs a test in Socket Mode and by HTTP.
func inBothWays(t *testing.T, test func(t *testing.T, h *hearing)) {
	t.Run("socket", func(t *testing.T) { test(t, prepare(t).bySocket()) })
	t.Run("http", func(t *testing.T) {
		h := prepare(t)
		h.byHTTP()
		test(t, h)
	})
}

func (h *hearing) eventually(what string, ok func() bool) {
	h.t.Helper()
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(2 * time.Millisecond) {
		if ok() {
			return
		}
	}
	h.t.Fatalf("never: %s\nacts:\n%s\nlog:\n%s", what, h.desk, h.log)
}

// settled waits until everything that Slack sent is through.
func (h *hearing) settled() {
	h.t.Helper()
	if !h.server.Settled(time.Minute) {
		h.t.Fatalf("something is never acknowledged: %v\nlog:\n%s", h.server.Unacked(), h.log)
	}
	time.Sleep(20 * time.Millisecond) // what goes on in the background
}

// heard waits for so many acts and gives them.
func (h *hearing) heard(n int) []chat.Act {
	h.t.Helper()
	h.eventually(fmt.Sprintf("%d acts", n), func() bool { return len(h.desk.all()) >= n })
	h.settled()
	all := h.desk.all()
	if len(all) != n {
		h.t.Fatalf("%d acts, want %d:\n%s", len(all), n, h.desk)
	}
	return all
}

// deskBox takes acts in, for the rooms that are cases.
type deskBox struct {
	mu     sync.Mutex // guards what follows
	cases  map[string]bool
	rooms  []chat.Room
	acts   []chat.Act
	refuse func(chat.Act) error
	delay  time.Duration
}

var errNotNow = errors.New("not now")

func (d *deskBox) handle(ctx context.Context, room chat.Room, acts ...chat.Act) error {
	d.mu.Lock()
	delay := d.delay
	d.mu.Unlock()
	select {
	case <-time.After(delay):
	case <-ctx.Done():
		return ctx.Err()
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if room.Platform != "slack" || !d.cases[room.ID] {
		return adapters.ErrNoCase
	}
	for _, a := range acts {
		if d.refuse != nil {
			if err := d.refuse(a); err != nil {
				return err
			}
		}
	}
	for _, a := range acts {
		d.rooms, d.acts = append(d.rooms, room), append(d.acts, a)
	}
	return nil
}

func (d *deskBox) set(f func(d *deskBox)) {
	d.mu.Lock()
	defer d.mu.Unlock()
	f(d)
}

func (d *deskBox) all() []chat.Act {
	d.mu.Lock()
	defer d.mu.Unlock()
	return append([]chat.Act(nil), d.acts...)
}

// String gives what was handed over, a line for each act.
func (d *deskBox) String() string {
	var out []string
	for _, a := range d.all() {
		out = append(out, strings.TrimSpace(fmt.Sprintf("%s%s %s: %s%s%s%s", a.Change, a.Kind, a.Agent.Name, a.Text, a.Fix, a.Cause, a.Note)))
	}
	return strings.Join(out, "\n")
}

// sage answers colleagues.
type sage struct {
	mu    sync.Mutex // guards what follows
	asked []string
	rates []string
	fail  bool
}

// Consult implements adapters.Consultant.
func (s *sage) Consult(_ context.Context, text string, answers []chat.Answered) (chat.Advice, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked = append(s.asked, fmt.Sprint(text, answers))
	if s.fail {
		return chat.Advice{}, errNotNow
	}
	v := chat.Advice{Text: text, Lang: "en"}
	if text == "nothing" {
		return v, nil
	}
	v.Causes = []chat.AdviceCause{{
		Likely: chat.Likely{Cause: "card.expired", Title: "The card <has> expired", P: .62}, Why: []string{"+ other cards work", "- new card"},
		Explain: "It is out of date & done.", FixTitle: "Ask for another card", FixText: "1. Ask\n2. ```Wait```", AskFirst: true,
	}, {Likely: chat.Likely{Cause: "net", Title: "No network", P: .2}}}
	v.Article = "How to apply"
	if len(answers) < 2 {
		v.Question = &chat.AdviceQuestion{ID: "q", Text: "Other cards?", Options: []chat.Option{{ID: "yes", Label: "They work"}, {ID: "no", Label: "None"}}}
	}
	for _, a := range answers {
		v.Known = append(v.Known, a.Question+"="+a.Option)
	}
	return v, nil
}

// Rate implements adapters.Consultant.
func (s *sage) Rate(_ context.Context, agent chat.Agent, text string, good bool, reason string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rates = append(s.rates, fmt.Sprintf("%s|%s|%v|%s", agent.Name, text, good, reason))
	return nil
}

// Causes implements adapters.Consultant.
func (*sage) Causes(string) []adapters.CauseGroup {
	return []adapters.CauseGroup{
		{Title: "Card", Causes: []chat.Option{{ID: "card.expired", Label: "The card has expired"}, {ID: strings.Repeat("long", 60), Label: strings.Repeat("长", 90)}}},
		{Title: "Empty"},
	}
}

func (s *sage) seen() (asked, rates []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.asked...), append([]string(nil), s.rates...)
}

// buffer is a log that may be read while it is written.
type buffer struct {
	mu sync.Mutex // guards b
	b  bytes.Buffer
}

func (l *buffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *buffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func nopLog() *slog.Logger { return slog.New(slog.DiscardHandler) }
