package telegram

import (
	"cmp"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"github.com/s4bot/s4bot/internal/chat"
)

// shortLabel is how wide a label may be that shares its row, in columns of which a
// Chinese character takes two.
const shortLabel = 14

// keyboard shows a post's options as buttons: one a row, or two a row if all
// labels are short. nil: there are none.
func keyboard(post chat.Post) (*tgbotapi.InlineKeyboardMarkup, error) {
	if len(post.Options) == 0 {
		return nil, nil
	}
	perRow := 2
	var buttons []tgbotapi.InlineKeyboardButton
	for _, o := range post.Options {
		d, err := data(post, o)
		if err != nil {
			return nil, err
		}
		label := cmp.Or(o.Label, o.ID)
		if columns(label) > shortLabel {
			perRow = 1
		}
		buttons = append(buttons, tgbotapi.NewInlineKeyboardButtonData(label, d))
	}
	k := &tgbotapi.InlineKeyboardMarkup{}
	for len(buttons) > 0 {
		n := min(perRow, len(buttons))
		k.InlineKeyboard = append(k.InlineKeyboard, buttons[:n:n])
		buttons = buttons[n:]
	}
	return k, nil
}

func columns(text string) int {
	n := 0
	for _, r := range text {
		n++
		if r >= 0x1100 {
			n++
		}
	}
	return n
}
