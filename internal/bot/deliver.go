package bot

import (
	"context"
	"errors"
	"time"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/dialog"
	"github.com/s4bot/s4bot/internal/store"
)

const (
	// sendMost is how long one send may take, uploadMost one with files. A lease
	// covers it.
	sendMost   = 20 * time.Second
	uploadMost = 2 * time.Minute
	// A post that cannot be sent is tried again after retryFirst, then ever
	// less often, until it is as old as retryAge: a platform may be down for
	// days.
	retryFirst = 2 * time.Second
	retryMost  = 2 * time.Minute
	retryAge   = 72 * time.Hour
)

// deliver sends the posts of a lane that this process has claimed, one after the
// other, and records what became of each. It ends when the lane is empty, must
// wait, or went to another process.
func (b *Bot) deliver(ctx context.Context, room chat.Room, mine claim) {
	defer b.claims.drop(mine.token)
	for doubtful := mine.over; ; doubtful = false {
		post, ok := b.head(ctx, room, mine)
		if !ok {
			return
		}
		if d, able := b.Deliver.(adapters.Doubter); able && doubtful && mine.to == chat.ToDesk {
			d.Doubt(room.String()+"/"+post.ID, post.Since)
		}
		if mine.to == chat.ToMerchant {
			b.typing.stop(room.String())
		}
		b.point("before send")
		sent := b.Now()
		ref, err := b.send(ctx, room, post)
		b.point("after send")
		b.Metrics.sent(post.To, err, b.Now().Sub(sent))
		if err == nil {
			b.Metrics.queueAge.Observe(b.Now().Sub(post.Since).Seconds())
		}
		more := b.acknowledge(ctx, room, mine, post, ref, err)
		b.point("after acknowledge")
		if !more {
			return
		}
	}
}

// head gives the post to send now, once the platform's rate allows it and the
// lease is sure to cover the send.
func (b *Bot) head(ctx context.Context, room chat.Room, mine claim) (outgoing, bool) {
	for {
		p, ok := b.peek(ctx, room, mine)
		if !ok {
			return p, false
		}
		if p.unpaced() {
			return p, true
		}
		wait := b.pace.reserve(b.Now(), room, mine.to)
		if wait <= 0 {
			return p, true
		}
		if !b.work.sleep(wait) {
			b.yield(ctx, room, mine)
			return p, false
		}
	}
}

// unpaced says that a post makes no message, and so does not count for the limits of
// messages: it settles options, or changes or marks what the desk has.
func (p outgoing) unpaced() bool {
	return p.Change == chat.Settle || p.To == chat.ToDesk && (p.Change != "" || p.Mark != "")
}

// peek gives the head of a lane that this process holds.
func (b *Bot) peek(ctx context.Context, room chat.Room, mine claim) (outgoing, bool) {
	e := b.enter(room.String())
	defer b.leave(e)
	l := e.conv.lane(mine.to)
	if e.known && len(l.Posts) > 0 && l.held(mine.token, b.Now(), l.Posts[0].sendMost()) {
		return b.addressed(&e.conv, room, l.Posts[0]), true
	}
	n, chunk, err := b.spilled(ctx, e, mine.to)
	if err != nil {
		return outgoing{}, false
	}
	var p outgoing
	_, _, err = b.turn(ctx, e, func(c *conversation, t *turn) bool {
		l := c.lane(mine.to)
		p = outgoing{}
		if l.Holder != mine.token {
			return false
		}
		t.aside(l.refill(string(mine.to), n, chunk)...)
		if len(l.Posts) == 0 || l.Next.After(t.now) {
			l.release()
			return true
		}
		l.Until = t.now.Add(l.Posts[0].sendMost() + leaseMore)
		p = b.addressed(c, room, l.Posts[0])
		return true
	})
	return p, err == nil && p.ID != ""
}

