package bot_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/bot"
	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/dialog"
	"github.com/s4bot/s4bot/internal/store"
	"github.com/s4bot/s4bot/internal/store/redistest"
)

// configured makes a bot with settings of its own.
func configured(t *testing.T, s store.Store, w *wire, c *clock, set func(*bot.Config)) *bot.Bot {
	t.Helper()
	manager, index := mind(t)
	config := bot.Config{Store: s, Manager: manager, Search: index, Deliver: w, Now: c.now}
	set(&config)
	return bot.New(config)
}

// running runs a bot until the test ends, or until what it gives is called,
// which says how long stopping took.
func running(t *testing.T, b *bot.Bot) (stop func() time.Duration) {
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		b.Run(ctx)
	}()
	stop = sync.OnceValue(func() time.Duration {
		began := time.Now()
		cancel()
		<-ended
		return time.Since(began)
	})
	t.Cleanup(func() { stop() })
	return stop
}

func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); !ok(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("waited in vain until %s", what)
		}
	}
}

func accept(t *testing.T, b *bot.Bot, messages ...chat.Message) {
	t.Helper()
	if err := b.Accept(t.Context(), messages...); err != nil {
		t.Fatalf("accept %s: %v", messages[0].ID, err)
	}
}

func TestABurstIsAnsweredOnce(t *testing.T) {
	onBothStores(t, func(t *testing.T, s store.Store) {
		w := newWire()
		b := configured(t, s, w, nil, func(c *bot.Config) { c.Now, c.Settle = time.Now, 300*time.Millisecond })
		running(t, b)
		for i, text := range []string{"刷卡不行", "显示S4", "只有这张卡不行"} {
			accept(t, b, message(shop, fmt.Sprint("m", i), text))
		}
		eventually(t, "the burst is answered", func() bool { return len(w.sent(shop)) > 0 })
		if state, _ := stored(t, s, shop); state.Turn != 1 || len(state.Recent) != 3 {
			t.Errorf("the conversation is at turn %d with the messages %q, want 1 turn with 3", state.Turn, state.Recent)
		}
		before := len(w.sent(shop))
		tap := chat.Message{ID: "tap", Room: shop, Choice: "unsure"}
		began := time.Now()
		accept(t, b, tap)
		eventually(t, "a tap is answered", func() bool { return len(w.sent(shop)) > before })
		if took := time.Since(began); took > 250*time.Millisecond {
			t.Errorf("the answer to a tap took %v: it waited for more", took)
		}
	})
}

func TestAnotherReplicaAnswersWhatOneLeftBehind(t *testing.T) {
	server, w, clock := redistest.Start(t), newWire(), newClock()
	dying := configured(t, onRedis(t, server), newWire(), clock, func(c *bot.Config) { c.Settle = time.Hour })
	accept(t, dying, message(shop, "m1", problem)) // and it never answers
	other := newBot(t, onRedis(t, server), w, clock)
	tick(t, other)
	w.delivered(t, shop) // that would be too early
	clock.advance(time.Hour + 5*time.Second)
	tick(t, other)
	w.delivered(t, shop, "p1")
}

func TestAFloodIsToldOnceAndHarmsNobody(t *testing.T) {
	onBothStores(t, func(t *testing.T, s store.Store) {
		w, clock := newWire(), newClock()
		b := configured(t, s, w, clock, func(c *bot.Config) { c.Burst = 20 })
		for i := range 10_000 {
			accept(t, b, message(shop, fmt.Sprint("m", i), thanks))
		}
		other := chat.Room{Platform: "telegram", ID: "calm"}
		say(t, b, other, "m1", problem)
		w.delivered(t, other, "p1")
		eventually(t, "the flood is delivered", func() bool { _, outbox := stored(t, s, shop); return len(outbox) == 0 })
		told := 0
		for _, p := range w.sent(shop) {
			if strings.Contains(p.Text, "跟不上") {
				told++
			}
		}
		state, _ := stored(t, s, shop)
		if told != 1 || len(state.Recent) != 20 {
			t.Errorf("the merchant was told %d times and %d messages were read, want once and 20", told, len(state.Recent))
		}
		clock.advance(time.Minute)
		if after := say(t, b, shop, "calm again", problem); after.Turn != state.Turn+1 {
			t.Error("a merchant who became calm again is not read")
		}
	})
}

// panics is a dialog with a fault: it panics over a word.
type panics struct{ bot.Dialog }

