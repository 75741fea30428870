package bot

import (
	"context"
	"fmt"

	"github.com/s4bot/s4bot/internal/dialog"
	"github.com/s4bot/s4bot/internal/store"
)

// EachGap visits every message in a store that was read badly.
func EachGap(ctx context.Context, s store.Store, visit func(conversation string, g dialog.Gap)) error {
	return s.Each(ctx, func(key string, data []byte) error {
		c, err := decode(data)
		if err != nil {
			return fmt.Errorf("%s: %w", key, err)
		}
		for _, g := range c.State.Gaps {
			visit(key, g)
		}
		return nil
	})
}
