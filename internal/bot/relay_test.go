package bot_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/bot"
	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/dialog"
	"github.com/s4bot/s4bot/internal/store"
)

// agent lets an agent say something.
func agent(t *testing.T, b *bot.Bot, id, text string, change chat.Change) {
	t.Helper()
	act(t, b, chat.Act{ID: id, Kind: chat.Say, Text: text, Change: change})
}

// act lets 小林 act on the shop's case.
func act(t *testing.T, b *bot.Bot, a chat.Act) {
	t.Helper()
	a.Agent = chat.Agent{ID: "U1", Name: "小林"}
	if err := b.HandleDesk(t.Context(), shop, a); err != nil {
		t.Fatalf("%s %s: %v", a.Kind, a.ID, err)
	}
}

// refOf is what the wire calls a post.
func refOf(p chat.Post) string { return "ref:" + strings.TrimPrefix(p.ID, "p") }

// newest gives the newest post to a side.
func newest(w *wire, to chat.Recipient) (last chat.Post) {
	for _, p := range w.sent(shop) {
		if p.To == to {
			last = p
		}
	}
	return last
}

func TestAnAgentsWordsReachTheMerchantOnceAndChange(t *testing.T) {
	onBothStores(t, func(t *testing.T, s store.Store) {
		w, clock := newWire(), newClock()
		w.refs = true
		b := newBot(t, s, w, clock)
		say(t, b, shop, "m1", problem)
		say(t, b, shop, "m2", human)
		act(t, b, chat.Act{ID: "c1", Kind: chat.Claim})
		for range 2 {
			agent(t, b, "a1", "卡号 6222021234567890128 是谁的？", "")
		}
		said := newest(w, chat.ToMerchant)
		if said.Of != "a1" || strings.Contains(digits(said.Text), "6222021234567890128") {
			t.Errorf("the merchant got %+v, want the words of a1 with the number masked", said)
		}
		n := len(w.sent(shop))
		agent(t, newBot(t, s, w, clock), "a1", "请重启", chat.Edit) // another replica knows the reference, too
		edit := newest(w, chat.ToMerchant)
		if edit.Change != chat.Edit || edit.Ref != refOf(said) || edit.Text != "请重启" {
			t.Errorf("the edit went out as %+v", edit)
		}
		agent(t, b, "a1", "", chat.Delete)
		if p := newest(w, chat.ToMerchant); p.Change != chat.Delete || p.Ref != refOf(edit) { // the newest reference
			t.Errorf("the deletion went out as %+v", p)
		}
		if got := len(w.sent(shop)); got != n+2 {
			t.Errorf("%d posts, want %d: nothing twice", got, n+2)
		}
		agent(t, b, "a2", "还在吗", "")
		clock.advance(49 * time.Hour)
		agent(t, b, "a2", "", chat.Delete)
		if p := newest(w, chat.ToMerchant); p.Change != chat.Delete || p.Ref != "" {
			t.Errorf("after 49 hours the deletion went out as %+v, want one that nobody can carry out", p)
		}
	})
}

func TestAnAgentHearsWhatDidNotArrive(t *testing.T) {
	for name, c := range map[string]struct {
		failure adapters.Failure
		change  chat.Change
		want    string
	}{
		"uncertain":   {adapters.Failure{Outcome: adapters.Uncertain, Reason: "a time-out"}, "", "不知道送到没有"},
		"refused":     {adapters.Failure{Outcome: adapters.Failed, Reason: "the file is over 50 MB"}, "", "the file is over 50 MB"},
		"blocked":     {adapters.Failure{Outcome: adapters.Gone, Reason: "blocked"}, "", "没能送到"},
		"not edited":  {adapters.Failure{Outcome: adapters.Failed, Reason: "too old"}, chat.Edit, "改不了了"},
		"not deleted": {adapters.Failure{Outcome: adapters.Failed, Reason: "too old"}, chat.Delete, "撤不回来了"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWire()
			b := newBot(t, onBolt(t), w, newClock())
			say(t, b, shop, "m1", problem)
			say(t, b, shop, "m2", human)
			act(t, b, chat.Act{ID: "c1", Kind: chat.Claim})
			if c.change != "" { // something that can change
				agent(t, b, "a1", "您好", "")
			}
			w.before = func(_ chat.Room, p chat.Post) error {
				if p.Of == "a1" && p.To == chat.ToMerchant {
					return &c.failure
				}
				return nil
			}
			agent(t, b, "a1", "请重启", c.change)
			eventually(t, "the agent hears", func() bool {
				return slices.ContainsFunc(w.sent(shop), func(p chat.Post) bool {
					return p.To == chat.ToDesk && p.Of == "a1" && p.Mark != "" && p.Mark != chat.Delivered && strings.Contains(p.Text, c.want)
				})
			})
			if c.failure.Outcome == adapters.Gone {
				state, _ := stored(t, b.Store, shop)
				eventually(t, "the desk hears that nobody is there", func() bool {
					return strings.Contains(newest(w, chat.ToDesk).Text, "收不到消息了")
				})
				if !state.Unreachable {
					t.Error("the conversation is not marked")
				}
				if say(t, b, shop, "m3", "我回来了").Unreachable {
					t.Error("the mark stays although the merchant writes")
				}
			}
		})
	}
}

