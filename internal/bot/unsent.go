package bot

import (
	"context"
	"fmt"
	"time"

	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/store"
)

// Unsent is a post that waits, or that did not plainly arrive.
type Unsent struct {
	Conversation, Post string
	To                 chat.Recipient
	Kind               chat.Kind
	Fate               string // waits, uncertain, failed, gone
	Reason             string // for an operator, without content
	At                 time.Time
	Tries              int
}

// EachUnsent visits the posts in a store that wait in front of their lanes, and
// those of which nobody can be sure.
func EachUnsent(ctx context.Context, s store.Store, visit func(Unsent)) error {
	return each(ctx, s, func(key string, c conversation) {
		for _, l := range c.Lost {
			visit(Unsent{Conversation: key, Post: l.Post, To: l.To, Kind: l.Kind, Fate: l.Fate, Reason: l.Reason, At: l.At})
		}
		for _, to := range sides {
			for _, p := range c.lane(to).Posts {
				visit(Unsent{Conversation: key, Post: p.ID, To: to, Kind: p.Kind, Fate: "waits", At: p.Since, Tries: p.Tries})
			}
		}
	})
}

// Held is a message that a fault of the program kept from being read.
type Held struct {
	Conversation, ID string
	Text             string // masked
	At               time.Time
}

// EachHeld visits the messages in a store that are held.
func EachHeld(ctx context.Context, s store.Store, visit func(Held)) error {
	return each(ctx, s, func(key string, c conversation) {
		for _, h := range c.Held {
			visit(Held{key, h.ID, h.Text, h.At})
		}
	})
}

// each visits every conversation of a store.
func each(ctx context.Context, s store.Store, visit func(key string, c conversation)) error {
	return s.Each(ctx, func(key string, data []byte) error {
		c, err := decode(data)
		if err != nil {
			return fmt.Errorf("%s: %w", key, err)
		}
		visit(key, c)
		return nil
	})
}
