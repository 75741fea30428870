package bot

import (
	"context"

	"github.com/s4bot/s4bot/internal/dialog"
	"github.com/s4bot/s4bot/internal/store"
)

// EachGap visits every message in a store that was read badly.
func EachGap(ctx context.Context, s store.Store, visit func(conversation string, g dialog.Gap)) error {
	return each(ctx, s, func(key string, c conversation) {
		for _, g := range c.State.Gaps {
			visit(key, g)
		}
	})
}