func TestOptionsSettleWhereThePlatformCanChangeThem(t *testing.T) {
	onBothStores(t, func(t *testing.T, s store.Store) {
		w := newWire()
		w.refs = true
		b := newBot(t, s, w, newClock())
		say(t, b, shop, "m1", "刷卡失败")
		asked := newest(w, chat.ToMerchant)
		state := handle(t, b, chat.Message{ID: "t1", Room: shop, Choice: asked.Options[0].ID, Post: asked.ID})
		settled := newest(w, chat.ToMerchant)
		if settled.Change != chat.Settle || settled.Of != asked.ID || settled.Ref != refOf(asked) ||
			!slices.Equal(settled.Options, asked.Options[:1]) {
			t.Errorf("got %+v, want the options of %+v to leave the first alone", settled, asked)
		}
		say(t, b, shop, "m2", human)
		var of []string
		for _, p := range w.sent(shop) {
			if p.Change == chat.Settle {
				of = append(of, p.Of)
			}
		}
		if want := append([]string{asked.ID}, state.Pending.Posts...); !slices.Equal(of, want) {
			t.Errorf("settled are the options of %v, want %v: a person came instead of an answer", of, want)
		}
	})
}

// A platform that is busy for a moment settles the options after it; one that is busy
// longer does not hold up what is said.
func TestOptionsSettleAtTheSecondTry(t *testing.T) {
	for failures, want := range map[int]int{1: 1, 2: 0} {
		w, clock := newWire(), newClock()
		w.refs = true
		b := newBot(t, onBolt(t), w, clock)
		say(t, b, shop, "m1", "刷卡失败")
		asked := newest(w, chat.ToMerchant)
		left := failures
		w.before = func(_ chat.Room, p chat.Post) error {
			if p.Change == chat.Settle && left > 0 {
				left--
				return &adapters.Failure{Outcome: adapters.Retry, After: 2 * time.Second, Reason: "busy"}
			}
			return nil
		}
		handle(t, b, chat.Message{ID: "t1", Room: shop, Choice: asked.Options[0].ID, Post: asked.ID})
		for range 4 {
			clock.advance(3 * time.Second)
			tick(t, b)
		}
		settled := 0
		for _, p := range w.sent(shop) {
			if p.Change == chat.Settle {
				settled++
			}
		}
		if _, outbox := stored(t, b.Store, shop); settled != want || len(outbox) != 0 || left != 0 {
			t.Errorf("after %d failures %d are settled, want %d; %v wait", failures, settled, want, ids(outbox))
		}
	}
}

// A tap tells the reference of a post whose sending ended without an answer.
func TestATapTellsWhatThePlatformCallsThePost(t *testing.T) {
	w := newWire()
	w.refs = true
	w.before = func(_ chat.Room, p chat.Post) error {
		if p.ID == "p1" {
			return &adapters.Failure{Outcome: adapters.Uncertain, Reason: "a time-out"}
		}
		return nil
	}
	b := newBot(t, onBolt(t), w, newClock())
	say(t, b, shop, "m1", "刷卡失败")
	handle(t, b, chat.Message{ID: "t1", Room: shop, Choice: "network", Post: "p1", ReplyTo: "77"})
	if p := newest(w, chat.ToMerchant); p.Change != chat.Settle || p.Ref != "77" {
		t.Errorf("got %+v, want the options of message 77 settled", p)
	}
}

func TestAGroupThatMovedKeepsItsConversation(t *testing.T) {
	onBothStores(t, func(t *testing.T, s store.Store) {
		w := newWire()
		b := newBot(t, s, w, newClock())
		old, moved := chat.Room{Platform: "telegram", ID: "-5"}, chat.Room{Platform: "telegram", ID: "-1005"}
		handle(t, b, chat.Message{ID: "m1", Room: old, Text: problem, Group: true})
		for _, bot := range []*bot.Bot{b, newBot(t, s, w, newClock())} { // told twice, to two replicas
			if err := bot.Accept(t.Context(), chat.Message{ID: "moved-1005", Room: old, MovedTo: moved}); err != nil {
				t.Fatal(err)
			}
		}
		state := handle(t, newBot(t, s, w, newClock()), chat.Message{ID: "m2", Room: moved, Text: human, Group: true})
		if state.Turn != 2 || state.Phase != dialog.HandedOver {
			t.Errorf("turn %d, %s, want the second turn of the same conversation", state.Turn, state.Phase)
		}
		if n := len(w.sent(moved)); n < 2 || len(w.sent(old)) == 0 {
			t.Errorf("%d posts went to the new room", n)
		}
		if v, err := s.Get(t.Context(), moved.String()); err != nil || v.Etag != "" {
			t.Errorf("the new room has a conversation of its own (%v)", err)
		}
	})
}

func TestAReplyToAnOlderQuestionCountsForThat(t *testing.T) {
	w := newWire()
	w.refs = true
	b := newBot(t, onBolt(t), w, newClock())
	say(t, b, shop, "m1", "刷卡失败")
	first := newest(w, chat.ToMerchant)
	handle(t, b, chat.Message{ID: "t1", Room: shop, Choice: "unsure", Post: first.ID})
	state := handle(t, b, chat.Message{ID: "m2", Room: shop, Text: "网络那边", ReplyTo: refOf(first)})
	if !slices.ContainsFunc(state.Facts(), func(e dialog.Entry) bool { return e.Question == "suspected_area" && e.Option == "network" }) {
		t.Errorf("the facts are %+v, want the area", state.Facts())
	}
}
