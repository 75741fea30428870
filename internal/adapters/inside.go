package adapters

import (
	"context"

	"github.com/s4bot/s4bot/internal/chat"
)

// Insider shows what the bot believes of a case and why it does what it does.
type Insider interface {
	// Inside looks into the current case of a conversation; room is the merchant's,
	// or that of the case at the desk (ErrNoCase if none is there). lang ("zh" or
	// "en") is that of the texts. Before any case it shows what is usual.
	Inside(ctx context.Context, room chat.Room, lang string) (chat.Inside, error)
}