func (p panics) Step(s dialog.State, e dialog.Event) (dialog.State, []chat.Post) {
	for _, h := range e.Heard {
		if strings.Contains(h.Message.Text, "坏") {
			panic("cannot read " + h.Message.Text)
		}
	}
	return p.Dialog.Step(s, e)
}

func TestAPanicHoldsTheMessageAndNoOther(t *testing.T) {
	onBothStores(t, func(t *testing.T, s store.Store) {
		var log strings.Builder
		w := newWire()
		b := configured(t, s, w, newClock(), func(c *bot.Config) {
			c.Manager, c.Log = panics{c.Manager}, slog.New(slog.NewJSONHandler(&log, nil))
		})
		handle(t, b, message(shop, "m1", problem), message(shop, "m2", "这是坏的"), message(shop, "m3", "只有这张卡不行"))
		state, outbox := stored(t, s, shop)
		if len(outbox) != 0 || !slices.Equal(state.Recent, []string{"m1", "m2", "m3"}) {
			t.Errorf("the messages %q are known and %v wait", state.Recent, ids(outbox))
		}
		if !slices.ContainsFunc(w.sent(shop), func(p chat.Post) bool { return strings.Contains(p.Text, "没能处理") }) {
			t.Error("the merchant is not told")
		}
		var held []bot.Held
		if err := bot.EachHeld(t.Context(), s, func(h bot.Held) { held = append(held, h) }); err != nil || len(held) != 1 || held[0].ID != "m2" || held[0].Text != "这是坏的" {
			t.Errorf("held are %+v, %v; want m2 with its text", held, err)
		}
		if !strings.Contains(log.String(), "panicked") || !strings.Contains(log.String(), "runtime_test.go") || strings.Contains(log.String(), "坏") {
			t.Errorf("the log says %s", log.String())
		}
	})
}

func TestWhatBecomesOfAPost(t *testing.T) {
	for _, test := range []struct {
		name    string
		failure adapters.Failure
		again   bool   // it is sent again
		fate    string // what the operator reads
	}{
		{"a platform that wants to be left alone", adapters.Failure{Outcome: adapters.Retry, After: 7 * time.Second, Reason: "429"}, true, "waits"},
		{"a send with an unknown outcome", adapters.Failure{Outcome: adapters.Uncertain, Reason: "a time-out"}, false, "uncertain"},
		{"a post that is refused", adapters.Failure{Outcome: adapters.Failed, Reason: "400"}, false, "failed"},
		{"a merchant who blocked the bot", adapters.Failure{Outcome: adapters.Gone, Reason: "403"}, false, "gone"},
	} {
		t.Run(test.name, func(t *testing.T) {
			onBothStores(t, func(t *testing.T, s store.Store) {
				w, clock := newWire(), newClock()
				b := newBot(t, s, w, clock)
				tried := 0
				w.before = func(chat.Room, chat.Post) error {
					if tried++; tried == 1 {
						return &test.failure
					}
					return nil
				}
				say(t, b, shop, "m1", problem)
				var fates []string
				if err := bot.EachUnsent(t.Context(), s, func(u bot.Unsent) { fates = append(fates, u.Fate) }); err != nil || !slices.Equal(fates, []string{test.fate}) {
					t.Errorf("the operator sees %q, %v; want %s", fates, err, test.fate)
				}
				clock.advance(6 * time.Second)
				tick(t, b)
				if tried != 1 {
					t.Error("it is sent again at once")
				}
				clock.advance(2 * time.Second)
				tick(t, b)
				if again := tried > 1; again != test.again {
					t.Errorf("sent again: %v, want %v", again, test.again)
				}
			})
		})
	}
}

// A merchant of whom nobody knows whether the question arrived is not left
// waiting for the usual nudge.
func TestAnUncertainQuestionIsAskedAgainSoon(t *testing.T) {
	w, clock := newWire(), newClock()
	b := newBot(t, onBolt(t), w, clock)
	w.before = func(chat.Room, chat.Post) error { return &adapters.Failure{Outcome: adapters.Uncertain} }
	say(t, b, shop, "m1", problem)
	w.before = nil
	clock.advance(100 * time.Second)
	tick(t, b)
	w.delivered(t, shop, "p2")
}

