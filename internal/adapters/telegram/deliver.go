package telegram

import (
	"context"
	"errors"
	"strconv"

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
// A keyboard that Telegram refuses is left away, rather than the text.
func (a *Adapter) Deliver(ctx context.Context, room chat.Room, post chat.Post) error {
	chatID, topic, ok := place(room)
	if !ok {
		return &adapters.Failure{Outcome: adapters.Failed, Reason: "the room is none of Telegram's"}
	}
	texts := split(post.Text)
	if len(texts) == 0 {
		return &adapters.Failure{Outcome: adapters.Failed, Reason: "the post has no text"}
	}
	keys, err := keyboard(post)
	if err != nil {
		return &adapters.Failure{Outcome: adapters.Failed, Reason: err.Error()}
	}
	key := partKey{room, post.ID}
	for i := a.sentParts(key); i < len(texts); i++ {
		var k *tgbotapi.InlineKeyboardMarkup
		if i == len(texts)-1 {
			k = keys
		}
		if f := a.send(ctx, letter{chatID, topic, texts[i], k}); f != nil {
			return f
		}
		a.notePart(key, i+1, len(texts))
	}
	return nil
}

// letter is one message on its way out.
type letter struct {
	chat     int64
	topic    int
	text     string
	keyboard *tgbotapi.InlineKeyboardMarkup
}

// send sends one message: to the chat's new id if it moved, and without its
// keyboard if Telegram refuses it with one.
func (a *Adapter) send(ctx context.Context, l letter) error {
	l.chat = a.movedTo(l.chat)
	if f := a.groups.admit(l.chat); f != nil {
		return f
	}
	p := a.sendOnce(ctx, l)
	if p != nil && p.answered && p.movedTo != 0 {
		a.noteMove(l.chat, p.movedTo)
		l.chat = p.movedTo
		p = a.sendOnce(ctx, l)
	}
	if p == nil {
		return nil
	}
	f := judge(p)
	if f.Outcome == adapters.Failed && l.keyboard != nil {
		a.log.Warn("Telegram refuses a message; it is sent again without its keyboard", "err", p)
		l.keyboard = nil
		if p = a.sendOnce(ctx, l); p == nil {
			return nil
		}
		f = judge(p)
	}
	return f
}

// sendOnce makes the request; nil: Telegram has the message. There is no
// parse_mode, so that the text arrives to the letter.
func (a *Adapter) sendOnce(ctx context.Context, l letter) *problem {
	q := params{"chat_id": strconv.FormatInt(l.chat, 10), "text": l.text}
	q.AddNonZero("message_thread_id", l.topic)
	if l.keyboard != nil {
		if err := q.AddInterface("reply_markup", l.keyboard); err != nil {
			return &problem{method: "sendMessage", answered: true, code: 400, text: err.Error()}
		}
	}
	_, err := a.call(ctx, requestTimeout, "sendMessage", q)
	var p *problem
	if errors.As(err, &p) {
		return p
	}
	return nil
}

func (a *Adapter) sentParts(k partKey) int {
	a.mu.Lock()
	defer a.mu.Unlock()
	n, _ := a.progress.get(k)
	return n
}

// notePart remembers how far a post has got, until it is complete.
func (a *Adapter) notePart(k partKey, sent, all int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if sent == all {
		a.progress.drop(k)
		return
	}
	a.progress.put(k, sent)
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
