package bot

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/dialog"
	"github.com/s4bot/s4bot/internal/kb"
)

var (
	simSeeds = flag.Int("sim.seeds", 3000, "how many seeds the simulation runs")
	simFirst = flag.Uint64("sim.first", 1, "the first seed")
)

// simFaults says what goes wrong in a run, in thousandths.
type simFaults struct {
	kills        int // of a replica, each half second
	regressions  int // of the store, each half second
	lostRequests int
	lostReplies  int
	outages      int // of the store, each half second
	platform     int // sends that fail or whose outcome is unknown
	repeats      int // confirmed updates that come again, each half second
}

// simulation is a run: some replicas, one platform, some merchants.
type simulation struct {
	*world
	store    *simStore
	faults   simFaults
	replicas []*replica
	shops    []*shop
	calm     bool // no more faults
	kills    int
	backs    int
	unknown  int // times that the store failed, so that a sent post could not be recorded in time
	plant    string
}

// replica is one process.
type replica struct {
	sim   *simulation
	bot   *Bot
	view  *simView
	tasks map[*task]bool
}

// shop is a merchant's chat at the platform.
type shop struct {
	room      chat.Room
	says      int // messages in all
	confirmed int
	sent      []string // ids of posts that arrived
}

const (
	simReplicas = 3
	simShops    = 3
	simMessages = 8
	backMost    = 1500 * time.Millisecond // how far the store goes back
)

// The planted faults, by which the checker proves that it sees.
const (
	noHealing     = "what the store loses is not put back"
	confirmAnyway = "messages are confirmed before they are committed"
	noCompare     = "values are written without comparing"
	loseInSending = "a post is lost and nobody told"
	noLease       = "every replica delivers"
)

func newSimulation(seed uint64, plant string) *simulation {
	s := &simulation{world: newWorld(seed), plant: plant}
	s.store = newSimStore(s.world)
	s.faults = simFaults{lostRequests: s.rng.IntN(30), lostReplies: s.rng.IntN(60), outages: s.rng.IntN(60), platform: s.rng.IntN(200), repeats: s.rng.IntN(400)}
	// Not both: a message that Redis lost together with all who knew of it is gone.
	if s.chance(600) {
		s.faults.kills = 100 + s.rng.IntN(500)
	} else {
		s.faults.regressions = 20 + s.rng.IntN(200)
	}
	for i := range simShops {
		s.shops = append(s.shops, &shop{room: chat.Room{Platform: "sim", ID: strconv.Itoa(i)}, says: 1 + s.rng.IntN(simMessages)})
	}
	for range simReplicas {
		s.replicas = append(s.replicas, nil)
	}
	for i := range s.replicas {
		s.boot(i)
	}
	s.start(nil, 0, s.trouble)
	for _, shop := range s.shops {
		s.start(nil, s.some(2*time.Second), func() { s.offer(shop) })
	}
	return s
}

// boot starts a replica.
func (s *simulation) boot(i int) {
	r := &replica{sim: s, tasks: map[*task]bool{}}
	r.view = &simView{simStore: s.store, r: r, accepted: s.store.epoch}
	r.bot = New(Config{Store: r.view, Manager: toy{}, Search: toy{}, Deliver: r, Metrics: simMetrics, Settle: time.Duration(s.rng.IntN(3)) * 300 * time.Millisecond})
	if s.plant == noLease {
		r.bot.claims.me = "" // so that no foreign lease counts
	}
	r.bot.work, r.bot.codec = simWork{s.world, r}, simCodec{s.store}
	s.replicas[i] = r
	s.start(r, s.some(time.Second), func() {
		for {
			select {
			case epoch := <-r.bot.epochs:
				if s.plant == noHealing {
					r.view.Accept(epoch)
					r.bot.gate.set(healing, false)
				} else {
					r.bot.heal(context.Background(), epoch)
				}
				continue
			default:
			}
			if s.store.epoch != r.view.accepted {
				r.bot.hearEpoch(strconv.Itoa(s.store.epoch))
				continue
			}
			s.pass(200 * time.Millisecond)
		}
	})
	s.start(r, s.some(time.Second), func() {
		for {
			s.pass(500*time.Millisecond + s.some(time.Second))
			if r.bot.gate.pass() != nil {
				continue
			}
			keys, _ := r.view.Due(context.Background(), s.now, 100)
			for _, key := range keys {
				_ = r.bot.attend(context.Background(), key)
			}
		}
	})
}

var simMetrics = NewMetrics(nil)

