package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/dialog"
	"github.com/s4bot/s4bot/internal/nlu"
	"github.com/s4bot/s4bot/internal/store"
)

// AcceptDesk takes in what agents did in a room of the desk, in order. It returns
// nil once that is committed; adapters.ErrNoCase if the room belongs to no case. An
// act that is known, or in the room of an earlier case, changes nothing. It
// implements adapters.DeskHandler.
func (b *Bot) AcceptDesk(ctx context.Context, room chat.Room, acts ...chat.Act) error {
	key, err := b.caseIn(ctx, room)
	if err != nil {
		return err
	}
	out, err := b.desk(ctx, key, room.ID, acts)
	b.follow(out)
	return err
}

// HandleDesk takes in acts on a conversation, for callers who wait for the posts,
// as Handle does.
func (b *Bot) HandleDesk(ctx context.Context, conversation chat.Room, acts ...chat.Act) error {
	out, err := b.desk(ctx, conversation.String(), "", acts)
	if err == nil {
		b.carryOut(ctx, out)
	}
	return err
}

// caseIn gives the conversation whose case is in a room of the desk.
func (b *Bot) caseIn(ctx context.Context, room chat.Room) (string, error) {
	if key := b.links.get(room.String()); key != "" {
		return key, nil
	}
	key, err := b.Store.Linked(ctx, room.String())
	if err == nil && key == "" {
		err = adapters.ErrNoCase
	}
	if err == nil {
		b.links.put(room.String(), key)
	}
	return key, err
}

// OpenCases gives the rooms of the desk in which people have cases. It reads the
// whole store: once at a start, not in turns.
func (b *Bot) OpenCases(ctx context.Context) (rooms []chat.Room) {
	_ = b.Store.Each(ctx, func(_ string, data []byte) error {
		c, err := b.codec.decode(data)
		if err == nil && c.Thread != "" && c.State.Phase == dialog.HandedOver {
			rooms = append(rooms, chat.Room{Platform: b.Desk, ID: c.Thread})
		}
		return ctx.Err()
	})
	return rooms
}

// desk commits acts on a conversation; thread is the room in which they were done,
// "" any.
func (b *Bot) desk(ctx context.Context, key, thread string, acts []chat.Act) (todo, error) {
	if err := b.gate.enter(); err != nil {
		b.Metrics.refused.Inc()
		return todo{}, err
	}
	defer b.gate.leave()
	acts = b.maskedActs(acts)
	e := b.enter(key)
	defer b.leave(e)
	fault, early := false, false
	_, out, err := b.turn(ctx, e, func(c *conversation, t *turn) bool {
		if thread != "" && thread != c.Thread {
			early = c.opening()
			return false
		}
		if slices.ContainsFunc(acts, func(a chat.Act) bool { return a.Kind == chat.Lose }) {
			c.Thread = ""
			b.step(c, t, dialog.Event{DeskLost: true})
			b.advance(c, t)
			return true
		}
		if !b.step(c, t, dialog.Event{Desk: acts}) {
			if fault = !b.step(c, t, dialog.Event{BrokenDesk: acts}); fault {
				return false
			}
		}
		b.advance(c, t)
		return true
	})
	switch {
	case err != nil:
	case fault:
		err = errFault
	case early:
		err = errEarly
	}
	return out, err
}

// opening says that a card is on its way to the desk.
func (c *conversation) opening() bool {
	return slices.ContainsFunc(c.Desk.Posts, func(p outgoing) bool { return p.Card != nil && p.Change == "" })
}

// errEarly says that the case's room is just being opened.
var errEarly = fmt.Errorf("the case is just being opened: %w", store.ErrUnavailable)

// errFault says that a fault of the program keeps an act from being carried out.
var errFault = errors.New("a fault of the program keeps this from being carried out; it is in the log")

// agentMost caps what an agent writes, in runes: as much as Slack takes.
const agentMost = 40_000

// maskedActs gives acts as everything from here on sees them.
func (b *Bot) maskedActs(acts []chat.Act) []chat.Act {
	out := make([]chat.Act, len(acts))
	for i, a := range acts {
		a.Text, a.Note, a.Files = b.bounded(a.Text, agentMost), b.bounded(a.Note, textMost), b.maskedFiles(a.Files)
		a.Agent.Name = nlu.Mask(a.Agent.Name, b.Mask)
		a.Mentions = slices.Clone(a.Mentions)
		for j := range a.Mentions {
			a.Mentions[j].Name = nlu.Mask(a.Mentions[j].Name, b.Mask)
		}
		out[i] = a
	}
	return out
}

// deskRoom is where posts to the desk go: the case's room, or the desk itself
// while the case has none. Without a desk that is the conversation's room.
func (b *Bot) deskRoom(c *conversation, conversation chat.Room) chat.Room {
	if b.Desk == "" {
		return c.place(conversation)
	}
	return chat.Room{Platform: b.Desk, ID: c.Thread}
}

// opened takes in that the desk has a card: what stands before the colon of its
// reference is the room of the case. The way there is kept before anybody can
// answer.
func (b *Bot) opened(ctx context.Context, conversation chat.Room, post outgoing, ref string) error {
	if b.Desk == "" || post.To != chat.ToDesk || post.Card == nil || post.Change != "" || ref == "" {
		return nil
	}
	room := chat.Room{Platform: b.Desk, ID: threadOf(ref)}
	for wait := 50 * time.Millisecond; ; wait = min(2*wait, 2*time.Second) {
		err := b.Store.Link(context.WithoutCancel(ctx), room.String(), conversation.String())
		if err == nil || !errors.Is(err, store.ErrUnavailable) || !b.work.persist(wait) {
			return err
		}
	}
}

func threadOf(ref string) string {
	thread, _, _ := strings.Cut(ref, ":")
	return thread
}