// A platform that is down for long does not make each turn carry what waits.
func TestALongLaneSpillsAndArrivesInOrder(t *testing.T) {
	onBothStores(t, func(t *testing.T, s store.Store) {
		w, clock := newWire(), newClock()
		b := newBot(t, s, w, clock)
		w.before = func(chat.Room, chat.Post) error { return &adapters.Failure{Outcome: adapters.Retry, Reason: "down"} }
		const messages = 150
		for i := range messages {
			say(t, b, shop, fmt.Sprint("m", i), texts[i%len(texts)])
		}
		v, err := s.Get(t.Context(), shop.String())
		if err != nil || len(v.Data) > 16_000 {
			t.Errorf("the value has %d bytes, %v: it does not spill", len(v.Data), err)
		}
		posts, sent, moved := 0, 0, time.Now()
		w.before = nil
		clock.advance(10 * time.Minute) // as long as the platform is left alone at most
		eventually(t, "all is delivered", func() bool {
			if n := len(w.sent(shop)); n != sent {
				sent, moved = n, time.Now()
			} else if time.Since(moved) > 5*time.Second { // who was at it has given up: the lease ends
				clock.advance(10 * time.Minute)
				moved = time.Now()
			}
			tick(t, b)
			state, outbox := stored(t, s, shop)
			posts = state.Posts
			return len(outbox) == 0 && len(w.sent(shop)) >= posts // the outbox tells nothing of what lies aside
		})
		if posts < messages/2 {
			t.Fatalf("only %d posts: this test tests nothing", posts)
		}
		w.delivered(t, shop, upTo(posts)...)
	})
}

// Where only one process can use the store, whoever else had a lease has ended, and a
// merchant need not wait for its end.
func TestNobodyElsesLeaseIsWaitedForAlone(t *testing.T) {
	for _, alone := range []bool{true, false} {
		s, w, clock, sending, killed := onBolt(t), newWire(), newClock(), make(chan struct{}), make(chan struct{})
		w.before = func(chat.Room, chat.Post) error { close(sending); <-killed; return errors.New("killed") }
		accept(t, newBot(t, s, w, clock), message(shop, "m1", problem))
		<-sending
		after := newWire()
		b := configured(t, s, after, clock, func(c *bot.Config) { c.Alone = alone })
		if !alone {
			clock.advance(time.Minute) // the lease ends
		}
		running(t, b)
		eventually(t, fmt.Sprint("the post is sent, alone: ", alone), func() bool { return len(after.sent(shop)) == 1 })
		close(killed)
	}
}

func TestStoppingFinishesWhatIsBegun(t *testing.T) {
	server, w := redistest.Start(t), newWire()
	s := onRedis(t, server)
	b := configured(t, s, w, nil, func(c *bot.Config) { c.Now, c.Settle = time.Now, 10*time.Second })
	stop := running(t, b)
	w.before = func(chat.Room, chat.Post) error { time.Sleep(300 * time.Millisecond); return nil }
	accept(t, b, message(shop, "m1", problem))
	if took := stop(); took > 5*time.Second {
		t.Errorf("stopping took %v", took)
	}
	if len(w.sent(shop)) != 1 {
		t.Error("an accepted message was not answered before the end")
	}
	if err := b.Accept(t.Context(), message(shop, "m2", problem)); !errors.Is(err, store.ErrUnavailable) {
		t.Errorf("a stopped bot gives %v, want ErrUnavailable", err)
	}
	other := newBot(t, onRedis(t, server), w, newClock())
	other.Config.Now = time.Now
	handle(t, other, message(shop, "m3", human)) // no lease is in the way
	if got := w.sent(shop); len(got) < 2 {
		t.Errorf("another replica delivered %v", ids(got))
	}
}

func TestOneProcessHoldsATask(t *testing.T) {
	server := redistest.Start(t)
	var mu sync.Mutex
	working, most, turns := 0, 0, map[int]bool{}
	var ends []context.CancelFunc
	var all sync.WaitGroup
	for i := range 3 {
		ctx, cancel := context.WithCancel(t.Context())
		ends = append(ends, cancel)
		b := newBot(t, onRedis(t, server), newWire(), newClock())
		all.Go(func() {
			b.Hold(ctx, "poll", func(ctx context.Context) {
				mu.Lock()
				working++
				most = max(most, working)
				turns[i] = true
				mu.Unlock()
				<-ctx.Done()
				mu.Lock()
				working--
				mu.Unlock()
			})
		})
	}
	at := func(n int) func() bool {
		return func() bool { mu.Lock(); defer mu.Unlock(); return len(turns) == n && working == 1 }
	}
	for n := range 3 {
		eventually(t, fmt.Sprintf("%d processes have had a turn", n+1), at(n+1))
		mu.Lock()
		for i := range turns {
			ends[i]()
		}
		mu.Unlock()
	}
	all.Wait()
	if most != 1 {
		t.Errorf("%d processes worked at the same time", most)
	}
}
