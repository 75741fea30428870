package web

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/s4bot/s4bot/internal/chat"
)

// Feeds keep what people see in the rooms; see store.Feeds for what they promise.
type Feeds interface {
	Append(ctx context.Context, feed, name string, data []byte) (number int64, fresh bool, err error)
	Entries(ctx context.Context, feed string, after int64, visit func(number int64, name string, data []byte) (more bool)) error
	Newest(ctx context.Context, feed string) (int64, error)
	KeepFile(ctx context.Context, feed, name string, content []byte) error
	File(ctx context.Context, feed, name string) ([]byte, error)
	RemoveFeed(ctx context.Context, feed string) error
	Follow(ctx context.Context, hear func(feed string))
}

// roomOf is the merchant's room with an id, caseRoom that of a case at the desk. A
// room's feed has the room's name.
func roomOf(id string) chat.Room   { return chat.Room{Platform: Platform, ID: id} }
func caseRoom(id string) chat.Room { return chat.Room{Platform: DeskPlatform, ID: id} }

// deskFeed names the cases at the desk, in the order in which they came.
const deskFeed = DeskPlatform

// add adds an entry to a feed and wakes those who follow it here.
func (a *Adapter) add(ctx context.Context, feed, name string, e entry) (number int64, err error) {
	data, err := json.Marshal(e)
	if err != nil {
		return 0, fmt.Errorf("encode an entry: %w", err)
	}
	number, fresh, err := a.config.Feeds.Append(ctx, feed, name, data)
	if fresh {
		a.heard(feed)
	}
	return number, err
}
