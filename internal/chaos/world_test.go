//go:build chaos

package chaos

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/s4bot/s4bot/internal/adapters/telegram/telegramtest"
	"github.com/s4bot/s4bot/internal/bot"
	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/store"
	"github.com/s4bot/s4bot/internal/store/redisstore"
	"github.com/s4bot/s4bot/internal/store/redistest"
)

// world is everything that one scenario plays with.
type world struct {
	*testing.T
	plan     scenario
	began    time.Time
	ready    time.Time // when the trouble began
	dir      string
	platform *telegramtest.Server
	hook     *hook             // nil: a replica polls
	redis    *redistest.Server // nil: the Sentinel has it
	sentinel *redistest.Sentinel
	pair     *pair // nil: Redis has no replica
	store    store.Store
	reader   *bot.Bot // that reads states, and does nothing else
	replicas []*replica
	calm     atomic.Bool // no more trouble
	over     atomic.Bool
	all      sync.WaitGroup // merchants and those who look after replicas
	writing  sync.RWMutex   // merchants write under its read lock

	mu      sync.Mutex
	shops   []*shop
	taps    int
	updates []int64
	// confirmed is how many of the updates surely are.
	confirmed int
	count     counts
	trouble   []time.Time // when something failed that leaves posts in doubt
}

// counts are what was done to a world.
type counts struct {
	kills, stops, redis int // of replicas; of Redis
	sends               int // faults of the platform after which nobody can be sure
}

// unknown is how many failures may have left in doubt whether a post arrived.
func (c counts) unknown() int { return c.kills + c.stops + c.redis + c.sends }

// play runs a scenario from the first message to the verdict.
func play(t *testing.T, s scenario) {
	t.Helper()
	w := newWorld(t, s)
	for range s.chats {
		w.all.Go(w.trade)
	}
	w.reach(time.Minute, "the bot answers", func() bool { return w.answers() > 0 })
	w.ready = time.Now()
	s.trouble(w)
	w.rest()
}

func newWorld(t *testing.T, s scenario) *world {
	t.Helper()
	w := &world{T: t, plan: s, began: time.Now(), dir: t.TempDir(), platform: telegramtest.Start(t)}
	conf := ""
	switch {
	case s.sentinel:
		conf = w.withSentinel()
	case s.lag > 0:
		w.withPair()
	default:
		w.redis = redistest.Start(t, s.settings...)
		w.store = redisstore.New(w.redis.Client(), 0)
	}
	if err := os.WriteFile(filepath.Join(w.dir, "bot.yaml"), []byte(conf), 0o600); err != nil {
		t.Fatal(err)
	}
	w.reader = bot.New(bot.Config{Store: w.store})
	if s.hooked {
		w.hook = newHook(w)
	}
	for i := range s.replicas {
		w.replicas = append(w.replicas, newReplica(w, i))
	}
	t.Cleanup(w.end)
	for _, r := range w.replicas {
		w.all.Go(r.live)
	}
	return w
}

// withSentinel starts a master, a replica and a Sentinel.
func (w *world) withSentinel() (conf string) {
	w.sentinel = redistest.StartSentinel(w, w.plan.settings...)
	client := redis.NewFailoverClient(&redis.FailoverOptions{MasterName: redistest.MasterName, SentinelAddrs: w.sentinel.Addrs()})
	w.store = redisstore.New(client, 0)
	w.Cleanup(func() { _ = client.Close() })
	return fmt.Sprintf("redis:\n  master: %s\n  addrs: [%q]\n", redistest.MasterName, w.sentinel.Addrs()[0])
}

// end ends everything, whatever happened.
func (w *world) end() {
	w.calm.Store(true)
	w.over.Store(true)
	for _, r := range w.replicas {
		r.end()
	}
	w.all.Wait()
	for _, r := range w.replicas {
		if w.Failed() {
			w.Logf("replica %d:\n%s", r.n, r.log)
		}
	}
}

// reach waits until something is so.
func (w *world) reach(most time.Duration, what string, ok func() bool) {
	w.Helper()
	if !until(most, ok) {
		w.Fatalf("waited in vain until %s", what)
	}
}

// until waits until something is so, and says whether it became so.
func until(most time.Duration, ok func() bool) bool {
	for deadline := time.Now().Add(most); !ok(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			return false
		}
	}
	return true
}

// pass lets time pass, in which the trouble goes on.
func (w *world) pass(least, most time.Duration) { time.Sleep(least + rand.N(most-least+1)) }

// again says whether there is to be more trouble: for some time in the short
// version, for a longer one in the long one, or until enough has happened.
func (w *world) again(enough func(counts) bool) bool {
	if w.Failed() {
		return false
	}
	spent, most := time.Since(w.ready), shortFor
	if *long {
		most = w.plan.longFor
	}
	return spent < most && (!*long || enough == nil || !enough(w.counted()))
}

