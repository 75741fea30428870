package bot_test

import (
	"context"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/s4bot/s4bot/internal/bot"
	"github.com/s4bot/s4bot/internal/chat"
)

// typist counts how often typing is shown.
type typist struct{ shown atomic.Int64 }

func (t *typist) Typing(context.Context, chat.Room) { t.shown.Add(1) }

func TestTypingIsShownWhileAnAnswerTakesLongAndThenStops(t *testing.T) {
	for name, c := range map[string]struct {
		takes    time.Duration
		from, to int64 // how often it is shown
	}{
		"a quick answer":  {0, 0, 0},
		"a slow answer":   {6 * time.Second, 2, 2},
		"a very slow one": {18 * time.Second, 5, 5},
	} {
		t.Run(name, func(t *testing.T) {
			mind(t) // is shared by bubbles, so it is made outside
			synctest.Test(t, func(t *testing.T) {
				w, shows := newWire(), &typist{}
				w.before = func(chat.Room, chat.Post) error { time.Sleep(c.takes); return nil }
				b := configured(t, onBolt(t), w, nil, func(c *bot.Config) {
					c.Now, c.Settle, c.Typing = time.Now, 700*time.Millisecond, shows
				})
				stop := running(t, b)
				accept(t, b, message(shop, "m1", problem))
				time.Sleep(c.takes + 2*time.Second)
				if n := shows.shown.Load(); n < c.from || n > c.to || len(w.sent(shop)) == 0 {
					t.Errorf("typing was shown %d times, want %d to %d; %d posts", n, c.from, c.to, len(w.sent(shop)))
				}
				before := shows.shown.Load()
				time.Sleep(time.Minute)
				if n := shows.shown.Load(); n != before {
					t.Errorf("typing was shown %d times after the answer", n-before)
				}
				stop()
			})
		})
	}
}
