// Package adapters holds what the adapters of all platforms share: how they
// hand over what people say. Each platform has a package of its own below this
// one; they never import each other.
package adapters

import (
	"context"

	"github.com/s4bot/s4bot/internal/chat"
)

// Handler takes in messages of one room. It returns nil once they are accepted;
// on an error the adapter keeps them and hands them over again.
type Handler func(ctx context.Context, messages ...chat.Message) error