// trouble makes things go wrong for a while.
func (s *simulation) trouble() {
	for end := s.now.Add(15 * time.Second); s.now.Before(end); s.pass(500 * time.Millisecond) {
		if s.chance(s.faults.kills) {
			s.kill(s.rng.IntN(simReplicas))
		}
		if s.chance(s.faults.regressions) {
			s.store.goBack(s.some(backMost))
			s.store.down = s.now.Add(s.some(400 * time.Millisecond))
			s.backs++
			s.unknown++
		}
		if s.chance(s.faults.outages) {
			s.store.down = s.now.Add(s.some(2 * time.Second))
		}
		if s.chance(s.faults.repeats) {
			shop := s.shops[s.rng.IntN(len(s.shops))]
			if shop.confirmed > 0 {
				n := s.rng.IntN(shop.confirmed)
				s.hand(shop, n, n+1, func(error) {})
			}
		}
	}
	s.calm = true
	s.faults.lostReplies, s.faults.lostRequests, s.faults.platform = 0, 0, 0
}

// kill ends a replica and starts another in its place.
func (s *simulation) kill(i int) {
	r := s.replicas[i]
	for t := range r.tasks {
		t.dead = true
		t.stop()
	}
	s.kills++
	s.boot(i)
}

// offer is a platform that delivers a shop's messages until they are confirmed.
func (s *simulation) offer(shop *shop) {
	for shop.confirmed < shop.says {
		from, to := shop.confirmed, min(shop.says, shop.confirmed+1+s.rng.IntN(3))
		answered := false
		var accepted error
		s.hand(shop, from, to, func(err error) { answered, accepted = true, err })
		for deadline := s.now.Add(10 * time.Second); !answered && s.now.Before(deadline); {
			s.pass(20 * time.Millisecond)
		}
		if answered && accepted == nil && (s.calm || !s.chance(30)) { // a confirmation may be lost
			shop.confirmed = to
			s.pass(s.some(3 * time.Second))
		} else {
			s.pass(s.some(500 * time.Millisecond))
		}
	}
}

// hand gives updates to some replica, or to two at once.
func (s *simulation) hand(shop *shop, from, to int, answer func(error)) {
	var messages []chat.Message
	for n := from; n < to; n++ {
		messages = append(messages, chat.Message{ID: strconv.Itoa(n), Room: shop.room, Text: strconv.Itoa(n)})
	}
	one := s.rng.IntN(simReplicas)
	chosen := []*replica{s.replicas[one]}
	if s.chance(100) {
		chosen = append(chosen, s.replicas[(one+1)%simReplicas])
	}
	for _, r := range chosen {
		s.start(r, s.some(5*time.Millisecond), func() {
			err := r.bot.Accept(context.Background(), messages...)
			if s.plant == confirmAnyway {
				err = nil
			}
			answer(err)
		})
	}
}

// Deliver is the platform's side of sending.
func (r *replica) Deliver(_ context.Context, room chat.Room, post chat.Post) (string, error) {
	s := r.sim
	shop := s.shops[must(strconv.Atoi(room.ID))]
	fault := s.chance(s.faults.platform)
	kind := s.rng.IntN(4)
	if !r.travel() {
		return "", errors.New("killed")
	}
	if fault && kind == 0 {
		return "", &adapters.Failure{Outcome: adapters.Retry, Reason: "429"}
	}
	if fault && kind == 1 {
		return "", &adapters.Failure{Outcome: adapters.Uncertain, Reason: "a time-out before acting"}
	}
	if s.plant != loseInSending || !s.chance(20) {
		shop.sent = append(shop.sent, post.ID)
	}
	if !r.travel() {
		return "", errors.New("killed")
	}
	if fault {
		return "", &adapters.Failure{Outcome: adapters.Uncertain, Reason: "a time-out after acting"}
	}
	return "", nil
}

// travel passes some time; false says that the replica was killed meanwhile.
// The runtime recovers from panics of adapters, so that killing needs care here.
func (r *replica) travel() bool {
	t := r.sim.task
	if t.dead {
		return false
	}
	r.sim.at(r.sim.some(20*time.Millisecond), t)
	if !t.give(struct{}{}) {
		t.dead = true
		return false
	}
	r.sim.task = t
	return true
}

func must(n int, err error) int {
	if err != nil {
		panic(err)
	}
	return n
}

// toy is a dialog that says back which messages it heard, and, when woken, that
// it was.
type toy struct{}

func (toy) Query(string) string { return "" }

func (toy) Search(context.Context, string) ([]kb.Hit, error) { return nil, nil }

func (toy) Step(s dialog.State, e dialog.Event) (dialog.State, []chat.Post) {
	var out []chat.Post
	say := func(text string) {
		s.Posts++
		out = append(out, chat.Post{ID: "p" + strconv.Itoa(s.Posts), To: chat.ToMerchant, Text: text})
	}
	s.Recent = slices.Clone(s.Recent)
	var heard []string
	for _, h := range e.Heard {
		if !s.Knows(h.Message) {
			s.Recent = append(s.Recent, h.Message.ID)
			heard = append(heard, h.Message.ID)
		}
	}
	if len(heard) > 0 {
		s.Turn++
		say("heard " + strings.Join(heard, " "))
		s.Wake = e.At.Add(4 * time.Second)
	}
	if len(e.Heard) == 0 && !s.Wake.IsZero() && !s.Wake.After(e.At) {
		s.Wake = time.Time{}
		say("woken")
	}
	return s, out
}

