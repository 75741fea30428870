package web

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/chat"
)

// How long the bot may take to learn in which room a new case is, and how long a
// request waits for that.
const (
	openingFor  = time.Minute
	openingWait = 2 * time.Second
)

// errOpening says that a case can be seen already, but not yet be worked on.
var errOpening = errors.New("the case is just being opened")

// atCase does something at a case. Its card can be seen, and claimed, before the bot
// has heard in which room it stands: until then the bot finds no case there.
func (a *Adapter) atCase(ctx context.Context, room chat.Room, do func() error) error {
	for until := time.Now().Add(openingWait); ; {
		err := do()
		if !errors.Is(err, adapters.ErrNoCase) || !a.opening(ctx, room) {
			return err
		}
		if time.Now().After(until) {
			return errOpening
		}
		select {
		case <-ctx.Done():
			return errOpening
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// opening says whether a room's card is new.
func (a *Adapter) opening(ctx context.Context, room chat.Room) (young bool) {
	_ = a.config.Feeds.Entries(ctx, room.String(), 0, func(_ int64, _ string, data []byte) bool {
		var e entry
		young = json.Unmarshal(data, &e) == nil && time.Since(time.UnixMilli(e.At)) < openingFor
		return false
	})
	return young
}