// spilled reads the first chunk that lies aside, if the front is empty.
func (b *Bot) spilled(ctx context.Context, e *entry, to chat.Recipient) (int, []outgoing, error) {
	if err := b.load(ctx, e); err != nil {
		return 0, nil, err
	}
	l := e.conv.lane(to)
	if len(l.Posts) > 0 || l.From == l.To {
		return 0, nil, nil
	}
	data, err := b.Store.Aside(ctx, e.key, chunkName(string(to), l.From))
	if err != nil {
		return 0, nil, err
	}
	var chunk []outgoing
	if err := b.codec.decodeInto(data, &chunk); err != nil {
		b.Metrics.broken.Inc()
		b.Log.Error("posts that lay aside cannot be read and are lost", "conversation", e.key, "error", err)
	}
	return l.From, chunk, nil
}

// addressed gives a post with what its sending needs to know.
func (b *Bot) addressed(c *conversation, conversation chat.Room, p outgoing) outgoing {
	p.room = c.place(conversation)
	if ref := c.ref(p.Post); ref != "" {
		p.Ref = ref
	}
	if p.To == chat.ToDesk {
		p.room = b.deskRoom(c, conversation)
		if b.Desk != "" && p.Card != nil && p.Change == "" {
			p.room.ID = "" // a card opens a room of its own
		}
	}
	return p
}

// send hands a post to its platform and gives what that calls the post. A panic
// of an adapter is a failure of the post: nobody knows how far it came.
func (b *Bot) send(ctx context.Context, conversation chat.Room, post outgoing) (ref string, err error) {
	if post.Change == chat.Settle && post.Ref == "" {
		return "", nil // the options never arrived
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), post.sendMost())
	defer cancel()
	defer func() {
		if r := recover(); r != nil {
			f := newFault(r)
			b.Metrics.panics.Inc()
			b.Log.Error("an adapter panicked", "conversation", post.room.String(), "post", post.ID, "kind", f.kind, "where", f.where)
			err = &adapters.Failure{Outcome: adapters.Uncertain, Reason: "a fault of the program"}
		}
	}()
	ref, err = b.Deliver.Deliver(adapters.WithPost(ctx, conversation, post.ID), post.room, post.Post)
	if err == nil {
		err = b.opened(ctx, conversation, post, ref)
	}
	return ref, err
}

// acknowledge records what became of a post, as long as it takes: a post that
// was sent and is not recorded would be sent again. It says whether to go on
// with the lane.
func (b *Bot) acknowledge(ctx context.Context, room chat.Room, mine claim, post outgoing, ref string, failed error) (more bool) {
	ctx = context.WithoutCancel(ctx)
	for wait := 50 * time.Millisecond; ; wait = min(2*wait, 2*time.Second) {
		more, out, err := b.record(ctx, room, mine, post, ref, failed)
		if err == nil {
			if out.erase {
				b.finishErasing(ctx, room)
				return false
			}
			b.follow(out)
			return more
		}
		if !errors.Is(err, store.ErrUnavailable) || !b.work.persist(wait) {
			b.Log.Error("what became of a post could not be recorded", "conversation", room.String(), "post", post.ID, "error", err)
			return false
		}
	}
}

// record commits the fate of a post.
func (b *Bot) record(ctx context.Context, room chat.Room, mine claim, post outgoing, ref string, failed error) (more bool, out todo, err error) {
	e := b.enter(room.String())
	defer b.leave(e)
	_, out, err = b.turn(ctx, e, func(c *conversation, t *turn) bool {
		if more = false; !e.stored() {
			return false // another process has erased it meanwhile
		}
		l := c.lane(mine.to)
		if failed == nil {
			l.remove(post.ID)
			c.noteSent(post.Post, ref, t.now)
			b.arrived(c, t, post, ref)
		} else {
			b.fail(c, l, post, adapters.Judge(failed), t)
		}
		more = l.Holder == mine.token && l.waits() && !l.Next.After(t.now) && !b.work.ending()
		switch {
		case more:
			l.Until = t.now.Add(lease)
		case l.Holder == mine.token:
			l.release()
		}
		if failed != nil || post.Of != "" {
			b.claim(c, t, other(mine.to)) // it has news now
		}
		return true
	})
	return more, out, err
}