// run runs a simulation to its end and gives what is wrong with its history.
func (s *simulation) run() error {
	end := s.now.Add(4 * time.Minute)
	for s.now.Before(end) && s.step() {
		if s.calm && s.now.After(end.Add(-3*time.Minute)) && s.quiet() {
			break
		}
	}
	err := s.check()
	for _, r := range s.replicas {
		for t := range r.tasks {
			t.dead = true
			t.stop()
		}
	}
	return err
}

func TestTheSimulationSeesPlantedFaults(t *testing.T) {
	for _, plant := range []string{noHealing, confirmAnyway, noCompare, loseInSending, noLease} {
		t.Run(plant, func(t *testing.T) {
			t.Parallel()
			const most = 2000
			for seed := uint64(1); seed <= most; seed++ {
				if err := newSimulation(seed, plant).run(); err != nil {
					t.Logf("seed %d: %v", seed, err)
					return
				}
			}
			t.Errorf("%d seeds show nothing", most)
		})
	}
}

// quiet says whether nothing is left to do.
func (s *simulation) quiet() bool {
	for _, shop := range s.shops {
		if shop.confirmed < shop.says || !s.store.values[shop.room.String()].due.IsZero() {
			return false
		}
	}
	return true
}

// check reads the whole history.
func (s *simulation) check() error {
	var faults []error
	for _, shop := range s.shops {
		c, err := simCodec{s.store}.decode(s.store.values[shop.room.String()].Data)
		if err != nil {
			return err
		}
		faults = append(faults, s.checkHeard(shop, c), s.checkSent(shop, c))
	}
	return errors.Join(faults...)
}

// checkHeard holds the state against what the merchant said.
func (s *simulation) checkHeard(shop *shop, c conversation) error {
	var want []string
	for n := range shop.says {
		want = append(want, strconv.Itoa(n))
	}
	if slices.Equal(c.State.Recent, want) {
		return nil
	}
	return fmt.Errorf("shop %s: heard %v, want %v (confirmed %d, inbox %d)", shop.room.ID, c.State.Recent, want, shop.confirmed, len(c.Inbox))
}

// checkSent holds what arrived at the platform against what the state says was
// sent.
func (s *simulation) checkSent(shop *shop, c conversation) error {
	var once []string
	repeats := 0
	for _, id := range shop.sent {
		if slices.Contains(once, id) {
			repeats++
			continue
		}
		once = append(once, id)
	}
	if c.Merchant.waits() {
		return fmt.Errorf("shop %s: posts still wait", shop.room.ID)
	}
	last := 0
	for _, id := range once {
		n := must(strconv.Atoi(id[1:]))
		if n < last {
			return fmt.Errorf("shop %s: posts arrived in the order %v", shop.room.ID, once)
		}
		last = n
	}
	for n := 1; n <= c.State.Posts; n++ {
		id := "p" + strconv.Itoa(n)
		known := slices.ContainsFunc(c.Lost, func(l lost) bool { return l.Post == id })
		if !slices.Contains(once, id) && !known {
			return fmt.Errorf("shop %s: post %s never arrived and nobody knows; arrived: %v of %d", shop.room.ID, id, shop.sent, c.State.Posts)
		}
	}
	if most := s.kills + s.unknown; repeats > most {
		return fmt.Errorf("shop %s: %d posts arrived again, of which only %d could not be known: %v", shop.room.ID, repeats, most, shop.sent)
	}
	return nil
}

func TestSimulatedFaultsLoseNothing(t *testing.T) {
	began := time.Now()
	var kills, backs, posts, repeats, failures atomic.Int64
	next := *simFirst
	var mu sync.Mutex
	var all sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		all.Go(func() {
			for {
				mu.Lock()
				seed := next
				next++
				mu.Unlock()
				if seed >= *simFirst+uint64(*simSeeds) || failures.Load() > 5 {
					return
				}
				s := newSimulation(seed, "")
				err := s.run()
				kills.Add(int64(s.kills))
				backs.Add(int64(s.backs))
				for _, shop := range s.shops {
					posts.Add(int64(len(shop.sent)))
					repeats.Add(int64(len(shop.sent) - len(slices.Compact(slices.Sorted(slices.Values(shop.sent))))))
				}
				if err != nil {
					failures.Add(1)
					t.Errorf("seed %d (%d kills, %d regressions, %+v):\n%v", seed, s.kills, s.backs, s.faults, err)
				}
			}
		})
	}
	all.Wait()
	t.Logf("%d seeds in %v: %d kills, %d regressions of the store, %d posts, %d of them twice", *simSeeds, time.Since(began).Round(time.Millisecond),
		kills.Load(), backs.Load(), posts.Load(), repeats.Load())
	if kills.Load() == 0 || backs.Load() == 0 || posts.Load() == 0 {
		t.Error("nothing happened: this test tests nothing")
	}
}
