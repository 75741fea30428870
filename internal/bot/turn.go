package bot

import (
	"context"
	"errors"
	"time"

	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/dialog"
	"github.com/s4bot/s4bot/internal/store"
)

// turn is one change of a conversation in the making.
type turn struct {
	ctx   context.Context
	now   time.Time
	aside func(...store.Aside)
	todo
}

// todo is what a committed change leaves to do, and what it amounts to for the
// metrics.
type todo struct {
	room   chat.Room
	answer time.Time // when to answer the inbox; zero: nothing waits
	erase  bool      // erase the conversation, which is closed for it
	claims []claim
	turns  int
	ends   []dialog.Ending
	faults []fault
}

// turn commits a change and gives what is left to do. The change may be made
// several times, each time with a turn of its own; it says whether there is
// anything to write.
func (b *Bot) turn(ctx context.Context, e *entry, make func(*conversation, *turn) bool) (conversation, todo, error) {
	var last *turn
	c, err := b.commit(ctx, e, func(c *conversation, aside func(...store.Aside)) bool {
		last = &turn{ctx: ctx, now: settled(b.Now()), aside: aside, todo: todo{room: e.room}}
		changed := make(c, last)
		c.forgetSent(last.now)
		return changed
	})
	if err != nil || last == nil {
		return c, todo{}, err
	}
	if last.erase = c.Erasing; last.erase {
		last.claims = nil // what waits goes on after the erasing
	}
	b.claims.keep(last.claims) // before anybody else sees the conversation
	b.count(last.todo)
	return c, last.todo, nil
}

// follow does in the background what a turn has left to do.
func (b *Bot) follow(out todo) {
	for _, claimed := range out.claims {
		b.work.start(func() { b.deliver(context.Background(), out.room, claimed) })
	}
	if out.erase {
		b.work.start(func() { b.finishErasing(context.Background(), out.room) })
	}
	if !out.answer.IsZero() {
		b.work.after(out.answer.Sub(b.Now()), func() { _ = b.attend(context.Background(), out.room.String()) })
	}
}

// carryMost is how long carryOut waits for what takes unusually long, such as a
// store that went down meanwhile.
const carryMost = 2 * time.Second

// carryOut does what a turn has left to do before it returns.
func (b *Bot) carryOut(ctx context.Context, out todo) {
	ctx, cancel := context.WithTimeout(ctx, carryMost)
	defer cancel()
	for _, claimed := range out.claims {
		done := make(chan struct{})
		b.work.start(func() {
			defer close(done)
			b.deliver(context.WithoutCancel(ctx), out.room, claimed)
		})
		select {
		case <-done:
		case <-ctx.Done():
		}
	}
	if out.erase {
		b.finishErasing(ctx, out.room)
	}
}

// attend does what is due in a conversation that the agenda or a timer named.
func (b *Bot) attend(ctx context.Context, key string) error {
	out, err := b.dueIn(ctx, key, true)
	b.follow(out)
	return err
}

// dueIn commits what is due in a conversation. mend writes even if nothing is, unless
// the conversation is gone: the agenda said otherwise.
func (b *Bot) dueIn(ctx context.Context, key string, mend bool) (todo, error) {
	if err := b.gate.pass(); err != nil {
		return todo{}, err
	}
	e := b.enter(key)
	defer b.leave(e)
	_, out, err := b.turn(ctx, e, func(c *conversation, t *turn) bool {
		return e.stored() && (b.advance(c, t) || mend)
	})
	if errors.Is(err, errErasing) { // whoever began that has ended
		return todo{room: e.room, erase: true}, nil
	}
	return out, err
}

func (b *Bot) enter(key string) *entry { return b.cache.enter(key, b.work.lock) }

func (b *Bot) leave(e *entry) { b.cache.leave(e, b.Now()) }
