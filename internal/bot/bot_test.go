package bot_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/s4bot/s4bot/internal/bot"
	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/dialog"
	"github.com/s4bot/s4bot/internal/store"
	"github.com/s4bot/s4bot/internal/store/boltstore"
	"github.com/s4bot/s4bot/internal/store/redisstore"
	"github.com/s4bot/s4bot/internal/store/redistest"
)

var shop = chat.Room{Platform: "telegram", ID: "12345"}

// Three messages that are answered, whatever the dialog is at.
const (
	problem = "刷卡显示S4交易失败"
	thanks  = "谢谢"
	human   = "转人工" // two posts: one to the merchant, one to the desk
)

func TestATurnIsCommittedBeforeItIsDelivered(t *testing.T) {
	onBothStores(t, func(t *testing.T, s store.Store) {
		w := newWire()
		b := newBot(t, s, w, newClock())
		looked := 0
		w.before = func(room chat.Room, post chat.Post) error {
			looked++
			state, outbox := stored(t, s, room)
			if !slices.ContainsFunc(outbox, func(p chat.Post) bool { return p.ID == post.ID && p.Text == post.Text }) {
				t.Errorf("%s is being delivered while the stored outbox is %v", post.ID, ids(outbox))
			}
			if !slices.Contains(state.Recent, "m1") {
				t.Errorf("%s is being delivered while the stored state knows only the messages %q", post.ID, state.Recent)
			}
			return nil
		}

		say(t, b, shop, "m1", human)

		if looked < 2 {
			t.Fatalf("%d posts were delivered, want at least 2", looked)
		}
		if state, outbox := stored(t, s, shop); len(outbox) != 0 || state.Posts != looked {
			t.Errorf("afterwards the state counts %d posts and the outbox is %v, want %d and an empty one", state.Posts, ids(outbox), looked)
		}
	})
}

func TestPostsThatCouldNotBeDeliveredComeLaterInOrder(t *testing.T) {
	onBothStores(t, func(t *testing.T, s store.Store) {
		w, clock := newWire(), newClock()
		b := newBot(t, s, w, clock)
		w.before = func(_ chat.Room, p chat.Post) error {
			if p.ID == "p1" { // the others could go, but not before it
				return errors.New("429 Too Many Requests")
			}
			return nil
		}
		say(t, b, shop, "m1", problem)
		state := say(t, b, shop, "m2", human)
		tick(t, b)                 // too early
		w.delivered(t, shop, "p3") // the desk's, which waits for nobody else's
		if _, outbox := stored(t, s, shop); !slices.Equal(ids(outbox), []string{"p1", "p2", "sp1"}) || state.Posts != 3 {
			t.Fatalf("the outbox is %v of %d posts, want p1, p2 and the settling of p1's options", ids(outbox), state.Posts)
		}

		w.before = nil
		tick(t, b) // still too early
		w.delivered(t, shop, "p3")
		clock.advance(10 * time.Second)
		tick(t, b)
		w.delivered(t, shop, upTo(state.Posts)...)

		clock.advance(10 * time.Second)
		tick(t, b) // nothing is left
		w.delivered(t, shop, upTo(state.Posts)...)
	})
}

func TestOnlyWhatWasNotDeliveredIsSentAgain(t *testing.T) {
	onBothStores(t, func(t *testing.T, s store.Store) {
		w, clock := newWire(), newClock()
		b := newBot(t, s, w, clock)
		w.before = func(_ chat.Room, p chat.Post) error {
			if p.To == chat.ToDesk {
				return errors.New("the desk is closed")
			}
			return nil
		}
		state := say(t, b, shop, "m1", human)
		if n := len(w.sent(shop)); n == 0 || n == state.Posts {
			t.Fatalf("%d of %d posts were delivered, want some", n, state.Posts)
		}

		w.before = nil
		clock.advance(10 * time.Second)
		tick(t, b)
		w.delivered(t, shop, upTo(state.Posts)...)
	})
}

