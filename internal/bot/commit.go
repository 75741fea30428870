package bot

import (
	"context"
	"encoding/hex"
	"errors"
	"log/slog"
	"slices"
	"time"

	"github.com/s4bot/s4bot/internal/store"
)

// change is one change of a conversation. It may be made several times, each
// time on another value; it says whether there is anything to write.
type change func(c *conversation, aside func(...store.Aside)) bool

// commit makes a change by compare-and-set, on a conflict again on the value
// that the other writer left. It gives the conversation as it then is.
func (b *Bot) commit(ctx context.Context, e *entry, make change) (conversation, error) {
	if err := b.load(ctx, e); err != nil {
		return conversation{}, err
	}
	defer b.Metrics.stage("commit", b.Now)()
	for {
		c := e.conv.clone()
		if c.Erasing {
			e.forget() // another process may have erased it by the next time
			return conversation{}, errErasing
		}
		swap, write, err := b.prepare(e, &c, make)
		if err != nil || !write {
			return e.conv, err
		}
		b.point("before commit") // from here on nobody calls it off
		stored, ok, err := b.Store.Swap(context.WithoutCancel(ctx), swap)
		b.point("after commit")
		switch {
		case err != nil:
			e.forget() // the write may have happened: read before the next
			return conversation{}, err
		case ok:
			e.take(stored, c, b.Now())
			e.keepAside(swap.Aside)
			return c, nil
		case b.older(e, stored.Etag): // the store went back in time
			err = b.restore(ctx, e, stored.Etag)
		default:
			b.Metrics.conflicts.Inc()
			err = b.see(ctx, e, stored)
		}
		if err != nil {
			return conversation{}, err
		}
	}
}

// prepare makes the change and gives what to write.
func (b *Bot) prepare(e *entry, c *conversation, make change) (store.Change, bool, error) {
	swap := store.Change{Key: e.key, Etag: e.value.Etag}
	aside := func(a ...store.Aside) { swap.Aside = append(swap.Aside, a...) }
	if !make(c, aside) {
		return swap, false, nil
	}
	for _, to := range sides {
		spilled, err := c.lane(to).spill(b.codec, string(to))
		if err != nil {
			return swap, false, err
		}
		aside(spilled...)
	}
	c.forgotten()
	var err error
	swap.Data, err = b.codec.encode(*c)
	swap.Due = c.due()
	return swap, true, err
}

// load makes sure that the value is known.
func (b *Bot) load(ctx context.Context, e *entry) error {
	if e.known {
		return nil
	}
	defer b.Metrics.stage("load", b.Now)()
	v, err := b.Store.Get(ctx, e.key)
	if err != nil {
		return err
	}
	if b.older(e, v.Etag) { // the store went back in time
		return b.restore(ctx, e, v.Etag)
	}
	return b.see(ctx, e, v)
}

// see takes in a value that is not one's own. One that cannot be read is kept
// aside for the operator, and the conversation begins anew: its merchant must
// not wait for a repair.
func (b *Bot) see(ctx context.Context, e *entry, v store.Value) error {
	c, err := b.codec.decode(v.Data)
	if errors.Is(err, errNewer) {
		e.forget()
		return errors.Join(err, store.ErrUnavailable) // a newer replica takes the message
	}
	if err == nil {
		e.take(v, c, b.Now())
		return nil
	}
	name := "broken-" + hex.EncodeToString([]byte(v.Etag))
	b.Log.LogAttrs(ctx, slog.LevelError, "a stored conversation cannot be read; it is kept aside and begins anew",
		slog.String("conversation", e.key), slog.String("aside", name), slog.Any("error", err))
	b.Metrics.broken.Inc()
	data, err := b.codec.encode(conversation{})
	if err != nil {
		return err
	}
	now, ok, err := b.Store.Swap(ctx, store.Change{
		Key: e.key, Etag: v.Etag, Data: data,
		Aside: []store.Aside{{Name: name, Data: v.Data}},
	})
	if err != nil || !ok {
		e.forget()
		return errors.Join(err, store.ErrUnavailable)
	}
	e.take(now, conversation{}, b.Now())
	return nil
}

// erase forgets everything about a conversation that was erased.
func (e *entry) erase() {
	e.value, e.conv, e.known, e.seen = store.Value{}, conversation{}, false, false
	e.accepted, e.aside = nil, nil
}

// clone copies what changes in place, so that a change never touches the cached
// value.
func (c conversation) clone() conversation {
	c.Inbox, c.Held, c.Lost, c.Sent = slices.Clone(c.Inbox), slices.Clone(c.Held), slices.Clone(c.Lost), slices.Clone(c.Sent)
	c.Merchant.Posts, c.Desk.Posts = slices.Clone(c.Merchant.Posts), slices.Clone(c.Desk.Posts)
	return c
}

// settled rounds a time to what a value keeps of it.
// A time that no value can hold is none.
func settled(t time.Time) time.Time {
	t = t.UTC().Truncate(time.Millisecond)
	if y := t.Year(); y < 1 || y > 9999 {
		return time.Time{}
	}
	return t
}
