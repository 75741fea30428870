package bot_test

import (
	"strings"
	"testing"

	"github.com/s4bot/s4bot/internal/bot"
)

// The posts of a conversation that begins anew have other ids than those of the one
// that was erased.
func TestPostsOfANewConversationHaveNewIDs(t *testing.T) {
	w, clock := newWire(), newClock()
	b := configured(t, onBolt(t), w, clock, func(c *bot.Config) { c.Serial = true })
	state := say(t, b, shop, "m1", problem)
	first := w.sent(shop)[0].ID
	if state.First == 0 || state.Posts != state.First+1 || !strings.HasPrefix(first, "p") {
		t.Errorf("%d to %d, %s", state.First, state.Posts, first)
	}
	say(t, b, shop, "m2", forget)
	say(t, b, shop, "m3", yes)
	clock.advance(1e9)
	before := len(w.sent(shop))
	again := say(t, b, shop, "m4", problem)
	if again.First <= state.First || w.sent(shop)[before].ID == first {
		t.Errorf("after it was erased: %d to %d", again.First, again.Posts)
	}
}