func TestARepeatedMessageIsAnsweredOnce(t *testing.T) {
	m := message(shop, "m1", problem)
	for _, test := range []struct {
		name   string
		repeat func(t *testing.T, b, replica *bot.Bot)
	}{
		{"at once", func(t *testing.T, b, _ *bot.Bot) { handle(t, b, m) }},
		{"twice in one turn", func(t *testing.T, b, _ *bot.Bot) { handle(t, b, m, m) }},
		{"to another replica", func(t *testing.T, _, replica *bot.Bot) { handle(t, replica, m) }},
		{"to both at the same time", func(t *testing.T, b, replica *bot.Bot) {
			var both sync.WaitGroup
			for _, b := range []*bot.Bot{b, replica} {
				both.Go(func() { handle(t, b, m) })
			}
			both.Wait()
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			onBothStores(t, func(t *testing.T, s store.Store) {
				w, clock := newWire(), newClock()
				b, replica := newBot(t, s, w, clock), newBot(t, s, w, clock)
				first := handle(t, b, m)
				answer := upTo(first.Posts)
				w.delivered(t, shop, answer...)

				test.repeat(t, b, replica)

				w.delivered(t, shop, answer...)
				if state, _ := stored(t, s, shop); state.Turn != first.Turn {
					t.Errorf("the conversation is at turn %d, want %d", state.Turn, first.Turn)
				}
			})
		})
	}
}

func TestABurstHoldsTheSameMessageTwice(t *testing.T) {
	w := newWire()
	b := newBot(t, onBolt(t), w, newClock())
	m := message(shop, "m1", problem)
	if state := handle(t, b, m, m); state.Turn != 1 || len(state.Words) != 1 {
		t.Errorf("the conversation is at turn %d and knows the words %+v, want 1 turn and 1 message", state.Turn, state.Words)
	}
}

// texts are what merchants say in the tests with many messages.
var texts = []string{problem, "别的卡可以", "不知道", "网络是好的", thanks, "为什么", "返回", "重启过了", "还是不行"}

func TestTwoReplicasLoseNothing(t *testing.T) {
	const messages = 36 // fewer than a state remembers
	for _, test := range []struct {
		name string
		run  func(send func(i int))
		once bool // nothing is delivered twice
	}{
		{"in turn", func(send func(int)) {
			for i := range messages {
				send(i)
			}
		}, true},
		{"at the same time", func(send func(int)) {
			var all sync.WaitGroup
			for i := range messages {
				all.Go(func() { send(i) })
			}
			all.Wait()
		}, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			server, w, clock := redistest.Start(t), newWire(), newClock()
			s := onRedis(t, server)
			replicas := []*bot.Bot{newBot(t, s, w, clock), newBot(t, onRedis(t, server), w, clock)}
			test.run(func(i int) {
				handle(t, replicas[i%2], message(shop, fmt.Sprintf("m%d", i), texts[i%len(texts)]))
			})

			eventually(t, "all is delivered", func() bool {
				_, outbox := stored(t, s, shop)
				if len(outbox) > 0 && !test.once { // one who did not get to it leaves it to the next
					clock.advance(10 * time.Second)
					tick(t, replicas[0])
				}
				return len(outbox) == 0
			})
			state, _ := stored(t, s, shop)
			if state.Turn != messages {
				t.Errorf("the conversation is at turn %d, want %d", state.Turn, messages)
			}
			for i := range messages {
				if id := fmt.Sprintf("m%d", i); !slices.Contains(state.Recent, id) {
					t.Errorf("message %s is lost", id)
				}
			}
			got := ids(w.sent(shop))
			if !test.once {
				got = firsts(got)
			}
			if want := upTo(state.Posts); !slices.Equal(got, want) {
				t.Errorf("delivered were %v, want %v", got, want)
			}
		})
	}
}

// While one replica is delivering another one answers the next message, with or
// without being able to deliver. The first one's acknowledgement then meets an
// outbox that is not the one it knew.
func TestAnotherReplicaAnswersDuringADelivery(t *testing.T) {
	for _, test := range []struct {
		name    string
		deliver error // what becomes of the other's posts
	}{
		{"and delivers", nil},
		{"and cannot deliver", errors.New("no route to host")},
	} {
		t.Run(test.name, func(t *testing.T) {
			onBothStores(t, func(t *testing.T, s store.Store) {
				slow, other, clock := newWire(), newWire(), newClock()
				a, b := newBot(t, s, slow, clock), newBot(t, s, other, clock)
				other.before = func(chat.Room, chat.Post) error { return test.deliver }
				var interrupt sync.Once
				slow.before = func(chat.Room, chat.Post) error {
					interrupt.Do(func() { say(t, b, shop, "m2", human) })
					return nil
				}

				say(t, a, shop, "m1", problem)
				clock.advance(10 * time.Second)
				tick(t, a)

				state, outbox := stored(t, s, shop)
				if state.Turn != 2 || len(outbox) != 0 {
					t.Errorf("the conversation is at turn %d with the outbox %v, want 2 and an empty one", state.Turn, ids(outbox))
				}
				all := slices.Sorted(slices.Values(ids(append(slow.sent(shop), other.sent(shop)...))))
				if want := slices.Sorted(slices.Values(upTo(state.Posts))); !slices.Equal(slices.Compact(all), want) {
					t.Errorf("delivered were %v, want %v", all, want)
				}
			})
		})
	}
}

