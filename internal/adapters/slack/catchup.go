package slack

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/chat"
)

// catchUpTries is how often a thread is tried before it is left alone.
const catchUpTries = 5

// pageSize and catchUpPages bound how much of one thread is caught up on.
const (
	pageSize     = 200
	catchUpPages = 10
)

// catchUp hands over what people wrote in the cases' threads while nobody listened.
// It takes its place in every thread before it returns, so that what is said from now
// on comes after. A message that was handed over before has the same id, and the desk
// knows it again.
func (a *Adapter) catchUp(run *errands) {
	slots := make(chan struct{}, 2) // Slack counts how often threads are read
	for _, room := range a.in.rooms() {
		a.inLine(run, room.ID, func() { // the thread's own turn is not held up for long
			err := a.slotted(run, slots, func() error { return a.missed(run, room, a.taking.fetch) })
			if err != nil {
				run.run(func() { a.retryCatchUp(run, room, slots, err) })
			}
		})
	}
}

// retryCatchUp tries a thread that could not be read, outside its turn.
func (a *Adapter) retryCatchUp(run *errands, room chat.Room, slots chan struct{}, err error) {
	p := backoff{first: 10 * a.taking.first, longest: 6 * a.taking.longest}
	for range catchUpTries {
		p.wait(run.soon, patience(err))
		if run.soon.Err() != nil {
			return
		}
		err = a.slotted(run, slots, func() error { return a.missed(run, room, a.taking.handover) })
		if err == nil {
			return
		}
	}
	a.log.Warn("what was written in a thread meanwhile could not be fetched", "room", room, "err", err)
}

// slotted runs f when one of the slots is free.
func (a *Adapter) slotted(run *errands, slots chan struct{}, f func() error) error {
	select {
	case slots <- struct{}{}:
	case <-run.soon.Done():
		return run.soon.Err()
	}
	defer func() { <-slots }()
	return f()
}

// patience is how long Slack wants to be left alone, within reason.
func patience(err error) time.Duration {
	var p *problem
	if errors.As(err, &p) {
		return min(p.after, time.Minute)
	}
	return 0
}

// missed hands over what is new in a thread.
func (a *Adapter) missed(run *errands, room chat.Room, most time.Duration) error {
	ctx, cancel := context.WithTimeout(run.ctx, most)
	defer cancel()
	me, err := a.identify(ctx)
	if err != nil {
		return err
	}
	q := threadOf(room)
	q.Set("oldest", a.in.since(room))
	q.Set("limit", fmt.Sprint(pageSize))
	for range catchUpPages {
		page, err := a.pageOf(ctx, q)
		if slices.Contains(gone, codeOf(err)) {
			return nil // nothing is left to catch up on
		}
		if err != nil {
			return err
		}
		for _, m := range page.messages {
			if m.markedBy(me.user) {
				continue // a mark of the bot says what became of it
			}
			if err := a.overheard(ctx, me, room, m); err != nil {
				return err
			}
		}
		if page.next == "" {
			return nil
		}
		q.Set("cursor", page.next)
	}
	return nil
}

// overheard hands one message of a thread over, as if its event had come.
func (a *Adapter) overheard(ctx context.Context, me *self, room chat.Room, m *spoken) error {
	e := event{spoken: *m, Channel: a.config.DeskChannel}
	e.Type = "message"
	n, ok := a.notice(&e, "")
	if !ok || !n.desk || n.room() != room || a.in.known(n.keys) {
		return nil
	}
	who := a.person(ctx, m.User)
	if who.bot || m.User == me.user {
		return nil
	}
	err := a.hand(ctx, room, a.act(ctx, n, who))
	if errors.Is(err, adapters.ErrNoCase) {
		return nil
	}
	if err == nil {
		a.in.handled(n.keys)
	}
	return err
}
