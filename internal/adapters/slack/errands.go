package slack

import (
	"context"
	"sync"
	"time"
)

// errandsAtOnce is how many errands run or wait at the same time. It bounds the
// memory that a desk which accepts nothing takes.
const errandsAtOnce = 2048

// errands are what goes on in the background. soon ends when they should come to
// an end: nothing new is begun. ctx ends some time later and breaks off the rest.
type errands struct {
	soon, ctx    context.Context
	stop, cancel context.CancelFunc
	grace        time.Duration
	slots        chan struct{}

	mu sync.Mutex // guards the beginning of errands against their end
	wg sync.WaitGroup
}

func newErrands(parent context.Context, grace time.Duration) *errands {
	e := &errands{grace: grace, slots: make(chan struct{}, errandsAtOnce)}
	e.soon, e.stop = context.WithCancel(parent)
	e.ctx, e.cancel = context.WithCancel(context.WithoutCancel(parent))
	return e
}

// run starts an errand; false: too many run.
func (e *errands) run(f func()) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.soon.Err() != nil {
		return false
	}
	select {
	case e.slots <- struct{}{}:
	default:
		return false
	}
	e.wg.Go(func() {
		defer func() { <-e.slots }()
		f()
	})
	return true
}

// end lets what has begun finish for a short while, breaks off the rest and waits.
func (e *errands) end() {
	e.mu.Lock()
	e.stop()
	e.mu.Unlock()
	defer time.AfterFunc(e.grace, e.cancel).Stop()
	e.wg.Wait()
	e.cancel()
}

// await waits for a channel to close; false: the errands come to their end first.
func (e *errands) await(turn <-chan struct{}) bool {
	select {
	case <-turn:
		return e.soon.Err() == nil
	case <-e.soon.Done():
		return false
	}
}

// pause waits for the next pause, unless the context or the errands end.
func (e *errands) pause(ctx context.Context, p *backoff) {
	both, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(e.soon, cancel)()
	p.wait(both)
}
