package bot_test

import (
	"errors"
	"testing"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/store"
)

func TestACaseIsLookedIntoFromBothSides(t *testing.T) {
	onBothStores(t, func(t *testing.T, s store.Store) {
		d := newBoard()
		b := atBoard(t, s, d)
		fresh, err := b.Inside(t.Context(), shop, "en")
		if err != nil || len(fresh.Causes) != 39 || fresh.Phase != "idle" {
			t.Fatalf("before any case: %+v, %v", fresh, err)
		}
		say(t, b, shop, "m1", "网断了")
		in, err := b.Inside(t.Context(), shop, "zh")
		if err != nil || len(in.Path) == 0 || in.Question == nil && in.Fix == nil || in.Lang != "zh" {
			t.Fatalf("the merchant's side: %+v, %v", in, err)
		}
		say(t, b, shop, "m2", human)
		eventually(t, "the thread has it", func() bool { return len(d.in("C1/a")) > 0 })
		eventually(t, "the desk sees the same", func() bool {
			at, err := atBoard(t, s, d).Inside(t.Context(), board1("C1/a"), "en") // another replica
			return err == nil && at.Handoff != nil && at.Lang == "en" && at.Causes[0].ID == in.Causes[0].ID
		})
		if _, err := b.Inside(t.Context(), board1("C9/x"), "en"); !errors.Is(err, adapters.ErrNoCase) {
			t.Errorf("a thread without a case gives %v", err)
		}
	})
}

// What became of a merchant later is not shown in the room of an earlier case.
func TestAnOldThreadShowsNoNewCase(t *testing.T) {
	d := newBoard()
	b := atBoard(t, onBolt(t), d)
	say(t, b, shop, "m1", human)
	eventually(t, "the first card", func() bool { return len(d.in("C1/a")) > 0 })
	say(t, b, shop, "m2", "重新开始")
	say(t, b, shop, "m3", human)
	eventually(t, "the second card", func() bool { return len(d.in("C1/b")) > 0 })
	eventually(t, "only the new thread has the case", func() bool {
		_, old := b.Inside(t.Context(), board1("C1/a"), "zh")
		_, err := b.Inside(t.Context(), board1("C1/b"), "zh")
		return err == nil && errors.Is(old, adapters.ErrNoCase)
	})
	if _, err := b.Inside(t.Context(), chat.Room{Platform: "test", ID: "nobody"}, "zh"); err != nil {
		t.Error(err)
	}
}
