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
	for {
		post, ok := b.head(ctx, room, mine)
		if !ok {
			return
		}
		if mine.to == chat.ToMerchant {
			b.typing.stop(room.String())
		}
		b.point("before send")
		sent := b.Now()
		ref, err := b.send(ctx, post)
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
		if p.Change == chat.Settle { // counts for nobody's limits
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

// peek gives the head of a lane that this process holds.
func (b *Bot) peek(ctx context.Context, room chat.Room, mine claim) (outgoing, bool) {
	e := b.enter(room.String())
	defer b.leave(e)
	l := e.conv.lane(mine.to)
	if e.known && len(l.Posts) > 0 && l.held(mine.token, b.Now(), l.Posts[0].sendMost()) {
		return e.conv.addressed(room, l.Posts[0]), true
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
		p = c.addressed(room, l.Posts[0])
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
func (c *conversation) addressed(room chat.Room, p outgoing) outgoing {
	p.room, p.Ref = c.place(room), c.ref(p.Post)
	return p
}

// send hands a post to its platform and gives what that calls the post. A panic
// of an adapter is a failure of the post: nobody knows how far it came.
func (b *Bot) send(ctx context.Context, post outgoing) (ref string, err error) {
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
	return b.Deliver.Deliver(adapters.WithPost(ctx, post.room, post.ID), post.room, post.Post)
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
				out.erase = false
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
		l := c.lane(mine.to)
		if failed == nil {
			l.remove(post.ID)
			c.noteSent(post.Post, ref, t.now)
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
		if failed != nil {
			b.claim(c, t, other(mine.to))
		}
		return true
	})
	return more, out, err
}

// fail decides what a failure means for a post and its lane.
func (b *Bot) fail(c *conversation, l *lane, post outgoing, f *adapters.Failure, t *turn) {
	if len(l.Posts) == 0 || l.Posts[0].ID != post.ID {
		return // somebody else has settled it
	}
	if post.Change == chat.Settle { // not worth a wait: old options are told so when tapped
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
		c.close(l, f.Reason, t.now)
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

// close empties a lane's front because its room is closed.
func (c *conversation) close(l *lane, reason string, now time.Time) {
	for _, p := range l.Posts {
		c.lose(p.Post, fates[adapters.Gone], reason, now)
	}
	l.Posts = nil
	l.close()
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
