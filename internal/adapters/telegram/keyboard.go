package telegram

import (
	"cmp"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"github.com/s4bot/s4bot/internal/chat"
)

const (
	// shortLabel is how wide a label may be that shares its row, in columns of
	// which a Chinese character takes two.
	shortLabel = 14
	// buttonsMost is how many buttons Telegram takes under a message.
	buttonsMost = 100
	// mark stands before the option that was chosen.
	mark = "✓ "
)

// keyboard shows a post's options as buttons: one a row, or two a row if all
// labels are short. nil: there are none.
func keyboard(post chat.Post) (*tgbotapi.InlineKeyboardMarkup, error) {
	if len(post.Options) == 0 {
		return nil, nil
	}
	perRow := 2
	for _, o := range post.Options {
		if columns(label(o)) > shortLabel {
			perRow = 1
		}
	}
	return rows(post.ID, post.Options, "", perRow)
}

// settled shows what was chosen, one a row, each marked. Without options it is
// an empty keyboard, which takes away the one that is there.
func settled(post chat.Post) (*tgbotapi.InlineKeyboardMarkup, error) {
	return rows(post.Of, post.Options, mark, 1)
}

// rows makes a keyboard of the options of a post, each label after a lead.
// Options that Telegram has no room for are left away.
func rows(post string, options []chat.Option, lead string, perRow int) (*tgbotapi.InlineKeyboardMarkup, error) {
	k := &tgbotapi.InlineKeyboardMarkup{InlineKeyboard: [][]tgbotapi.InlineKeyboardButton{}}
	for i, o := range options[:min(len(options), buttonsMost)] {
		d, err := data(post, o)
		if err != nil {
			return nil, err
		}
		if i%perRow == 0 {
			k.InlineKeyboard = append(k.InlineKeyboard, nil)
		}
		row := &k.InlineKeyboard[len(k.InlineKeyboard)-1]
		*row = append(*row, tgbotapi.NewInlineKeyboardButtonData(lead+label(o), d))
	}
	return k, nil
}

func label(o chat.Option) string { return cmp.Or(o.Label, o.ID) }

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
