package bot_test

import (
	"strings"
	"testing"
	"time"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/store"
	"github.com/s4bot/s4bot/internal/store/redistest"
)

// forgetMe lets a merchant ask to be forgotten and confirm it.
const (
	forget = "/forget"
	yes    = "是的"
)

func TestWhoWantsToBeForgottenIs(t *testing.T) {
	onBothStores(t, func(t *testing.T, s store.Store) {
		w := newWire()
		b := newBot(t, s, w, newClock())
		say(t, b, shop, "m1", problem)
		say(t, b, shop, "m2", forget)
		say(t, b, shop, "m3", yes)
		if p := newest(w, chat.ToMerchant); p.Kind != chat.Closing {
			t.Errorf("the last word is %+v", p)
		}
		if v, err := s.Get(t.Context(), shop.String()); err != nil || v.Etag != "" {
			t.Errorf("something is kept: %+v, %v", v, err)
		}
		if state := say(t, b, shop, "m4", problem); state.Turn != 1 {
			t.Errorf("turn %d, want a conversation that begins anew", state.Turn)
		}
	})
}

// Nothing is erased before the goodbye is out, and a process that ends in between
// leaves it to another one.
func TestForgettingSurvivesAProcess(t *testing.T) {
	onBothStores(t, func(t *testing.T, s store.Store) {
		w, clock := newWire(), newClock()
		say(t, newBot(t, s, w, clock), shop, "m1", problem)
		b := newBot(t, s, w, clock)
		say(t, b, shop, "m2", forget)
		w.before = func(chat.Room, chat.Post) error { return &adapters.Failure{Outcome: adapters.Retry, Reason: "down"} }
		state := say(t, b, shop, "m3", yes)
		if !state.Forget || len(state.Log) > 0 || len(state.Words) > 0 {
			t.Errorf("the state still knows %+v", state)
		}
		if _, posts := stored(t, s, shop); len(posts) != 1 {
			t.Fatalf("%d posts wait, want the goodbye", len(posts))
		}
		w.before = nil
		clock.advance(time.Minute)
		tick(t, newBot(t, s, w, clock))
		tick(t, newBot(t, s, w, clock))
		if v, err := s.Get(t.Context(), shop.String()); err != nil || v.Etag != "" {
			t.Errorf("something is kept: %v", err)
		}
	})
}

func TestNothingOfAForgottenMerchantIsLeftInRedis(t *testing.T) {
	server := redistest.Start(t)
	b := newBot(t, onRedis(t, server), newWire(), newClock())
	say(t, b, shop, "m1", problem)
	say(t, b, shop, "m2", human)
	say(t, b, shop, "m3", forget)
	say(t, b, shop, "m4", yes)
	all := dump(t, server.Client())
	for _, word := range []string{shop.ID, "S4", "交易"} {
		if strings.Contains(all, word) {
			t.Errorf("Redis still holds %q:\n%s", word, all)
		}
	}
}
