package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/dialog"
	"github.com/s4bot/s4bot/internal/store"
)

// A merchant who wants to be forgotten is forgotten at once: the conversation is
// closed by a compare-and-set, so that nothing is accepted into it any more, and
// erased. Then a new one begins that knows only what is still to be said, the
// goodbye. It is erased when that is out, unless the merchant has written since. A
// message that comes while it is closed, for moments, is left with its platform,
// which delivers it again. A process that ends in between leaves the rest to another
// one; only between erasing and the new beginning the goodbye can be lost.

// errErasing says that a conversation is about to be gone.
var errErasing = fmt.Errorf("the conversation is being erased: %w", store.ErrUnavailable)

// forgotten closes the conversation of a merchant who wants to be forgotten: at
// once, and for good when nothing waits in it.
func (c *conversation) forgotten() {
	if !c.State.Forget {
		c.Cleared = false
		return
	}
	idle := len(c.Inbox) == 0 && !c.Merchant.waits() && !c.Desk.waits()
	c.Erasing = idle || !c.Cleared
}

// goodbye is what is left of a conversation that is erased while posts wait: they,
// and what is needed to send them.
func (c *conversation) goodbye() (rest conversation, waits bool) {
	rest = conversation{Cleared: true, Moved: c.Moved, Thread: c.Thread}
	rest.State = dialog.State{Lang: c.State.Lang, App: c.State.App, Phase: c.State.Phase, Turn: c.State.Turn, Posts: c.State.Posts, First: c.State.First, Recent: c.State.Recent, Forget: true}
	for _, to := range sides {
		for _, p := range append(slices.Clone(c.lane(to).Posts), c.lane(to).Tail...) {
			if p.Kind == chat.Closing || p.Change == chat.Settle || p.To == chat.ToDesk {
				if ref := c.ref(p.Post); ref != "" {
					p.Ref = ref
				}
				rest.lane(to).add(p)
				waits = true
			}
		}
	}
	return rest, waits
}

// finishErasing erases a conversation that is closed for it, and lets what still
// waits go on.
func (b *Bot) finishErasing(ctx context.Context, room chat.Room) {
	out, err := b.eraseClosed(ctx, room)
	if err != nil && !errors.Is(err, store.ErrUnavailable) {
		b.Log.Error("a conversation could not be erased; it is tried again", "conversation", room.String(), "error", err)
	}
	b.carryOut(ctx, out)
}

func (b *Bot) eraseClosed(ctx context.Context, room chat.Room) (todo, error) {
	e := b.enter(room.String())
	defer b.leave(e)
	if err := b.load(ctx, e); err != nil || !e.conv.Erasing {
		return todo{}, err
	}
	rest, waits := e.conv.goodbye()
	if err := b.eraseEntry(ctx, e); err != nil || !waits {
		return todo{}, err
	}
	_, out, err := b.turn(ctx, e, func(c *conversation, t *turn) bool {
		if c.State.Turn > 0 {
			return false // somebody else went on
		}
		*c = rest
		b.claim(c, t, sides...)
		return true
	})
	return out, err
}