func TestWhileTheStoreIsDownNothingIsAcceptedOrSaid(t *testing.T) {
	server, w, clock := redistest.Start(t, redistest.Durable), newWire(), newClock()
	s := onRedis(t, server)
	warm, cold := newBot(t, s, w, clock), newBot(t, s, w, clock)
	before := say(t, warm, shop, "m1", problem)
	said := upTo(before.Posts)

	server.Stop()
	for name, b := range map[string]*bot.Bot{"a bot that knows the conversation": warm, "a bot that does not": cold} {
		if _, err := b.Handle(t.Context(), message(shop, "m2", human)); !errors.Is(err, store.ErrUnavailable) {
			t.Errorf("handle of %s gives %v, want ErrUnavailable", name, err)
		}
		if err := b.Tick(t.Context()); !errors.Is(err, store.ErrUnavailable) {
			t.Errorf("tick of %s gives %v, want ErrUnavailable", name, err)
		}
	}
	w.delivered(t, shop, said...)

	server.Restart()
	after := say(t, warm, shop, "m2", human)
	if after.Turn != before.Turn+1 || after.Posts <= before.Posts {
		t.Errorf("after the restart the conversation is at turn %d with %d posts, want to go on from %d with %d",
			after.Turn, after.Posts, before.Turn, before.Posts)
	}
	say(t, cold, shop, "m2", human)
	w.delivered(t, shop, upTo(after.Posts)...)
}

// A message is accepted once it is committed, even if the store goes down while
// the answer is being delivered; the answer may then be sent again.
func TestTheStoreGoesDownDuringADelivery(t *testing.T) {
	server, w, clock := redistest.Start(t, redistest.Durable), newWire(), newClock()
	s := onRedis(t, server)
	b := newBot(t, s, w, clock)
	w.before = func(chat.Room, chat.Post) error { server.Stop(); return nil }
	state := say(t, b, shop, "m1", problem)
	w.before = nil

	server.Restart()
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		if _, outbox := stored(t, s, shop); len(outbox) == 0 {
			break // what was sent is recorded as soon as the store is back
		}
	}
	again := say(t, b, shop, "m1", problem) // the platform was not told in time

	if again.Turn != state.Turn {
		t.Errorf("the conversation is at turn %d, want %d", again.Turn, state.Turn)
	}
	if _, outbox := stored(t, s, shop); len(outbox) != 0 {
		t.Errorf("the outbox still holds %v", ids(outbox))
	}
	w.delivered(t, shop, upTo(state.Posts)...)
}

func TestCardNumbersAreNeverStored(t *testing.T) {
	const visa, unionPay = "4111111111111111", "6222021234567890128"
	spellings := []string{
		"卡号" + visa + "刷不了",
		"卡号 4111 1111 1111 1111 刷不了",
		"4111-1111-1111-1111",
		"卡号４１１１１１１１１１１１１１１１刷不了",
		"银联卡" + unionPay + "，显示S4",
		"6222 0212 3456 7890 128",
		"my card " + visa + " and " + unionPay + " fail",
		strings.Repeat("a ", 1992) + " " + visa, // whose last digit is cut off
	}
	server, w, clock := redistest.Start(t), newWire(), newClock()
	s, admin := onRedis(t, server), server.Client()
	b := newBot(t, s, w, clock)
	bare := func(when string) {
		t.Helper()
		everything := digits(dump(t, admin))
		for _, number := range []string{visa, unionPay} {
			if strings.Contains(everything, number[:12]) {
				t.Errorf("%s: the store holds %s", when, number)
			}
		}
	}
	w.before = func(_ chat.Room, p chat.Post) error {
		bare("while " + p.ID + " is delivered") // the outbox is not yet empty
		return nil
	}
	for i, text := range spellings {
		room := chat.Room{Platform: "telegram", ID: fmt.Sprintf("shop %d", i)}
		edited := message(room, "m2", thanks+text)
		edited.Edited = true
		say(t, b, room, "m1", text)
		say(t, b, room, "m2", problem)
		handle(t, b, edited)
		say(t, b, room, "m3", human)
		say(t, b, room, "m4", text) // which goes to the desk
		bare(text)
		for _, p := range w.sent(room) {
			if strings.Contains(digits(p.Text), visa) || strings.Contains(digits(p.Text), unionPay) {
				t.Errorf("a post repeats the card number: %s", p.Text)
			}
		}
	}
	if !strings.Contains(dump(t, admin), "1111") {
		t.Error("not even the last four digits are stored: this test looks at the wrong place")
	}
}

