package bot

import (
	"context"
	"errors"
	"fmt"

	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/store"
)

// A merchant who wants to be forgotten is answered first. Then the conversation is
// closed by a compare-and-set, so that nothing is accepted into it any more, and
// erased; a message that comes in between is left with its platform, which
// delivers it again into a conversation that has not begun.

// errErasing says that a conversation is about to be gone.
var errErasing = fmt.Errorf("the conversation is being erased: %w", store.ErrUnavailable)

// forgotten drops what is kept beside the state of a merchant who wants to be
// forgotten, and closes the conversation once nothing waits in it.
func (c *conversation) forgotten() {
	if c.State.Forget {
		c.Held, c.Lost, c.Sent = nil, nil, nil
		c.Erasing = len(c.Inbox) == 0 && !c.Merchant.waits() && !c.Desk.waits()
	}
}

// finishErasing erases a conversation that was closed for it.
func (b *Bot) finishErasing(ctx context.Context, room chat.Room) {
	if err := b.Erase(ctx, room); err != nil && !errors.Is(err, store.ErrUnavailable) {
		b.Log.Error("a conversation could not be erased; it is tried again", "conversation", room.String(), "error", err)
	}
}
