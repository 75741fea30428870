package telegram

import (
	"context"
	"strconv"
	"strings"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
)

const (
	answerTimeout = 3 * time.Second
	settleTimeout = 5 * time.Second
)

// mark stands before the option that was chosen.
const mark = "✓ "

// tappedKey names a post in a chat by Telegram's id of the message.
type tappedKey struct {
	chat    int64
	message int
}

// answer tells Telegram that a tap arrived, in the background. That the tap is
// too old to be answered is no fault: it counts all the same.
func (a *Adapter) answer(c *callback, run *errands) {
	id := c.ID
	run.run(answerTimeout, func(ctx context.Context) {
		_, err := a.call(ctx, answerTimeout, "answerCallbackQuery", params{"callback_query_id": id})
		if err != nil && ctx.Err() == nil && !says(err, "query is too old") {
			a.log.Warn("a tap was not answered", "err", err)
		}
	})
}

// settle makes the keyboards that were tapped show the choice alone, in the
// background. The first tap on a keyboard is the one that counts.
func (a *Adapter) settle(r *burst, run *errands) {
	for _, c := range r.taps {
		if c == nil || c.Message == nil || c.Message.ReplyMarkup == nil {
			continue
		}
		key := tappedKey{c.Message.Chat.ID, c.Message.MessageID}
		markup, ok := chosen(c.Message.ReplyMarkup, c.Data)
		if !ok || !a.firstTap(key) {
			continue
		}
		run.run(settleTimeout, func(ctx context.Context) {
			p := params{"chat_id": strconv.FormatInt(key.chat, 10), "message_id": strconv.Itoa(key.message)}
			err := p.AddInterface("reply_markup", markup)
			if err == nil {
				_, err = a.call(ctx, settleTimeout, "editMessageReplyMarkup", p)
			}
			if err != nil && ctx.Err() == nil && !says(err, "message is not modified") {
				a.log.Info("a keyboard could not be settled", "err", err)
			}
		})
	}
}

// firstTap says whether nobody tapped on this post before, as far as this
// process knows.
func (a *Adapter) firstTap(key tappedKey) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	if _, before := a.settled.get(key); before {
		return false
	}
	a.settled.put(key, struct{}{})
	return true
}

// chosen gives the keyboard with the tapped option alone, marked; false: the
// option is not in it, or marked already.
func chosen(k *tgbotapi.InlineKeyboardMarkup, data string) (tgbotapi.InlineKeyboardMarkup, bool) {
	for _, row := range k.InlineKeyboard {
		for _, b := range row {
			if b.CallbackData == nil || *b.CallbackData != data || strings.HasPrefix(b.Text, mark) {
				continue
			}
			b.Text = mark + b.Text
			return tgbotapi.NewInlineKeyboardMarkup([]tgbotapi.InlineKeyboardButton{b}), true
		}
	}
	return tgbotapi.InlineKeyboardMarkup{}, false
}