// arrived draws the consequences from a post that the platform has.
func (b *Bot) arrived(c *conversation, t *turn, post outgoing, ref string) {
	switch {
	case post.To == chat.ToDesk && post.Card != nil && post.Change == "" && b.Desk != "":
		c.Thread = threadOf(ref)
	case post.To == chat.ToMerchant && post.Of != "" && post.Change == "" && b.Desk != "":
		b.step(c, t, dialog.Event{Arrived: []dialog.Arrived{{Of: post.Of}}})
	}
}

// fail decides what a failure means for a post and its lane.
func (b *Bot) fail(c *conversation, l *lane, post outgoing, f *adapters.Failure, t *turn) {
	if len(l.Posts) == 0 || l.Posts[0].ID != post.ID {
		return // somebody else has settled it
	}
	if again := f.Outcome == adapters.Retry && post.Tries == 0; post.Change == chat.Settle && !again { // old options are told so when tapped
		l.remove(post.ID)
		l.Next = t.now.Add(f.After)
		return
	}
	outcome := f.Outcome
	if outcome == adapters.Retry && t.now.Sub(post.Since) > retryAge {
		outcome = adapters.Failed
	}
	switch outcome {
	case adapters.Retry:
		l.Posts[0].Tries++
		wait := max(f.After, backoff(l.Posts[0].Tries))
		l.Next = t.now.Add(wait)
		if f.Everywhere {
			b.pace.pause(platform(t.room, post.To), t.now.Add(wait))
		}
		return
	case adapters.Gone:
		for _, p := range c.close(l, f.Reason, t.now) {
			if p.To == chat.ToMerchant && p.Of != "" && p.ID != post.ID {
				b.step(c, t, dialog.Event{Undelivered: []dialog.Undelivered{{Post: p.ID, Of: p.Of, Change: p.Change, Reason: f.Reason, Closed: true}}})
			}
		}
		if post.To == chat.ToDesk && b.Desk != "" {
			c.Thread = ""
			b.step(c, t, dialog.Event{DeskLost: true})
		}
	default:
		l.remove(post.ID)
		c.lose(post.Post, fates[outcome], f.Reason, t.now)
	}
	if post.To == chat.ToMerchant {
		b.step(c, t, dialog.Event{Undelivered: []dialog.Undelivered{{
			Post: post.ID, Of: post.Of, Change: post.Change, Reason: f.Reason,
			Closed: outcome == adapters.Gone, Refused: outcome == adapters.Failed,
		}}})
	}
}

// fates name the outcomes in records and metrics.
var fates = map[adapters.Outcome]string{
	adapters.Retry: "retry", adapters.Uncertain: "uncertain", adapters.Failed: "failed", adapters.Gone: "gone",
}

// close empties a lane's front because its room is closed, and gives what was in
// it.
func (c *conversation) close(l *lane, reason string, now time.Time) (dropped []outgoing) {
	dropped = l.Posts
	for _, p := range dropped {
		c.lose(p.Post, fates[adapters.Gone], reason, now)
	}
	l.Posts = nil
	l.close()
	return dropped
}

// backoff is how long a post waits after its n-th failure.
func backoff(n int) time.Duration {
	wait := retryFirst
	for range n - 1 {
		if wait *= 2; wait >= retryMost {
			return retryMost
		}
	}
	return wait
}

// yield gives a lane up without having sent its head.
func (b *Bot) yield(ctx context.Context, room chat.Room, mine claim) {
	e := b.enter(room.String())
	defer b.leave(e)
	_, _, err := b.turn(context.WithoutCancel(ctx), e, func(c *conversation, _ *turn) bool {
		l := c.lane(mine.to)
		held := l.Holder == mine.token
		if held {
			l.release()
		}
		return held
	})
	if err != nil {
		b.Log.Warn("a lease runs out by itself", "conversation", room.String(), "error", err)
	}
}
