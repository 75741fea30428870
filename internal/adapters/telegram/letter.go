package telegram

import (
	"errors"
	"strconv"
	"strings"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
)

// letter is one message on its way out.
type letter struct {
	chat     int64
	topic    int
	edits    int // the message whose place it takes; 0: it is a new one
	form     form
	text     string // of a file: what stands under it
	entities []tgbotapi.MessageEntity
	keyboard *tgbotapi.InlineKeyboardMarkup
	replyTo  int       // the message that it answers; 0: none
	file     *parcel   // nil: none
	by       carrier   // how the file goes
	spot     *position // nil: it says no place
}

// method is the method of the Bot API that sends the letter.
func (l letter) method() string {
	switch {
	case l.edits != 0 && l.form == asCaption:
		return "editMessageCaption"
	case l.edits != 0:
		return "editMessageText"
	case l.file != nil:
		return l.by.method
	case l.spot != nil:
		return "sendLocation"
	}
	return "sendMessage"
}

// params are the parameters of the method, but for a file to upload. There is no
// parse_mode, so that the text arrives to the letter.
func (l letter) params() (params, error) {
	q := params{"chat_id": strconv.FormatInt(l.chat, 10)}
	q.AddNonZero("message_id", l.edits)
	if l.edits == 0 {
		q.AddNonZero("message_thread_id", l.topic)
	}
	words, entities := "text", "entities"
	if l.form == asCaption || l.file != nil {
		words, entities = "caption", "caption_entities"
	}
	q.AddNonEmpty(words, l.text)
	if l.spot != nil {
		q["latitude"], q["longitude"] = l.spot.latitude, l.spot.longitude
	}
	return q, errors.Join(
		addUnless(l.keyboard == nil, q, "reply_markup", l.keyboard),
		addUnless(len(l.entities) == 0, q, entities, l.entities),
		addUnless(l.replyTo == 0, q, "reply_parameters", map[string]any{"message_id": l.replyTo, "allow_sending_without_reply": true}),
	)
}

func addUnless(absent bool, q params, name string, v any) error {
	if absent {
		return nil
	}
	return q.AddInterface(name, v)
}

// simpler leaves away what a refusal may be about, or sends a file as a plain
// one; false: there is nothing more to leave away.
func (l letter) simpler(p *problem) (letter, bool) {
	switch {
	case l.edits != 0 && (says(p, "message to edit") || says(p, "can't be edited") || says(p, "message_id_invalid")):
		return l, false
	case l.by.disliked(p):
		l.by = asDocument
	case l.entities != nil && strings.Contains(strings.ToLower(p.text), "entit"):
		l.entities = nil
	case l.entities != nil || l.keyboard != nil || l.replyTo != 0:
		l.entities, l.keyboard, l.replyTo = nil, nil, 0
	default:
		return l, false
	}
	return l, true
}
