package bot_test

import (
	"encoding/hex"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/s4bot/s4bot/internal/bot"
	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/store"
	"github.com/s4bot/s4bot/internal/store/redisstore"
	"github.com/s4bot/s4bot/internal/store/redistest"
)

// watched opens a store that hears of epochs, as the program does.
func watched(t *testing.T, server *redistest.Server) store.Store {
	t.Helper()
	s, err := redisstore.Open(redisstore.Config{URL: server.URL(), Tune: func(o *redis.UniversalOptions) { o.MaxRetries, o.DialerRetries = 1, 1 }})
	if err != nil {
		t.Fatal(err)
	}
	return closed(t, s)
}

func live(t *testing.T, s store.Store, w *wire) *bot.Bot {
	t.Helper()
	b := configured(t, s, w, nil, func(c *bot.Config) { c.Now = s.Now })
	running(t, b)
	eventually(t, "the store is known", func() bool { _, err := s.Health(t.Context()); return err == nil })
	return b
}

// A Redis that forgets everything, as after a power cut long before the first
// sync, is told it again by the processes that know it.
func TestWhatRedisForgetsIsPutBack(t *testing.T) {
	server, w := redistest.Start(t), newWire()
	replicas := []*bot.Bot{live(t, watched(t, server), w), live(t, watched(t, server), w)}
	look := watched(t, server)
	accept(t, replicas[0], message(shop, "m1", problem))
	accept(t, replicas[1], message(shop, "m2", "只有这张卡不行"))
	eventually(t, "the answers are delivered", func() bool { _, outbox := stored(t, look, shop); return len(outbox) == 0 })
	sent := len(w.sent(shop))

	server.Restart() // with nothing on disk

	eventually(t, "messages are taken in again", func() bool {
		return replicas[0].Accept(t.Context(), message(shop, "m3", thanks)) == nil
	})
	fresh := watched(t, server)
	eventually(t, "the conversation goes on", func() bool {
		state, outbox := stored(t, fresh, shop)
		return slices.Equal(state.Recent, []string{"m1", "m2", "m3"}) && len(outbox) == 0
	})
	if got := ids(w.sent(shop)); len(got) <= sent || !slices.Equal(got, firsts(got)) {
		t.Errorf("delivered were %v: something twice, or nothing", got)
	}
}

// Another process erases a conversation while a post of it is being sent: neither what
// became of the post nor what this process knows brings it back.
func TestWhatIsErasedIsNotPutBack(t *testing.T) {
	server, w := redistest.Start(t, redistest.Durable), newWire()
	erased := make(chan struct{})
	w.after = func() { <-erased }
	b := live(t, watched(t, server), w)
	accept(t, b, message(shop, "m1", problem))
	eventually(t, "the answer is delivered", func() bool { return len(w.sent(shop)) > 0 })
	command := watched(t, server)
	if err := command.Erase(t.Context(), shop.String()); err != nil {
		t.Fatal(err)
	}
	close(erased)
	server.Restart()
	other := message(shop, "x", problem)
	other.Room.ID = "other"
	eventually(t, "messages are taken in again", func() bool { return b.Accept(t.Context(), other) == nil })
	if v, err := watched(t, server).Get(t.Context(), shop.String()); err != nil || v.Etag != "" {
		t.Errorf("what was erased is back, %v", err)
	}
}

// A Redis that is nearly full takes nothing new in, so that what was accepted can
// be finished.
func TestANearlyFullStoreClosesTheGate(t *testing.T) {
	server, w := redistest.Start(t, "maxmemory 64mb", "maxmemory-policy noeviction"), newWire()
	b, admin := live(t, watched(t, server), w), server.Client()
	accept(t, b, message(shop, "m1", problem))
	if err := admin.ConfigSet(t.Context(), "maxmemory", "1500kb").Err(); err != nil {
		t.Fatal(err)
	}
	eventually(t, "messages are refused", func() bool {
		err := b.Accept(t.Context(), message(shop, "m2", thanks))
		return errors.Is(err, store.ErrUnavailable)
	})
	eventually(t, "what was accepted is finished", func() bool { return len(w.sent(shop)) > 0 })
	if err := b.Ready(); err == nil || !strings.Contains(err.Error(), "memory") {
		t.Errorf("it is not told why: %v", err)
	}
	if err := admin.ConfigSet(t.Context(), "maxmemory", "64mb").Err(); err != nil {
		t.Fatal(err)
	}
	eventually(t, "messages are taken in again", func() bool { return b.Accept(t.Context(), message(shop, "m3", thanks)) == nil })
}

// syncedLog is a log that goroutines share.
type syncedLog struct {
	mu   sync.Mutex
	text strings.Builder
}

func (l *syncedLog) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *syncedLog) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// A value that cannot be read is kept for the operator, and its merchant is
// served.
func TestABrokenValueIsKeptAside(t *testing.T) {
	onBothStores(t, func(t *testing.T, s store.Store) {
		var log syncedLog
		w := newWire()
		b := configured(t, s, w, newClock(), func(c *bot.Config) { c.Log = slog.New(slog.NewJSONHandler(&log, nil)) })
		now, ok, err := s.Swap(t.Context(), store.Change{Key: shop.String(), Data: []byte("\x02broken")})
		if !ok || err != nil {
			t.Fatal(err)
		}
		if state := say(t, b, shop, "m1", problem); state.Turn != 1 {
			t.Errorf("the conversation is at turn %d", state.Turn)
		}
		w.delivered(t, shop, "p1")
		kept, err := s.Aside(t.Context(), shop.String(), "broken-"+hexOf(now.Etag))
		if err != nil || string(kept) != "\x02broken" {
			t.Errorf("kept aside is %q, %v", kept, err)
		}
		if !strings.Contains(log.String(), "broken-"+hexOf(now.Etag)) || strings.Contains(log.String(), "x02") {
			t.Errorf("the log says %s", log.String())
		}
	})
}

// Bots made long apart agree on the time of the store, so that a clock that is
// wrong takes no lease away.
func TestAReplicaWithAWrongClockTakesNoLease(t *testing.T) {
	server, w := redistest.Start(t), newWire()
	slow := make(chan struct{})
	b := live(t, watched(t, server), w)
	early, err := redisstore.Open(redisstore.Config{URL: server.URL(), Clock: func() time.Time { return time.Now().Add(5 * time.Minute) }})
	if err != nil {
		t.Fatal(err)
	}
	other := newWire()
	live(t, closed(t, early), other)
	w.before = hang(slow)
	accept(t, b, message(shop, "m1", problem))
	time.Sleep(2500 * time.Millisecond) // in which the other one has swept twice
	if got := other.sent(shop); len(got) > 0 {
		t.Errorf("the other replica delivered %v", ids(got))
	}
	close(slow)
	eventually(t, "the post arrives", func() bool { return len(w.sent(shop)) == 1 })
}

func hexOf(etag string) string { return hex.EncodeToString([]byte(etag)) }

// hang makes deliveries wait.
func hang(until <-chan struct{}) func(chat.Room, chat.Post) error {
	return func(chat.Room, chat.Post) error {
		<-until
		return nil
	}
}