// shortFor is how long the trouble of a short version lasts.
const shortFor = 8 * time.Second

func (w *world) counted() counts {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.count
}

func (w *world) add(change func(*counts)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	change(&w.count)
	w.trouble = append(w.trouble, time.Now())
}

// doubt notes that something begins to fail that is counted when it is over.
func (w *world) doubt() { w.add(func(*counts) {}) }

// any gives one of the replicas.
func (w *world) any() *replica { return w.replicas[rand.IntN(len(w.replicas))] }

// answers is how many posts the platform has.
func (w *world) answers() int {
	n := 0
	for _, id := range w.platform.Chats() {
		n += len(w.platform.Sent(id))
	}
	return n
}

// rest ends the trouble and judges what is left when the world is at rest.
func (w *world) rest() {
	w.calm.Store(true)
	w.platform.SetFault(nil)
	for _, r := range w.replicas {
		r.disarm()
	}
	var v verdict
	most := 75 * time.Second
	if *long {
		most = 4 * time.Minute
	}
	until(most, func() bool {
		time.Sleep(200 * time.Millisecond) // to read everything costs something
		var err error
		v, err = w.judge()
		return err == nil && w.platform.Unconfirmed() == 0 && v.faults() == 0 && v.unsettled == 0
	})
	w.conclude(v)
}

// conclude tells and counts a verdict.
func (w *world) conclude(v verdict) {
	c := w.counted()
	totals.add(line{w.plan.name, c, v, time.Since(w.began)})
	for _, note := range v.notes[:min(len(v.notes), 20)] {
		w.Error(note)
	}
	if n := w.platform.Unconfirmed(); n > 0 || v.unsettled > 0 || v.messages == 0 || v.posts == 0 {
		w.Errorf("the world does not come to rest: %d updates wait, %d posts wait; %d messages and %d posts", n, v.unsettled, v.messages, v.posts)
	}
	for _, r := range w.replicas {
		if r.log.panics > 0 {
			w.Errorf("replica %d panicked", r.n)
		}
	}
}

// judge reads all stories.
func (w *world) judge() (verdict, error) {
	var v verdict
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	lost, waiting, err := w.unsent(ctx)
	if err != nil {
		return v, err
	}
	w.mu.Lock()
	shops, trouble := w.shops, w.trouble
	w.mu.Unlock()
	for _, shop := range shops {
		room := shop.room().String()
		state, err := w.reader.State(ctx, shop.room())
		if err != nil {
			return v, err
		}
		v.judge(story{
			room: room, sent: shop.marks(), recent: state.Recent, first: state.First, posts: state.Posts,
			arrived: w.arrived(shop), desk: w.forDesk(room), lost: lost[room], waiting: waiting[room], trouble: trouble,
		})
	}
	return v, nil
}

// unsent reads what waits and what nobody can be sure of, by conversation.
func (w *world) unsent(ctx context.Context) (lost map[string]map[string]bool, waiting map[string]int, err error) {
	lost, waiting = map[string]map[string]bool{}, map[string]int{}
	err = bot.EachUnsent(ctx, w.store, func(u bot.Unsent) {
		if u.Fate == "waits" {
			waiting[u.Conversation]++
			return
		}
		if lost[u.Conversation] == nil {
			lost[u.Conversation] = map[string]bool{}
		}
		lost[u.Conversation][u.Post] = true
	})
	return lost, waiting, err
}

// arrived gives what the platform took from the bot for a chat.
func (w *world) arrived(s *shop) []arrival {
	var out []arrival
	for _, m := range w.platform.Sent(s.chat) {
		_, post, _ := strings.Cut(m.Header.Get("X-S4bot-Post"), "/")
		out = append(out, arrival{post, m.Text, m.At})
	}
	return out
}

func (w *world) forDesk(room string) map[string]bool {
	posts := map[string]bool{}
	for _, r := range w.replicas {
		r.log.forDesk(room, posts)
	}
	return posts
}

// room is the conversation of a shop.
func (s *shop) room() chat.Room { return chat.ParseRoom(fmt.Sprintf("telegram:%d", s.chat)) }

// freeAddr gives a loopback address that nobody listens on. It is below those
// that a system gives to outgoing connections.
func freeAddr(t *testing.T) string {
	t.Helper()
	for range 1000 {
		addr := fmt.Sprintf("127.0.0.1:%d", 12_000+rand.IntN(8_000))
		if _, taken := given.LoadOrStore(addr, true); taken {
			continue
		}
		if l, err := net.Listen("tcp", addr); err == nil {
			_ = l.Close()
			return addr
		}
	}
	t.Fatal("no free port was found")
	return ""
}

var given sync.Map

// client asks replicas; none of them may hold the suite up.
var client = &http.Client{Timeout: 8 * time.Second}
