package web_test

import (
	"context"
	"net/http"
	"slices"
	"sync"
	"testing"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/adapters/adaptertest"
	"github.com/s4bot/s4bot/internal/adapters/web"
	"github.com/s4bot/s4bot/internal/adapters/web/webtest"
	"github.com/s4bot/s4bot/internal/chat"
)

// gate hands messages to whoever takes them in at the moment.
type gate struct {
	mu     sync.Mutex
	handle adapters.Handler
}

func (g *gate) set(h adapters.Handler) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.handle = h
}

func (g *gate) take(ctx context.Context, m ...chat.Message) error {
	g.mu.Lock()
	h := g.handle
	g.mu.Unlock()
	if h == nil {
		return context.Canceled
	}
	return h(ctx, m...)
}

func TestSuite(t *testing.T) {
	adaptertest.Test(t, func(t *testing.T) *adaptertest.Rig {
		g := &gate{}
		s := start(t, web.Config{Loopback: true, Handle: g.take})
		p := s.visit()
		return &adaptertest.Rig{
			Room:    p.Room(),
			Adapter: s.adapter,
			Run: func(ctx context.Context, handle adapters.Handler) error {
				g.set(handle)
				defer g.set(nil)
				s.adapter.Run(ctx)
				return nil
			},
			Write: func(text string) string { return p.Says(webtest.Saying{Text: text}) },
			Edit:  func(id, text string) { p.Says(webtest.Saying{ID: id, Text: text, Edited: true}) },
			Reply: func(to, text string) {
				i := slices.IndexFunc(p.Messages(), func(m webtest.Shown) bool { return m.Ref == to })
				p.Says(webtest.Saying{Text: text, ReplyTo: to, Quote: p.Messages()[i].Text})
			},
			Tap: func(label string) {
				for _, m := range slices.Backward(p.Messages()) {
					for _, o := range m.Options {
						if o.Label == label {
							p.Says(webtest.Saying{Choice: o.ID, Post: m.ID, ReplyTo: m.Ref})
							return
						}
					}
				}
				t.Fatalf("there is no button %q", label)
			},
			Send: func(content []byte, caption string) {
				f := p.Uploads("a file", content, http.StatusOK)
				p.Says(webtest.Saying{Text: caption, Files: []webtest.File{f}})
			},
			Seen:    func() []adaptertest.Seen { return seen(p.Messages()) },
			Changes: true,
			Log:     s.log.String,
			Secret:  "nothing of it is secret",
		}
	})
}

// seen gives what the bot sent.
func seen(all []webtest.Shown) (out []adaptertest.Seen) {
	for _, m := range all {
		if m.From == "merchant" {
			continue
		}
		x := adaptertest.Seen{Text: m.Text, Files: len(m.Files), ReplyTo: m.ReplyTo}
		for _, o := range m.Options {
			if m.Chosen {
				o.Label = "✓ " + o.Label
			}
			x.Options = append(x.Options, o.Label)
		}
		out = append(out, x)
	}
	return out
}
