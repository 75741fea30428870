package telegram_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/adapters/telegram"
	"github.com/s4bot/s4bot/internal/adapters/telegram/telegramtest"
	"github.com/s4bot/s4bot/internal/chat"
)

// rig is an adapter against a fake server, and what it handed over.
type rig struct {
	t      *testing.T
	server *telegramtest.Server
	bot    *telegram.Adapter
	log    *lines
	inbox  *inbox
}

func newRig(t *testing.T) *rig {
	s := telegramtest.Start(t)
	r := &rig{t: t, server: s, log: &lines{}, inbox: &inbox{}}
	r.bot = r.adapter(telegram.Config{Token: telegramtest.Token, APIBase: s.URL})
	return r
}

// adapter makes an adapter that waits little, and checks at the end that its
// log has no token.
func (r *rig) adapter(c telegram.Config) *telegram.Adapter {
	r.t.Helper()
	a, err := telegram.New(c, slog.New(slog.NewTextHandler(r.log, &slog.HandlerOptions{Level: slog.LevelDebug})))
	if err != nil {
		r.t.Fatal(err)
	}
	a.Hurry()
	r.t.Cleanup(func() {
		a.Close()
		if strings.Contains(r.log.String(), telegramtest.Token) {
			r.t.Errorf("the token is in the log:\n%s", r.log)
		}
	})
	return a
}

// poll polls in the background; the function it gives ends that and gives the
// error.
func (r *rig) poll(a *telegram.Adapter, handle adapters.Handler) func() error {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- a.Poll(ctx, handle) }()
	stop := sync.OnceValue(func() error { cancel(); return <-done })
	r.t.Cleanup(func() { _ = stop() })
	return stop
}

// eventually waits for something to become true.
func (r *rig) eventually(what string, ok func() bool) {
	r.t.Helper()
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(2 * time.Millisecond) {
		if ok() {
			return
		}
	}
	r.t.Fatalf("never: %s\nlog:\n%s", what, r.log)
}

var errNotNow = errors.New("not now")

// inbox takes bursts in.
type inbox struct {
	mu     sync.Mutex // guards what follows
	bursts [][]chat.Message
	refuse func(m []chat.Message) bool
}

func (i *inbox) handle(_ context.Context, m ...chat.Message) error {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.refuse != nil && i.refuse(m) {
		return errNotNow
	}
	i.bursts = append(i.bursts, m)
	return nil
}

func (i *inbox) refuseIf(f func(m []chat.Message) bool) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.refuse = f
}

// all gives the messages of a room, in the order of handing over.
func (i *inbox) all(room string) []chat.Message {
	i.mu.Lock()
	defer i.mu.Unlock()
	var out []chat.Message
	for _, b := range i.bursts {
		for _, m := range b {
			if m.Room.ID == room {
				out = append(out, m)
			}
		}
	}
	return out
}

func (i *inbox) texts(room string) string {
	var out []string
	for _, m := range i.all(room) {
		out = append(out, m.Text)
	}
	return strings.Join(out, "|")
}

func (i *inbox) count() int {
	i.mu.Lock()
	defer i.mu.Unlock()
	return len(i.bursts)
}

// lines is a log that may be read while it is written.
type lines struct {
	mu sync.Mutex // guards b
	b  bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func (l *lines) count(words string) int { return strings.Count(l.String(), words) }

// second gives the error of a delivery.
func second(_ string, err error) error { return err }
