package bot

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/dialog"
	"github.com/s4bot/s4bot/internal/nlu"
)

// Accept takes in messages of one room. It returns nil once they are committed;
// the answer follows when the merchant has finished a burst. An error means
// that nothing was accepted and the platform should deliver the messages again.
// A repeated message is accepted and changes nothing.
func (b *Bot) Accept(ctx context.Context, messages ...chat.Message) error {
	c, todo, err := b.accept(ctx, false, messages)
	b.follow(todo)
	if c.State.Phase != dialog.HandedOver && (!todo.answer.IsZero() || len(todo.claims) > 0) {
		b.showTyping(todo.room)
	}
	return err
}

// Handle is Accept for callers who wait for the answer: it answers at once and
// returns after the posts were handed to the Deliverer. Posts that could not be
// delivered are no error; they stay due.
func (b *Bot) Handle(ctx context.Context, messages ...chat.Message) (dialog.State, error) {
	c, todo, err := b.accept(ctx, true, messages)
	if err == nil {
		b.carryOut(ctx, todo)
	}
	return c.State, err
}

func (b *Bot) accept(ctx context.Context, hurry bool, messages []chat.Message) (conversation, todo, error) {
	room, err := oneRoom(messages)
	if err != nil {
		return conversation{}, todo{}, err
	}
	if err := b.gate.enter(); err != nil {
		b.Metrics.refused.Inc()
		return conversation{}, todo{}, err
	}
	defer b.gate.leave()
	b.point("received")
	if messages, err = b.moves(ctx, messages); err != nil || len(messages) == 0 {
		return conversation{}, todo{}, err
	}
	messages = b.masked(messages)
	for range 2 { // what this process remembers of the way may be old
		key, err := b.conversationIn(ctx, room, messages[0].Group)
		if err != nil {
			return conversation{}, todo{}, err
		}
		c, out, err := b.admitIn(ctx, key, hurry, messages)
		if !errors.Is(err, errNoWay) {
			return c, out, err
		}
		b.links.drop(key)
	}
	return b.admitIn(ctx, room.String(), hurry, messages)
}

// admitIn admits messages into the conversation with a key.
func (b *Bot) admitIn(ctx context.Context, key string, hurry bool, messages []chat.Message) (conversation, todo, error) {
	e := b.enter(key)
	defer b.leave(e)
	return b.admit(ctx, e, hurry, messages)
}

// admit commits messages and, if nothing is to be waited for, their answer.
func (b *Bot) admit(ctx context.Context, e *entry, hurry bool, messages []chat.Message) (conversation, todo, error) {
	var fresh, taken []chat.Message
	lost := false
	c, out, err := b.turn(ctx, e, func(c *conversation, t *turn) bool {
		if lost = !c.isIn(e.room, messages[0].Room); lost {
			return false
		}
		told := c.Bucket.Told
		fresh, taken = c.hear(messages, t.now, b.Burst)
		switch {
		case len(taken) < len(messages) && !told:
			c.Bucket.Told = true
			b.step(c, t, dialog.Event{Flooded: true})
		case len(fresh) == 0:
			return false
		}
		if len(fresh) > 0 {
			c.Answer = b.answerAt(c, fresh, hurry, t.now)
		}
		b.advance(c, t)
		return true
	})
	if err == nil && lost {
		err = errNoWay
	}
	if err != nil {
		return conversation{}, todo{}, err
	}
	e.accept(taken, b.Now())
	b.Metrics.accepted.Add(float64(len(fresh)))
	b.Metrics.repeats.Add(float64(len(taken) - len(fresh)))
	b.Metrics.flooded.Add(float64(len(messages) - len(taken)))
	return c, out, nil
}

// hear puts new messages into the inbox. fresh are those; taken are also the ones
// that were there before, but not those beyond what the merchant may send.
func (c *conversation) hear(messages []chat.Message, now time.Time, burst int) (fresh, taken []chat.Message) {
	for _, m := range messages {
		known := c.knows(m)
		if !known && !c.Bucket.take(now, burst) {
			continue
		}
		taken = append(taken, m)
		if known {
			continue
		}
		if len(c.Inbox) == 0 {
			c.Since = now
		}
		c.Inbox = append(c.Inbox, toHeard(m))
		c.learnRef(toHeard(m), now)
		fresh = append(fresh, m)
	}
	return fresh, taken
}

// burstMost is how many pauses a merchant who keeps writing waits for an answer.
const burstMost = 4

// answerAt says when the inbox is to be answered: when the merchant has paused,
// but not later than a few pauses after the first message.
func (b *Bot) answerAt(c *conversation, fresh []chat.Message, hurry bool, now time.Time) time.Time {
	for _, m := range fresh {
		hurry = hurry || m.Choice != "" || m.Edited || strings.HasPrefix(m.Text, "/")
	}
	if hurry || b.Settle <= 0 {
		return now
	}
	at, last := now.Add(b.Settle), c.Since.Add(burstMost*b.Settle)
	if at.After(last) {
		return last
	}
	return at
}

func oneRoom(messages []chat.Message) (chat.Room, error) {
	if len(messages) == 0 {
		return chat.Room{}, errors.New("no message to accept")
	}
	room := messages[0].Room
	for _, m := range messages {
		if m.Room != room {
			return room, fmt.Errorf("messages of %s and of another room in one turn", room)
		}
	}
	return room, nil
}

// textMost caps a merchant's message in runes, which is more than platforms of
// merchants take: more is cut, and the cut is marked.
const textMost = 5000

// masked gives the messages as everything from here on sees them.
func (b *Bot) masked(messages []chat.Message) []chat.Message {
	out := make([]chat.Message, len(messages))
	for i, m := range messages {
		m.Text, m.Quote, m.Files = b.bounded(m.Text, textMost), b.bounded(m.Quote, textMost), b.maskedFiles(m.Files)
		m.Sender, m.At = nlu.Mask(m.Sender, b.Mask), settled(m.At)
		out[i] = m
	}
	return out
}

// bounded masks a text and cuts it.
func (b *Bot) bounded(text string, most int) string {
	text = nlu.Mask(text, b.Mask)
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}

// nameMost caps the name of a file in runes, filesMost how many come with one
// message.
const (
	nameMost  = 200
	filesMost = 20
)

// typeForm is what a type of content looks like. Whoever sends a file says what it
// is, so it may be anything.
var typeForm = regexp.MustCompile(`^[\w.+-]{1,60}/[\w.+-]{1,60}$`)

// maskedFiles gives files with names that may be seen.
func (b *Bot) maskedFiles(files []chat.File) []chat.File {
	out := slices.Clone(files[:min(len(files), filesMost)])
	for i := range out {
		name := []rune(nlu.Mask(out[i].Name, b.Mask))
		out[i].Name = string(name[:min(len(name), nameMost)])
		if !typeForm.MatchString(out[i].Type) || nlu.Mask(out[i].Type, b.Mask) != out[i].Type {
			out[i].Type = ""
		}
	}
	return out
}
