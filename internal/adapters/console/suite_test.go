package console_test

import (
	"context"
	"io"
	"strings"
	"sync"
	"testing"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/adapters/adaptertest"
	"github.com/s4bot/s4bot/internal/adapters/console"
	"github.com/s4bot/s4bot/internal/chat"
)

// screen is what the terminal shows: lines of posts, and of their options.
type screen struct {
	mu   sync.Mutex
	text strings.Builder
}

func (s *screen) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.Write(p)
}

// terminal is a console with somebody at the keys.
type terminal struct {
	*console.Console
	keys  *io.PipeWriter
	out   *screen
	posts []chat.Post // shown so far
}

// Deliver notes what is shown: a terminal has text only.
func (x *terminal) Deliver(ctx context.Context, room chat.Room, p chat.Post) (string, error) {
	x.posts = append(x.posts, p)
	return x.Console.Deliver(ctx, room, p)
}

// TestSuite runs what every adapter promises, as far as a terminal can.
func TestSuite(t *testing.T) {
	adaptertest.Test(t, func(t *testing.T) *adaptertest.Rig {
		in, keys := io.Pipe()
		t.Cleanup(func() { _ = keys.Close() })
		room := chat.Room{Platform: "console", ID: "test"}
		x := &terminal{keys: keys, out: &screen{}}
		x.Console = console.New(room, in, x.out, false)
		return &adaptertest.Rig{
			Room: room, Adapter: x, Seen: x.seen,
			Run: func(ctx context.Context, handle adapters.Handler) error {
				return x.Run(ctx, func(ctx context.Context, m ...chat.Message) error {
					if m[0].Text == "/start" { // by itself, as a platform's start button
						return nil
					}
					return handle(ctx, m...)
				})
			},
			Write: func(text string) string { x.typed(text); return "" },
			Tap: func(label string) {
				for i, o := range x.posts[len(x.posts)-1].Options {
					if o.Label == label {
						x.typed(string(rune('1' + i)))
					}
				}
			},
		}
	})
}

func (x *terminal) typed(line string) { _, _ = io.WriteString(x.keys, line+"\n") }

// seen reads back from the screen what was shown.
func (x *terminal) seen() (out []adaptertest.Seen) {
	x.out.mu.Lock()
	shown := x.out.text.String()
	x.out.mu.Unlock()
	for _, p := range x.posts {
		s := adaptertest.Seen{Text: p.Text}
		if !strings.Contains(strings.ReplaceAll(shown, "\n  ", "\n"), p.Text) {
			s.Text = shown
		}
		for _, o := range p.Options {
			if strings.Contains(shown, o.Label) {
				s.Options = append(s.Options, o.Label)
			}
		}
		out = append(out, s)
	}
	return out
}
