package bot_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/bot"
	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/dialog"
	"github.com/s4bot/s4bot/internal/store"
)

// board is a desk: each card opens a thread.
type board struct {
	*wire
	mu      sync.Mutex
	threads []string
	posts   map[string][]chat.Post // by thread
	gone    map[string]bool
}

func newBoard() *board {
	return &board{wire: newWire(), posts: map[string][]chat.Post{}, gone: map[string]bool{}}
}

// Deliver takes posts to the merchant as the wire does, those to the desk into
// their threads.
func (d *board) Deliver(ctx context.Context, room chat.Room, p chat.Post) (string, error) {
	if p.To == chat.ToMerchant {
		return d.wire.Deliver(ctx, room, p)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	thread := room.ID
	if room.Platform != "board" {
		return "", errors.New("not a room of the desk: " + room.String())
	}
	if p.Card != nil && p.Change == "" {
		thread = "C1/" + string(rune('a'+len(d.threads)))
		d.threads = append(d.threads, thread)
	}
	if d.gone[thread] {
		return "", &adapters.Failure{Outcome: adapters.Gone, Reason: "the case's thread is gone"}
	}
	d.posts[thread] = append(d.posts[thread], p)
	return thread + ":" + p.ID, nil
}

// in gives what stands in a thread.
func (d *board) in(thread string) []chat.Post {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.posts[thread])
}

func atBoard(t *testing.T, s store.Store, d *board) *bot.Bot {
	return configured(t, s, d.wire, newClock(), func(c *bot.Config) { c.Deliver, c.Desk = d, "board" })
}

func board1(thread string) chat.Room { return chat.Room{Platform: "board", ID: thread} }

func TestACaseLivesInItsThread(t *testing.T) {
	onBothStores(t, func(t *testing.T, s store.Store) {
		d := newBoard()
		b := atBoard(t, s, d)
		say(t, b, shop, "m1", problem)
		say(t, b, shop, "m2", human)
		say(t, b, shop, "m3", "在吗")
		eventually(t, "the thread has it", func() bool { return len(d.in("C1/a")) == 2 })
		other := atBoard(t, s, d) // another replica, which learns the way from the store
		lin := chat.Agent{ID: "U1", Name: "小林"}
		for _, a := range []chat.Act{{ID: "c1", Kind: chat.Claim, Agent: lin}, {ID: "100.1", Kind: chat.Say, Text: "您好", Agent: lin}, {ID: "100.1", Kind: chat.Say, Text: "您好", Agent: lin}} {
			if err := other.AcceptDesk(t.Context(), board1("C1/a"), a); err != nil {
				t.Fatal(err)
			}
		}
		eventually(t, "the merchant reads the agent once, and the agent sees so", func() bool {
			n := 0
			for _, p := range d.sent(shop) {
				if p.Text == "您好" {
					n++
				}
			}
			marked := slices.ContainsFunc(d.in("C1/a"), func(p chat.Post) bool { return p.Of == "100.1" && p.Mark == chat.Delivered })
			return n == 1 && marked
		})
		if err := b.AcceptDesk(t.Context(), board1("C9/x"), chat.Act{ID: "1", Kind: chat.Claim, Agent: lin}); !errors.Is(err, adapters.ErrNoCase) {
			t.Errorf("a thread without a case gives %v", err)
		}
	})
}

// An act in the thread of an earlier case has no effect on the newer one.
func TestAnOldThreadIsClosed(t *testing.T) {
	d := newBoard()
	b := atBoard(t, onBolt(t), d)
	lin := chat.Agent{ID: "U1", Name: "小林"}
	say(t, b, shop, "m1", human)
	eventually(t, "the first card", func() bool { return len(d.in("C1/a")) > 0 })
	say(t, b, shop, "m2", "重新开始")
	say(t, b, shop, "m3", human)
	eventually(t, "the second card", func() bool { return len(d.in("C1/b")) > 0 })
	if err := b.AcceptDesk(t.Context(), board1("C1/a"), chat.Act{ID: "c1", Kind: chat.Claim, Agent: lin}); err != nil {
		t.Fatal(err)
	}
	if state, _ := stored(t, b.Store, shop); state.Handoff.Agent != (chat.Agent{}) {
		t.Error("a tap in the old thread claimed the new case")
	}
}

func TestALostThreadIsBuiltAnewWithItsHistory(t *testing.T) {
	d := newBoard()
	b := atBoard(t, onBolt(t), d)
	say(t, b, shop, "m1", human)
	say(t, b, shop, "m2", "在吗")
	eventually(t, "the first thread", func() bool { return len(d.in("C1/a")) == 2 })
	d.mu.Lock()
	d.gone["C1/a"] = true
	d.mu.Unlock()
	say(t, b, shop, "m3", "还在吗")
	eventually(t, "the second thread has all of it", func() bool {
		var words []string
		for _, p := range d.in("C1/b") {
			words = append(words, p.Text)
		}
		all := strings.Join(words, "|")
		return len(words) == 3 && strings.Contains(all, "在吗") && strings.Contains(all, "还在吗")
	})
	if err := b.AcceptDesk(t.Context(), board1("C1/b"), chat.Act{ID: "c1", Kind: chat.Claim, Agent: chat.Agent{ID: "U1"}}); err != nil {
		t.Error(err)
	}
}

func TestAColleagueIsAnsweredAndJudges(t *testing.T) {
	b := newBot(t, onBolt(t), newWire(), newClock())
	a, err := b.Consult(t.Context(), "别的卡都能刷，就这张不行，跳55，卡号6222021234567890128", nil)
	if err != nil || len(a.Causes) == 0 || strings.Contains(digits(a.Text), "6222021234567890128") {
		t.Errorf("%+v, %v", a, err)
	}
	if err := b.Rate(t.Context(), chat.Agent{ID: "U1"}, "读卡没声音", false, "不是密码的事"); err != nil {
		t.Fatal(err)
	}
	var gaps []string
	if err := bot.EachGap(t.Context(), b.Store, func(_ string, g dialog.Gap) { gaps = append(gaps, g.Text) }); err != nil || len(gaps) != 1 {
		t.Errorf("kept is %q, %v", gaps, err)
	}
}
