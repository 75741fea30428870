package bot

import (
	"context"
	"sync"
	"time"
)

// work is how the runtime does several things at a time. The simulation has one
// of its own, in which everything that may happen at once happens in an order
// that a seed decides.
type work interface {
	// start does something in the background.
	start(do func())
	// after does something in the background after a time, or at once when the
	// runtime stops.
	after(d time.Duration, do func())
	// sleep waits; false says that the runtime stops.
	sleep(d time.Duration) bool
	// last says that what is not done now is left to another process.
	last() bool
	// ending says that no time is left to begin anything.
	ending() bool
	// persist waits before another try of something that must not be given
	// up; false says that the process ends now.
	persist(d time.Duration) bool
	// each does something with every key, some at a time, before it returns.
	each(keys []string, do func(key string))
	// lock locks a conversation.
	lock(mu *sync.Mutex)
}

// goroutines is work on goroutines.
type goroutines struct {
	all      sync.WaitGroup
	stopping context.Context // finish what is begun
	stop     context.CancelFunc
	late     context.Context // begin nothing
	hurry    context.CancelFunc
	ended    context.Context // give up
	end      context.CancelFunc

	mu     sync.Mutex
	timers map[*time.Timer]func()
}

// hurryFor is how long after stopping began something may still begin.
const hurryFor = 2 * time.Second

func newGoroutines() *goroutines {
	g := &goroutines{timers: map[*time.Timer]func(){}}
	g.stopping, g.stop = context.WithCancel(context.Background())
	g.late, g.hurry = context.WithCancel(context.Background())
	g.ended, g.end = context.WithCancel(context.Background())
	return g
}

func (g *goroutines) start(do func()) { g.all.Go(do) }

func (g *goroutines) after(d time.Duration, do func()) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if d <= 0 || g.stopping.Err() != nil {
		g.start(do)
		return
	}
	g.all.Add(1)
	var timer *time.Timer
	timer = time.AfterFunc(d, func() {
		defer g.all.Done()
		g.mu.Lock()
		_, mine := g.timers[timer]
		delete(g.timers, timer)
		g.mu.Unlock()
		if mine {
			do()
		}
	})
	g.timers[timer] = do
}

// hasten does now what waits for its time, for there will be no later.
func (g *goroutines) hasten() {
	g.stop()
	time.AfterFunc(hurryFor, g.hurry)
	g.mu.Lock()
	defer g.mu.Unlock()
	for timer, do := range g.timers {
		if timer.Stop() {
			g.start(do)
			g.all.Done()
		}
		delete(g.timers, timer)
	}
}

func (g *goroutines) last() bool { return g.stopping.Err() != nil }

func (g *goroutines) ending() bool { return g.late.Err() != nil }

func (g *goroutines) sleep(d time.Duration) bool { return wait(g.stopping, d) }

func (g *goroutines) persist(d time.Duration) bool { return wait(g.ended, d) }

// atATime is how many goroutines each uses.
const atATime = 16

func (g *goroutines) each(keys []string, do func(key string)) {
	next := make(chan string)
	var all sync.WaitGroup
	for range min(atATime, len(keys)) {
		all.Go(func() {
			for key := range next {
				do(key)
			}
		})
	}
	for _, key := range keys {
		next <- key
	}
	close(next)
	all.Wait()
}

func (g *goroutines) lock(mu *sync.Mutex) { mu.Lock() }

// idle waits until nothing is being done, or the context ends.
func (g *goroutines) idle(ctx context.Context) bool {
	done := make(chan struct{})
	go func() { // ends with the work
		g.all.Wait()
		close(done)
	}()
	select {
	case <-done:
		return true
	case <-ctx.Done():
		return false
	}
}

// wait waits for a time; false says that the context ended first.
func wait(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return ctx.Err() == nil
	case <-ctx.Done():
		return false
	}
}
