package telegram

import (
	"context"
	"sync"
	"time"
)

// errandsAtOnce is how many errands run at the same time; more are dropped.
const errandsAtOnce = 64

// errands are requests in the background that may fail, such as answering a
// tap. They end with their time-out, or with end.
type errands struct {
	ctx    context.Context
	cancel context.CancelFunc
	slots  chan struct{}
	wg     sync.WaitGroup
}

func newErrands(ctx context.Context) *errands {
	ctx, cancel := context.WithCancel(ctx)
	return &errands{ctx: ctx, cancel: cancel, slots: make(chan struct{}, errandsAtOnce)}
}

// run starts an errand, or drops it if too many run.
func (e *errands) run(timeout time.Duration, f func(ctx context.Context)) {
	select {
	case e.slots <- struct{}{}:
	default:
		return
	}
	e.wg.Go(func() {
		defer func() { <-e.slots }()
		ctx, cancel := context.WithTimeout(e.ctx, timeout)
		defer cancel()
		f(ctx)
	})
}

// end breaks off all errands and waits for them.
func (e *errands) end() {
	e.cancel()
	e.wg.Wait()
}
