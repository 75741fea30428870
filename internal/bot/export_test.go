package bot

import (
	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/dialog"
)

// Stored reads what the runtime keeps in the store, for tests that look there.
func Stored(data []byte) (dialog.State, []chat.Post, error) {
	c, err := decode(data)
	return c.State, c.Outbox, err
}
