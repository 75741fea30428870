package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/chat"
)

// partKey names a post that goes out in several messages.
type partKey struct {
	room chat.Room
	post string
}

// Deliver implements adapters.Deliverer. A text that is too long for one
// message goes out as several, in order, with the options under the last. A
// post whose first parts are out goes on with the next one when it is delivered again.
// A keyboard that Telegram refuses is left away, rather than the text; what stands
// out loses its emphasis rather than its words, and an answer to a message that is
// gone its reference.
func (a *Adapter) Deliver(ctx context.Context, room chat.Room, post chat.Post) (string, error) {
	letters, err := a.letters(room, post)
	if err != nil {
		return "", &adapters.Failure{Outcome: adapters.Failed, Reason: err.Error()}
	}
	key := partKey{room, post.ID}
	sent := a.sentParts(key)
	for _, l := range letters[min(len(sent), len(letters)):] {
		id, f := a.send(ctx, l)
		if f != nil {
			return "", f
		}
		sent = append(sent, id)
		a.notePart(key, sent, len(letters))
	}
	return reference(sent), nil
}

// letters gives the messages that a post goes out as.
func (a *Adapter) letters(room chat.Room, post chat.Post) ([]letter, error) {
	chatID, topic, ok := place(room)
	if !ok {
		return nil, errors.New("the room is none of Telegram's")
	}
	keys, err := keyboard(post)
	if err != nil {
		return nil, err
	}
	parts := split(post.Text)
	if len(parts) == 0 {
		return nil, errors.New("the post has no text")
	}
	out := make([]letter, len(parts))
	for i, p := range parts {
		out[i] = letter{chat: chatID, topic: topic, text: p.text, entities: p.entities(post.Strong)}
	}
	out[len(out)-1].keyboard = keys
	out[0].replyTo, _ = strconv.Atoi(post.ReplyTo)
	return out, nil
}

// reference names the messages of a post: their ids with commas between.
func reference(ids []int) string {
	words := make([]string, len(ids))
	for i, id := range ids {
		words[i] = strconv.Itoa(id)
	}
	return strings.Join(words, ",")
}

// letter is one message on its way out.
type letter struct {
	chat     int64
	topic    int
	text     string
	entities []tgbotapi.MessageEntity
	keyboard *tgbotapi.InlineKeyboardMarkup
	replyTo  int // the message that it answers; 0: none
}

// send sends one message and gives its id: to the chat's new id if it moved, and
// without what Telegram refuses about it, as long as the text arrives.
func (a *Adapter) send(ctx context.Context, l letter) (int, error) {
	l.chat = a.movedTo(l.chat)
	if f := a.groups.admit(l.chat); f != nil {
		return 0, f
	}
	for {
		id, p := a.sendOnce(ctx, l)
		if p == nil {
			return id, nil
		}
		if p.answered && p.movedTo != 0 && p.movedTo != l.chat {
			a.noteMove(l.chat, p.movedTo)
			l.chat = p.movedTo
			continue
		}
		f := judge(p)
		simpler, ok := l.simpler(p)
		if f.Outcome != adapters.Failed || !ok {
			return 0, f
		}
		a.log.Warn("Telegram refuses a message; it is sent again in a simpler form", "err", p)
		l = simpler
	}
}

// simpler leaves away what a refusal may be about; false: nothing is left but
// the text.
func (l letter) simpler(p *problem) (letter, bool) {
	switch {
	case l.entities != nil && strings.Contains(strings.ToLower(p.text), "entit"):
		l.entities = nil
	case l.entities != nil || l.keyboard != nil || l.replyTo != 0:
		l.entities, l.keyboard, l.replyTo = nil, nil, 0
	default:
		return l, false
	}
	return l, true
}

// sendOnce makes the request and gives the message's id; nil: Telegram has it.
// There is no parse_mode, so that the text arrives to the letter.
func (a *Adapter) sendOnce(ctx context.Context, l letter) (int, *problem) {
	q := params{"chat_id": strconv.FormatInt(l.chat, 10), "text": l.text}
	q.AddNonZero("message_thread_id", l.topic)
	err := errors.Join(
		addUnless(l.keyboard == nil, q, "reply_markup", l.keyboard),
		addUnless(len(l.entities) == 0, q, "entities", l.entities),
		addUnless(l.replyTo == 0, q, "reply_parameters", map[string]any{"message_id": l.replyTo, "allow_sending_without_reply": true}),
	)
	if err != nil {
		return 0, &problem{method: "sendMessage", answered: true, code: 400, text: err.Error()}
	}
	raw, err := a.call(ctx, requestTimeout, "sendMessage", q)
	var p *problem
	if errors.As(err, &p) {
		return 0, p
	}
	var m struct {
		ID int `json:"message_id"`
	}
	_ = json.Unmarshal(raw, &m) // without an id it arrived all the same
	return m.ID, nil
}

func addUnless(absent bool, q params, name string, v any) error {
	if absent {
		return nil
	}
	return q.AddInterface(name, v)
}

// sentParts gives the ids of the messages of a post that are out already.
func (a *Adapter) sentParts(k partKey) []int {
	a.mu.Lock()
	defer a.mu.Unlock()
	ids, _ := a.progress.get(k)
	return slices.Clone(ids)
}

// notePart remembers how far a post has got, until it is complete.
func (a *Adapter) notePart(k partKey, sent []int, all int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if len(sent) == all {
		a.progress.drop(k)
		return
	}
	a.progress.put(k, slices.Clone(sent))
}

func (a *Adapter) movedTo(chatID int64) int64 {
	a.mu.Lock()
	defer a.mu.Unlock()
	if to, moved := a.moved.get(chatID); moved {
		return to
	}
	return chatID
}

func (a *Adapter) noteMove(from, to int64) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.moved.put(from, to)
}