func TestManyRoomsAtOnce(t *testing.T) {
	const rooms, each = 24, 6
	onBothStores(t, func(t *testing.T, s store.Store) {
		w := newWire()
		b := newBot(t, s, w, newClock())
		var all sync.WaitGroup
		for i := range rooms * each {
			room := chat.Room{Platform: "web", ID: fmt.Sprint(i % rooms)}
			all.Go(func() { handle(t, b, message(room, fmt.Sprintf("m%d", i), texts[i%len(texts)])) })
		}
		all.Wait()
		for i := range rooms {
			room := chat.Room{Platform: "web", ID: fmt.Sprint(i)}
			state, outbox := stored(t, s, room)
			// A busy machine may deliver the last posts after their turn was handled.
			for began := time.Now(); len(outbox) > 0 && time.Since(began) < 30*time.Second; state, outbox = stored(t, s, room) {
				time.Sleep(10 * time.Millisecond)
			}
			if state.Turn != each || len(outbox) != 0 {
				t.Errorf("%s is at turn %d with the outbox %v, want %d and an empty one", room, state.Turn, ids(outbox), each)
			}
			w.delivered(t, room, upTo(state.Posts)...)
		}
	})
}

func TestASilentMerchantIsNudgedOnce(t *testing.T) {
	onBothStores(t, func(t *testing.T, s store.Store) {
		w, clock := newWire(), newClock()
		b, replica := newBot(t, s, w, clock), newBot(t, s, w, clock)
		state := say(t, b, shop, "m1", problem)
		if state.Wake.IsZero() {
			t.Fatal("the dialog does not want to be woken: this test tests nothing")
		}
		clock.advance(state.Wake.Sub(clock.now()) - time.Second)
		tick(t, b, replica)
		w.delivered(t, shop, upTo(state.Posts)...)

		clock.advance(time.Second)
		tick(t, replica, b, replica)
		clock.advance(24 * time.Hour)
		tick(t, b, replica)
		w.delivered(t, shop, upTo(state.Posts+1)...)
	})
}

func TestTickGoesOnPastABrokenConversation(t *testing.T) {
	onBothStores(t, func(t *testing.T, s store.Store) {
		w, clock := newWire(), newClock()
		b := newBot(t, s, w, clock)
		w.before = func(chat.Room, chat.Post) error { return errors.New("not now") }
		for i := range 8 { // around the broken one, in whatever order
			say(t, b, chat.Room{Platform: "web", ID: fmt.Sprint(i)}, "m1", thanks)
		}
		breakConversation(t, s, shop, clock.now())
		w.before = nil
		clock.advance(10 * time.Second)

		if err := b.Tick(t.Context()); err == nil || !strings.Contains(err.Error(), shop.String()) {
			t.Errorf("tick gives %v, want an error that names %s", err, shop)
		}
		for i := range 8 {
			w.delivered(t, chat.Room{Platform: "web", ID: fmt.Sprint(i)}, "p1")
		}
	})
}

func TestABrokenConversationCanBeErasedUnderARunningBot(t *testing.T) {
	s := onBolt(t)
	b := newBot(t, s, newWire(), newClock())
	breakConversation(t, s, shop, time.Time{})
	if _, err := b.Handle(t.Context(), message(shop, "m1", problem)); err == nil {
		t.Fatal("the broken conversation is accepted")
	}
	if err := s.Erase(t.Context(), shop.String()); err != nil {
		t.Fatal(err)
	}
	say(t, b, shop, "m1", problem)
}

