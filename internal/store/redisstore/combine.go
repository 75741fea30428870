package redisstore

import (
	"context"
	"errors"
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
	if !c.enqueue(r) {
		return errClosed
	}
	select {
	case <-r.done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (c *combiner) enqueue(r *request) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return false
	}
	c.waiting = append(c.waiting, r)
	if c.flights < maxFlights {
		c.flights++
		c.all.Go(c.fly)
	}
	return true
}

// fly sends pipelines until nothing waits.
func (c *combiner) fly() {
	for {
		requests := c.next()
		if requests == nil {
			return
		}
		ctx, cancel := context.WithTimeout(c.ctx, patience)
		send(ctx, c.client, requests)
		cancel()
		for _, r := range requests {
			close(r.done)
		}
	}
}

// next takes what goes together, or ends the flight.
func (c *combiner) next() []*request {
	c.mu.Lock()
	defer c.mu.Unlock()
	n := min(len(c.waiting), maxRequests)
	if n == 0 {
		c.flights--
		return nil
	}
	requests := c.waiting[:n:n]
	if c.waiting = c.waiting[n:]; len(c.waiting) == 0 {
		c.waiting = nil
	}
	return requests
}

// close fails what is under way and waits for the end of it.
func (c *combiner) close() {
	c.mu.Lock()
	c.closed = true
	c.mu.Unlock()
	c.cancel()
	c.all.Wait()
}
