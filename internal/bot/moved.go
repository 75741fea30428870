package bot

import (
	"context"
	"errors"
	"maps"
	"sync"

	"github.com/s4bot/s4bot/internal/chat"
)

// A group can become another room: its conversation keeps its key, the new room
// leads to it by a link, and posts go to the new room.

// links remembers which conversations rooms lead to. A link never changes, but it
// goes when its conversation is erased.
type links struct {
	mu    sync.Mutex // guards known
	known map[string]string
}

// linksMost bounds the links that are remembered.
const linksMost = 10_000

// conversationIn gives the key of the conversation in a room. Only a group can
// have moved.
func (b *Bot) conversationIn(ctx context.Context, room chat.Room, group bool) (string, error) {
	key := room.String()
	if !group {
		return key, nil
	}
	if to := b.links.get(key); to != "" {
		return to, nil
	}
	to, err := b.Store.Linked(ctx, key)
	if err != nil || to == "" {
		return key, err
	}
	b.links.put(key, to)
	return to, nil
}

// errNoWay says that a room no longer leads to a conversation: it was erased.
var errNoWay = errors.New("the room does not lead to this conversation any more")

// isIn says whether the conversation whose room that was is in a room now. Messages
// of the time before it moved belong to it, too.
func (c *conversation) isIn(own, room chat.Room) bool { return room == own || c.place(own) == room }

// move makes a room lead to the conversation of the room that it was.
func (b *Bot) move(ctx context.Context, from, to chat.Room) error {
	key, err := b.conversationIn(ctx, from, true) // it may have moved before
	if err != nil {
		return err
	}
	if err := b.Store.Link(ctx, to.String(), key); err != nil {
		return err
	}
	e := b.enter(key)
	defer b.leave(e)
	_, out, err := b.turn(ctx, e, func(c *conversation, t *turn) bool {
		if c.place(e.room) != from { // it has moved on since, or knows
			return false
		}
		c.Moved = to.ID
		b.advance(c, t)
		return true
	})
	b.follow(out)
	return err
}

// place is where posts to the merchant go.
func (c *conversation) place(room chat.Room) chat.Room {
	if c.Moved != "" {
		room.ID = c.Moved
	}
	return room
}

func (l *links) get(room string) string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.known[room]
}

// drop forgets the rooms that lead to a conversation.
func (l *links) drop(key string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	maps.DeleteFunc(l.known, func(_, to string) bool { return to == key })
}

func (l *links) put(room, key string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.known == nil || len(l.known) >= linksMost {
		l.known = map[string]string{}
	}
	l.known[room] = key
}

// moves carries out the moves among messages and gives the others.
func (b *Bot) moves(ctx context.Context, messages []chat.Message) (others []chat.Message, err error) {
	for _, m := range messages {
		if m.MovedTo == (chat.Room{}) {
			others = append(others, m)
			continue
		}
		if err := b.move(ctx, m.Room, m.MovedTo); err != nil {
			return nil, err
		}
	}
	return others, nil
}
