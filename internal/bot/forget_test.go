package bot_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/bot"
	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/store"
	"github.com/s4bot/s4bot/internal/store/redistest"
)

// How a merchant asks to be forgotten, and confirms it.
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

// Who writes while the goodbye still waits begins anew: what was known is gone, what
// is said now is kept.
func TestAMessageWhileTheGoodbyeWaits(t *testing.T) {
	onBothStores(t, func(t *testing.T, s store.Store) {
		w, clock := newWire(), newClock()
		b := newBot(t, s, w, clock)
		say(t, b, shop, "m1", "刷卡失败，老王面馆")
		say(t, b, shop, "m2", forget)
		w.before = func(chat.Room, chat.Post) error { return &adapters.Failure{Outcome: adapters.Retry, Reason: "down"} }
		say(t, b, shop, "m3", yes)
		v, err := s.Get(t.Context(), shop.String())
		if err != nil || strings.Contains(bot.Plain(string(v.Data)), "老王") {
			t.Errorf("the words are still kept (%v)", err)
		}
		say(t, b, shop, "m4", "网断了")
		w.before = nil
		clock.advance(time.Minute)
		tick(t, b)
		if state, _ := stored(t, s, shop); state.Forget || len(state.Words) != 1 {
			t.Errorf("the new conversation is %+v", state.Words)
		}
		if posts := w.sent(shop); len(posts) < 2 || posts[len(posts)-2].Kind != chat.Closing && posts[len(posts)-1].Kind == chat.Closing {
			t.Errorf("the goodbye did not come first: %+v", posts)
		}
	})
}

// A replica that saw the conversation closed for erasing takes the next message in.
func TestAnErasedConversationBeginsAnewOnEveryReplica(t *testing.T) {
	s := onBolt(t)
	w, clock := newWire(), newClock()
	one, two := newBot(t, s, w, clock), newBot(t, s, w, clock)
	say(t, one, shop, "m1", problem)
	say(t, two, shop, "m2", forget)
	say(t, one, shop, "m3", yes)
	for i, b := range []*bot.Bot{two, one, two} {
		if _, err := b.Handle(t.Context(), message(shop, fmt.Sprint("n", i), problem)); err != nil {
			t.Errorf("replica %d: %v", i, err)
		}
	}
}

func TestAGroupThatMovedIsForgottenWhole(t *testing.T) {
	onBothStores(t, func(t *testing.T, s store.Store) {
		w, clock := newWire(), newClock()
		one, two := newBot(t, s, w, clock), newBot(t, s, w, clock)
		old, moved := chat.Room{Platform: "telegram", ID: "-5"}, chat.Room{Platform: "telegram", ID: "-1005"}
		group := func(b *bot.Bot, room chat.Room, id, text string) {
			handle(t, b, chat.Message{ID: id, Room: room, Text: text, Group: true})
		}
		group(one, old, "1", problem)
		if err := one.Accept(t.Context(), chat.Message{ID: "moved", Room: old, MovedTo: moved}); err != nil {
			t.Fatal(err)
		}
		group(two, moved, "2", "谢谢")
		group(one, moved, "3", forget)
		group(one, moved, "4", yes)
		before := len(w.sent(old))
		group(two, moved, "5", problem) // knows the way of before
		group(one, moved, "6", thanks)
		if len(w.sent(old)) != before {
			t.Error("an answer went to the old group")
		}
		if state, _ := stored(t, s, moved); state.Turn != 2 {
			t.Errorf("the new conversation has %d turns, want both", state.Turn)
		}
	})
}
