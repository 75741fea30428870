package redisstore

import (
	"context"
	"errors"
	"runtime"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"
)

const (
	maxFlights  = 4   // pipelines under way at a time
	maxRequests = 128 // in a pipeline
	// patience is how long a pipeline may take with all that the client tries.
	patience = 3 * time.Second
)

var errClosed = errors.New("the store is closed")

// combiner sends what is asked at the same time together. A request that finds
// no pipeline under way is sent at once and alone; those that come while the
// pipelines are under way gather for the next one. So a lone caller waits for
// nothing, and many callers share the round trips.
type combiner struct {
	client redis.UniversalClient
	ctx    context.Context // of all pipelines: no caller's, as many share one
	cancel context.CancelFunc
	all    sync.WaitGroup

	mu      sync.Mutex
	waiting []*request
	flights int
	closed  bool
	crowded bool // the last pipeline had several requests
}

func newCombiner(client redis.UniversalClient) *combiner {
	ctx, cancel := context.WithCancel(context.Background())
	return &combiner{client: client, ctx: ctx, cancel: cancel}
}

// do gives back when the request is answered, or with an error when the context
// ends or the store is closed. After an error the request may still be carried
// out.
func (c *combiner) do(ctx context.Context, r *request) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	r.done = make(chan struct{})
	first, ok := c.enqueue(r)
	if !ok {
		return errClosed
	}
	if first {
		c.begin(ctx)
	}
	select {
	case <-r.done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// begin flies in the background or, faster, for a caller who cannot give up: but
// the caller stays for one pipeline only.
func (c *combiner) begin(ctx context.Context) {
	if ctx.Done() == nil {
		c.flight()
		if c.land() {
			return
		}
	}
	go c.fly()
}

// enqueue says whether the caller has to begin a flight.
func (c *combiner) enqueue(r *request) (first, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return false, false
	}
	c.waiting = append(c.waiting, r)
	if c.flights < maxFlights {
		c.flights++
		c.all.Add(1)
		first = true
	}
	return first, true
}

// fly sends pipelines until nothing waits.
func (c *combiner) fly() {
	for c.flight(); !c.land(); c.flight() {
	}
}

// flight sends one pipeline.
func (c *combiner) flight() {
	c.gather()
	requests := c.next()
	if len(requests) == 0 { // another flight took them
		return
	}
	ctx, cancel := context.WithTimeout(c.ctx, patience)
	defer cancel()
	send(ctx, c.client, requests)
	for _, r := range requests {
		close(r.done)
	}
}

// gather lets callers who are about to ask do so first, if there are several: a
// longer pipeline costs each of them less.
func (c *combiner) gather() {
	c.mu.Lock()
	crowded := c.crowded || c.flights > 1
	c.mu.Unlock()
	if crowded {
		runtime.Gosched()
	}
}

// next takes what goes together.
func (c *combiner) next() []*request {
	c.mu.Lock()
	defer c.mu.Unlock()
	n := min(len(c.waiting), maxRequests)
	requests := c.waiting[:n:n]
	c.crowded = n > 1
	if c.waiting = c.waiting[n:]; len(c.waiting) == 0 {
		c.waiting = nil
	}
	return requests
}

// land ends a flight if nothing waits.
func (c *combiner) land() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.waiting) > 0 {
		return false
	}
	c.flights--
	c.all.Done()
	return true
}

// close fails what is under way and waits for the end of it.
func (c *combiner) close() {
	c.mu.Lock()
	c.closed = true
	c.mu.Unlock()
	c.cancel()
	c.all.Wait()
}