// breakConversation stores what only a newer program could read.
func breakConversation(t *testing.T, s store.Store, room chat.Room, due time.Time) {
	t.Helper()
	_, ok, err := s.Swap(t.Context(), store.Change{Key: room.String(), Data: []byte{255}, Due: due})
	if !ok || err != nil {
		t.Fatalf("swap gives ok %v, %v", ok, err)
	}
}

// A value that expires leaves its place in the agenda behind, in Redis.
func TestTickClearsTheAgendaOfAnExpiredConversation(t *testing.T) {
	server, w, clock := redistest.Start(t), newWire(), newClock()
	s, admin := onRedis(t, server), server.Client()
	b := newBot(t, s, w, clock)
	state := say(t, b, shop, "m1", problem)
	for _, key := range admin.Keys(t.Context(), "s:*").Val() {
		admin.Del(t.Context(), key) // as its expiry would
	}
	clock.advance(state.Wake.Sub(clock.now()))

	tick(t, b)

	if due, err := s.Due(t.Context(), clock.now(), 10); err != nil || len(due) != 0 {
		t.Errorf("due is still %q, %v", due, err)
	}
	if after := say(t, b, shop, "m2", thanks); after.Turn != 1 {
		t.Errorf("the next message is turn %d of what had expired", after.Turn)
	}
}

func TestHandleRefusesWhatIsNoTurn(t *testing.T) {
	w := newWire()
	b := newBot(t, onBolt(t), w, newClock())
	other := chat.Room{Platform: "telegram", ID: "67890"}
	for name, messages := range map[string][]chat.Message{
		"no message": nil,
		"two rooms":  {message(shop, "m1", problem), message(other, "m2", problem)},
	} {
		if _, err := b.Handle(t.Context(), messages...); err == nil {
			t.Errorf("%s is accepted as a turn", name)
		}
	}
	w.delivered(t, shop)
	w.delivered(t, other)
}

// onBothStores runs a test on the store for production and on the embedded one.
func onBothStores(t *testing.T, run func(t *testing.T, s store.Store)) {
	t.Run("redis", func(t *testing.T) { run(t, onRedis(t, redistest.Start(t))) })
	t.Run("bolt", func(t *testing.T) { run(t, onBolt(t)) })
}

// onRedis opens a store that does not try again for long when the server is
// down.
func onRedis(t *testing.T, server *redistest.Server) store.Store {
	t.Helper()
	opts, err := redis.ParseURL(server.URL())
	if err != nil {
		t.Fatal(err)
	}
	opts.MaxRetries, opts.DialerRetries = 1, 1
	return closed(t, redisstore.New(redis.NewClient(opts), 0))
}

func onBolt(t *testing.T) store.Store {
	t.Helper()
	s, err := boltstore.Open(filepath.Join(t.TempDir(), "s4bot.db"), boltstore.Options{Scratch: true})
	if err != nil {
		t.Fatal(err)
	}
	return closed(t, s)
}

func closed(t *testing.T, s store.Store) store.Store {
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("close the store: %v", err)
		}
	})
	return s
}

func newBot(t *testing.T, s store.Store, w *wire, c *clock) *bot.Bot {
	t.Helper()
	manager, index := mind(t)
	return bot.New(bot.Config{Store: s, Manager: manager, Search: index, Deliver: w, Now: c.now})
}

func message(room chat.Room, id, text string) chat.Message {
	return chat.Message{ID: id, Room: room, Text: text}
}

// handle hands messages over that must be accepted. It may be called by any
// goroutine.
func handle(t *testing.T, b *bot.Bot, messages ...chat.Message) dialog.State {
	t.Helper()
	state, err := b.Handle(t.Context(), messages...)
	if err != nil {
		t.Errorf("handle %s: %v", messages[0].ID, err)
	}
	return state
}

func say(t *testing.T, b *bot.Bot, room chat.Room, id, text string) dialog.State {
	t.Helper()
	return handle(t, b, message(room, id, text))
}

func tick(t *testing.T, bots ...*bot.Bot) {
	t.Helper()
	for _, b := range bots {
		if err := b.Tick(t.Context()); err != nil {
			t.Fatalf("tick: %v", err)
		}
	}
}

