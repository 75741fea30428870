package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/dialog"
	"github.com/s4bot/s4bot/internal/store"
)

const (
	sweepEvery = time.Second
	sweepMost  = 500 // conversations in one sweep
	watchEvery = time.Second
	// fullAt is the share of the store's memory beyond which nothing new is
	// taken in, so that what was taken in can still be finished.
	fullAt = .8
	// stopMost is how long stopping may take.
	stopMost = 4 * time.Second
)

// Run works until the context ends: it does what comes due, whichever process it
// was left behind by, watches the store, and puts back what the store loses.
// Then it takes nothing in any more, finishes what is begun, and gives up its
// leases; that takes at most 4 seconds.
func (b *Bot) Run(ctx context.Context) {
	var all sync.WaitGroup
	all.Go(func() { b.watch(ctx) })
	all.Go(func() { b.sweep(ctx) })
	<-ctx.Done()
	b.gate.set(stopping, true)
	all.Wait()
	b.finish()
}

// finish ends what is begun.
func (b *Bot) finish() {
	g, ok := b.work.(*goroutines)
	if !ok {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), stopMost)
	defer cancel()
	for b.gate.busy() && wait(ctx, 5*time.Millisecond) {
	}
	g.hasten()
	if !g.idle(ctx) {
		b.Log.Warn("some posts were still being sent; another process takes them over when their leases run out")
	}
	g.end()
}

// sweep attends to what is due, again and again; alone, at first also to what is due
// when the leases end of the process that was here before.
func (b *Bot) sweep(ctx context.Context) {
	ahead := time.Duration(0)
	if b.Alone {
		ahead = uploadMost + leaseMore
	}
	for wait(ctx, sweepEvery*3/4+rand.N(sweepEvery/2)) {
		if b.gate.pass() != nil {
			continue
		}
		keys, err := b.Store.Due(ctx, b.Now().Add(ahead), sweepMost)
		b.Metrics.due.Set(float64(len(keys)))
		if err != nil {
			continue // the watch tells
		}
		ahead = 0
		b.work.each(keys, func(key string) {
			if err := b.attend(ctx, key); err != nil && !errors.Is(err, store.ErrUnavailable) {
				b.Log.LogAttrs(ctx, slog.LevelError, "what is due cannot be done", slog.String("conversation", key), slog.Any("error", err))
			}
		})
	}
}

// watch looks after the store.
func (b *Bot) watch(ctx context.Context) {
	var w watcher
	for {
		b.look(ctx, &w)
		select {
		case <-ctx.Done():
			return
		case epoch := <-b.epochs:
			w.epoch = epoch
			b.heal(ctx, epoch)
		case <-time.After(watchEvery):
		}
	}
}

// watcher is what is known of the store.
type watcher struct {
	epoch, warning string
	down           bool
}

// look asks the store how it is.
func (b *Bot) look(ctx context.Context, w *watcher) {
	asking, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	h, err := b.Store.Health(asking)
	if ctx.Err() != nil {
		return
	}
	b.Metrics.up(err == nil)
	b.gate.set(away, err != nil)
	if down := err != nil; down != w.down {
		w.down = down
		if down {
			b.Log.Error("the store does not answer; messages stay with their platforms until it does", "error", err)
		} else {
			b.Log.Info("the store answers again")
		}
	}
	if err != nil {
		return
	}
	b.Metrics.fill.Set(h.Fill)
	if h.Warning != w.warning {
		w.warning = h.Warning
		b.Log.Warn("the store may lose data: " + h.Warning)
	}
	if b.gate.set(full, h.Fill >= fullAt) {
		b.Log.Error("the store's memory", "fill", h.Fill, "messages_are_taken_in", h.Fill < fullAt)
	}
	if w.epoch != "" && h.Epoch != w.epoch {
		b.hearEpoch(h.Epoch)
		return
	}
	w.epoch = h.Epoch
}

// Tick does what is due before it returns, for those who do not Run: it wakes
// dialogs and delivers what is left over. A conversation that fails does not hold
// up the others.
func (b *Bot) Tick(ctx context.Context) error {
	keys, err := b.Store.Due(ctx, b.Now(), 100)
	if err != nil {
		return err
	}
	var failed []error
	for _, key := range keys {
		err := b.finishDue(ctx, key, true)
		if errors.Is(err, store.ErrUnavailable) && !errors.Is(err, errNewer) {
			return err
		}
		if err != nil {
			failed = append(failed, fmt.Errorf("%s: %w", key, err))
		}
	}
	return errors.Join(failed...)
}

// Attend does what is due in one room before it returns, and gives the state.
func (b *Bot) Attend(ctx context.Context, room chat.Room) (dialog.State, error) {
	if err := b.finishDue(ctx, room.String(), false); err != nil {
		return dialog.State{}, err
	}
	return b.State(ctx, room)
}

// finishDue does what is due in a conversation before it returns.
func (b *Bot) finishDue(ctx context.Context, key string, mend bool) error {
	out, err := b.dueIn(ctx, key, mend)
	if err != nil {
		return err
	}
	b.carryOut(ctx, out)
	return nil
}

// Ready says why messages are not taken in at the moment; nil: they are.
func (b *Bot) Ready() error {
	b.gate.mu.Lock()
	defer b.gate.mu.Unlock()
	return b.gate.why()
}
