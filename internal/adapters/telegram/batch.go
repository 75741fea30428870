package telegram

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"sync"
	"time"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/chat"
)

// roomsAtOnce is how many rooms of a batch are handed over at the same time.
const roomsAtOnce = 32

// batch is a run of updates in the order of their ids: that is how Telegram sends
// them, and to confirm one confirms all before it.
type batch struct {
	ids      []int64
	accepted []bool
	bursts   []*burst
}

// burst is what a batch has for one room.
type burst struct {
	room     chat.Room
	messages []chat.Message
	updates  []int // the place in the batch of each message's update
}

// numbered is an update with its id. One whose id cannot be read is taken to
// follow the one before it.
type numbered struct {
	id    int64
	raw   json.RawMessage
	fault error
}

// inOrder sorts updates by id; before is the id before the first.
func inOrder(raws []json.RawMessage, before int64) []numbered {
	all := make([]numbered, len(raws))
	for i, raw := range raws {
		id, err := updateID(raw)
		if err != nil {
			id = before + 1
		}
		all[i], before = numbered{id, raw, err}, id
	}
	slices.SortStableFunc(all, func(a, b numbered) int { return cmp.Compare(a.id, b.id) })
	return all
}

// read sorts updates by room. What cannot be decoded goes into quarantine, what
// is not for the bot is passed over; both count as accepted. before is the id
// before the first.
func (a *Adapter) read(raws []json.RawMessage, before int64, run *errands) *batch {
	b := &batch{ids: make([]int64, len(raws)), accepted: make([]bool, len(raws))}
	byRoom := map[chat.Room]*burst{}
	for i, n := range inOrder(raws, before) {
		b.ids[i] = n.id
		u, err := update{}, n.fault
		if err == nil {
			u, err = decode(n.raw)
		}
		if err != nil {
			a.quarantine(n.id, n.raw)
			b.accepted[i] = true
			continue
		}
		m, ok := a.turn(u, run)
		if !ok {
			b.accepted[i] = true
			continue
		}
		r := byRoom[m.Room]
		if r == nil {
			r = &burst{room: m.Room}
			byRoom[m.Room] = r
			b.bursts = append(b.bursts, r)
		}
		r.messages, r.updates = append(r.messages, m), append(r.updates, i)
	}
	return b
}

// turn makes a message of an update; false: it has none for us. A tap is
// answered at once, so that the button stops turning before the work is done.
func (a *Adapter) turn(u update, run *errands) (chat.Message, bool) {
	switch {
	case u.Message != nil:
		if move, ok := a.noticedMove(u.Message); ok {
			return move, true
		}
		return a.heard(u.Message, false)
	case u.EditedMessage != nil:
		return a.heard(u.EditedMessage, true)
	case u.CallbackQuery != nil:
		a.answer(u.CallbackQuery, run)
		return tapped(u.CallbackQuery, time.Now())
	case u.Membership != nil:
		return moved(u.Membership)
	}
	return chat.Message{}, false
}

func (a *Adapter) quarantine(id int64, raw []byte) {
	a.quarantined.Add(1)
	a.log.Warn("a Telegram update could not be decoded and is passed over", "update", id)
	if a.config.Quarantine != nil {
		a.config.Quarantine(id, raw)
	}
}

// hand hands every room's messages over in one call, rooms side by side. A group
// that moved goes first: what is said in the new one belongs to it. It gives the
// first error, after all calls have ended.
func (a *Adapter) hand(ctx context.Context, handle adapters.Handler, b *batch) error {
	var moved, others []*burst
	for _, r := range b.bursts {
		if slices.ContainsFunc(r.messages, func(m chat.Message) bool { return m.MovedTo != chat.Room{} }) {
			moved = append(moved, r)
		} else {
			others = append(others, r)
		}
	}
	if err := a.handAll(ctx, handle, b, moved); err != nil {
		return err
	}
	return a.handAll(ctx, handle, b, others)
}

// handAll hands bursts over side by side.
func (a *Adapter) handAll(ctx context.Context, handle adapters.Handler, b *batch, bursts []*burst) (first error) {
	var (
		wg    sync.WaitGroup
		mu    sync.Mutex // guards first and b.accepted
		slots = make(chan struct{}, roomsAtOnce)
	)
	for _, r := range bursts {
		slots <- struct{}{}
		wg.Go(func() {
			defer func() { <-slots }()
			ctx, cancel := context.WithTimeout(ctx, a.pace.handover)
			defer cancel()
			err := handle(ctx, r.messages...)
			mu.Lock()
			defer mu.Unlock()
			if err != nil && first == nil {
				first = err
			}
			for _, i := range r.updates {
				b.accepted[i] = err == nil
			}
		})
	}
	wg.Wait()
	return first
}

// prefix is how many updates were accepted before the first that was not.
func (b *batch) prefix() int {
	for i, ok := range b.accepted {
		if !ok {
			return i
		}
	}
	return len(b.accepted)
}