// stored reads a conversation from the store.
func stored(t *testing.T, s store.Store, room chat.Room) (dialog.State, []chat.Post) {
	t.Helper()
	v, err := s.Get(t.Context(), room.String())
	if err != nil {
		t.Fatalf("get %s: %v", room, err)
	}
	state, outbox, err := bot.Stored(v.Data)
	if err != nil {
		t.Fatal(err)
	}
	return state, outbox
}

// wire is a Deliverer that remembers what it delivered, in order.
type wire struct {
	// before is called before each delivery; its error is the delivery's.
	before func(chat.Room, chat.Post) error
	after  func() // is called when a post is there, before that is known
	refs   bool   // give references

	mu    sync.Mutex
	posts map[chat.Room][]chat.Post
}

func newWire() *wire { return &wire{posts: map[chat.Room][]chat.Post{}} }

// Deliver implements bot.Deliverer.
func (w *wire) Deliver(_ context.Context, room chat.Room, post chat.Post) (string, error) {
	if w.before != nil {
		if err := w.before(room, post); err != nil {
			return "", err
		}
	}
	w.mu.Lock()
	w.posts[room] = append(w.posts[room], post)
	w.mu.Unlock()
	if w.after != nil {
		w.after()
	}
	if w.refs {
		return "ref:" + strings.TrimPrefix(post.ID, "p"), nil
	}
	return "", nil
}

// sent gives what was delivered to the two sides, each in the order in which it
// was, merged by number: between the sides there is no order.
func (w *wire) sent(room chat.Room) []chat.Post {
	w.mu.Lock()
	defer w.mu.Unlock()
	var merchant, desk, out []chat.Post
	for _, p := range w.posts[room] {
		if p.To == chat.ToDesk {
			desk = append(desk, p)
		} else {
			merchant = append(merchant, p)
		}
	}
	for len(merchant) > 0 && len(desk) > 0 {
		from := &merchant
		if bot.InOrder([]chat.Post{desk[0], merchant[0]})[0].ID == desk[0].ID {
			from = &desk
		}
		out, *from = append(out, (*from)[0]), (*from)[1:]
	}
	return append(append(out, merchant...), desk...)
}

// delivered checks what was delivered to a room, in order.
func (w *wire) delivered(t *testing.T, room chat.Room, want ...string) {
	t.Helper()
	if got := ids(w.sent(room)); !slices.Equal(got, want) {
		t.Fatalf("delivered to %s were %v, want %v", room, got, want)
	}
}

func ids(posts []chat.Post) []string {
	var out []string
	for _, p := range posts {
		out = append(out, p.ID)
	}
	return out
}

// upTo gives the ids of the first n posts of a conversation.
func upTo(n int) []string {
	var out []string
	for i := range n {
		out = append(out, fmt.Sprintf("p%d", i+1))
	}
	return out
}

// firsts keeps the first of each id.
func firsts(ids []string) []string {
	var out []string
	for _, id := range ids {
		if !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}

// clock is a clock that stands still unless told otherwise.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func newClock() *clock { return &clock{at: time.Date(2026, 3, 14, 12, 0, 0, 0, time.UTC)} }

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// dump gives everything that a Redis server holds: the names of all keys and
// their raw values.
func dump(t *testing.T, admin *redis.Client) string {
	t.Helper()
	ctx := t.Context()
	var all []string
	keys := admin.Scan(ctx, 0, "*", 1000).Iterator()
	for keys.Next(ctx) {
		key := keys.Val()
		all = append(all, key)
		switch kind := admin.Type(ctx, key).Val(); kind {
		case "string":
			all = append(all, bot.Plain(admin.Get(ctx, key).Val()))
		case "set":
			all = append(all, admin.SMembers(ctx, key).Val()...)
		case "list":
			all = append(all, admin.LRange(ctx, key, 0, -1).Val()...)
		case "zset":
			all = append(all, admin.ZRange(ctx, key, 0, -1).Val()...)
		default:
			t.Fatalf("%s is a %s, which this test does not look into", key, kind)
		}
	}
	if err := keys.Err(); err != nil || len(all) == 0 {
		t.Fatalf("scan gives %d keys, %v", len(all), err)
	}
	return strings.Join(all, "\n")
}

// digits keeps the digits of a text, full-width ones as plain ones.
func digits(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9':
			return r
		case r >= '０' && r <= '９':
			return r - '０' + '0'
		}
		return -1
	}, text)
}
