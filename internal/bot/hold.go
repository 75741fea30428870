package bot

import (
	"context"
	"time"
)

// holdFor is how long a lease by name lasts, and so how long it takes another
// process to step in for one that died.
const holdFor = 10 * time.Second

// Hold runs something that only one process may do, such as polling a platform,
// while this process holds the lease by that name, until the context ends. do
// must return when its context ends, and may be run again.
func (b *Bot) Hold(ctx context.Context, name string, do func(ctx context.Context)) {
	owner := newName()
	for ctx.Err() == nil {
		held, err := b.Store.Lease(ctx, name, owner, holdFor)
		if err == nil && held {
			b.Log.Info("this process took over", "task", name)
			b.Metrics.holding(name, true)
			b.whileHeld(ctx, name, owner, do)
			b.Metrics.holding(name, false)
		}
		wait(ctx, holdFor/5)
	}
}

// whileHeld runs do until the lease is lost or the context ends, and gives the
// lease up.
func (b *Bot) whileHeld(ctx context.Context, name, owner string, do func(ctx context.Context)) {
	inside, cancel := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() { // waited for below
		defer close(ended)
		do(inside)
	}()
	b.renew(inside, name, owner, ended)
	cancel()
	<-ended
	giveUp, done := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer done()
	_, _ = b.Store.Lease(giveUp, name, owner, 0) // else it runs out by itself
}

// renew keeps the lease until it is lost, the task ends, or the context does. A
// lease that cannot be renewed is lost before it runs out.
func (b *Bot) renew(ctx context.Context, name, owner string, ended <-chan struct{}) {
	sure := time.Now().Add(holdFor)
	for {
		select {
		case <-ended:
			return
		case <-ctx.Done():
			return
		case <-time.After(holdFor / 4):
		}
		asked := time.Now()
		asking, cancel := context.WithTimeout(ctx, holdFor/4)
		held, err := b.Store.Lease(asking, name, owner, holdFor)
		cancel()
		switch {
		case err == nil && !held, time.Now().After(sure.Add(-holdFor / 4)):
			b.Log.Warn("another process takes over", "task", name)
			return
		case err == nil:
			sure = asked.Add(holdFor)
		}
	}
}
