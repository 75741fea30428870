package bot

import (
	"context"
	"errors"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/store"
)

// The store can go back in time: power fails before the newest writes reached
// the disk, or a replica that had not seen them becomes the master. Each process
// then puts back what it wrote last, before it lets new messages in:
//
//   - where the store holds an older value than the last committed one, that
//     replaces it;
//   - where another process went on from the older value, the messages that were
//     accepted lately and are not known are submitted again;
//   - what was erased is erased again.
//
// What was sent out therefore stays known as sent, and what was accepted stays
// accepted.

// hearEpoch is told by the store that it may have lost writes.
func (b *Bot) hearEpoch(epoch string) {
	b.gate.set(healing, true)
	for {
		select {
		case b.epochs <- epoch:
			return
		case <-b.epochs: // an older one that nobody has looked at
		}
	}
}

// others is how long the gate stays closed after this process has put back what
// it knew, so that the other ones can do the same: what they know and a new
// message passes by would be answered after it.
const others = 3 * time.Second

// heal goes on in an epoch: it lets turns that have begun come to an end, puts
// everything back, and opens the gate. It tries as long as it takes.
func (b *Bot) heal(ctx context.Context, epoch string) {
	began := b.Now()
	b.gate.set(healing, true)
	b.Log.Warn("the store restarted or failed over; messages wait while what it may have lost is put back", "epoch", epoch)
	for deadline := began.Add(drainMost); b.gate.busy() && b.Now().Before(deadline); {
		b.work.persist(5 * time.Millisecond)
	}
	b.Store.Accept(epoch)
	var t tally
	for !b.putAllBack(ctx, &t) {
		select {
		case epoch = <-b.epochs:
			b.Store.Accept(epoch)
		default:
		}
		if ctx.Err() != nil || !b.work.persist(200*time.Millisecond) {
			return
		}
	}
	b.work.persist(others)
	if len(b.epochs) > 0 {
		return // it happened again
	}
	b.gate.set(healing, false)
	b.Metrics.heals.Inc()
	b.Log.Info("the store is whole again", "looked_at", t.looked.Load(), "put_back", t.restored.Load(),
		"submitted_again", t.submitted.Load(), "took", b.Now().Sub(began).Round(time.Millisecond).String())
}

// drainMost is how long healing waits for turns that have begun.
const drainMost = 5 * time.Second

// tally counts what healing did.
type tally struct{ looked, restored, submitted atomic.Int64 }

// putAllBack puts every conversation back that this process knows. It says false
// if the store failed meanwhile.
func (b *Bot) putAllBack(ctx context.Context, t *tally) bool {
	var failed atomic.Bool
	b.work.each(b.cache.keys(), func(key string) {
		if failed.Load() {
			return
		}
		if err := b.putBack(ctx, key, t); err != nil {
			failed.Store(true)
			b.Log.LogAttrs(ctx, slog.LevelWarn, "a conversation is not put back yet",
				slog.String("conversation", key), slog.Any("error", err))
		}
	})
	return !failed.Load()
}

// putBack makes the store hold at least what this process knows of one
// conversation.
func (b *Bot) putBack(ctx context.Context, key string, t *tally) error {
	e := b.enter(key)
	defer b.leave(e)
	if e.erased {
		return b.Store.Erase(ctx, key)
	}
	if !e.seen {
		return nil
	}
	e.prune(b.Now())
	t.looked.Add(1)
	stored, err := b.Store.Get(ctx, key)
	switch {
	case err != nil:
		return err
	case b.older(e, stored.Etag):
		t.restored.Add(1)
		err = b.restore(ctx, e, stored.Etag)
	case stored.Etag != e.value.Etag:
		err = b.see(ctx, e, stored)
	}
	if err == nil {
		err = b.linkAgain(ctx, e)
	}
	if err != nil {
		return err
	}
	return b.submitAgain(ctx, e, t)
}

// linkAgain puts the ways back that lead to a conversation.
func (b *Bot) linkAgain(ctx context.Context, e *entry) error {
	var err error
	if e.conv.Moved != "" {
		err = b.Store.Link(ctx, e.conv.place(e.room).String(), e.key)
	}
	if e.conv.Thread != "" && b.Desk != "" {
		err = errors.Join(err, b.Store.Link(ctx, b.deskRoom(&e.conv, e.room).String(), e.key))
	}
	return err
}

// submitAgain hands over the messages that were accepted lately; what is known
// changes nothing.
func (b *Bot) submitAgain(ctx context.Context, e *entry, t *tally) error {
	var missing []chat.Message
	for _, a := range e.accepted {
		if !e.conv.knows(a.message) {
			missing = append(missing, a.message)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	t.submitted.Add(int64(len(missing)))
	_, out, err := b.admit(ctx, e, false, missing)
	b.follow(out)
	if errors.Is(err, errNoWay) {
		return nil // it was erased since
	}
	return err
}

// older says whether the store holds less than what this process lately knew it
// to hold. What was known longer ago was kept, and if it is gone its retention is
// over; whether it was erased is found out by restoring.
func (b *Bot) older(e *entry, stored string) bool {
	if !e.seen || e.value.Etag == "" || e.at.Before(b.Now().Add(-horizon)) {
		return false
	}
	return stored == "" || b.Store.Precedes(stored, e.value.Etag)
}

// restore puts the value that this process knows back over an older one. If
// others do the same, the newest of all values stays.
func (b *Bot) restore(ctx context.Context, e *entry, older string) error {
	b.Metrics.healed.Inc()
	now, ok, err := b.Store.Restore(ctx, store.Change{
		Key: e.key, Etag: e.value.Etag, Data: e.value.Data, Due: e.conv.due(), Aside: e.aside,
	}, older, e.at)
	switch {
	case errors.Is(err, store.ErrErased):
		e.erase()
		return nil
	case err != nil:
		e.forget()
		return err
	case ok:
		e.known, e.at = true, b.Now()
		return nil
	case b.older(e, now.Etag):
		return b.restore(ctx, e, now.Etag)
	}
	return b.see(ctx, e, now)
}

// Erase removes everything that is kept about the conversation in a room.
func (b *Bot) Erase(ctx context.Context, room chat.Room) error {
	key, err := b.conversationIn(ctx, room, true)
	if err != nil {
		return err
	}
	e := b.enter(key)
	defer b.leave(e)
	return b.eraseEntry(ctx, e)
}

func (b *Bot) eraseEntry(ctx context.Context, e *entry) error {
	if err := b.Store.Erase(ctx, e.key); err != nil {
		return err
	}
	b.links.drop(e.key)
	e.erase()
	e.erased, e.at = true, b.Now()
	return nil
}
