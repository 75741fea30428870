package telegram

import (
	"encoding/json"
	"errors"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
)

// wanted are the kinds of updates that Telegram is asked for.
const wanted = `["message","edited_message","callback_query"]`

// update is what we read of an update. Kinds that are not named here are
// tolerated: they leave it empty.
type update struct {
	Message       *message  `json:"message"`
	EditedMessage *message  `json:"edited_message"`
	CallbackQuery *callback `json:"callback_query"`
}

// message is the library's message with what it does not know yet.
type message struct {
	tgbotapi.Message
	ThreadID int  `json:"message_thread_id"`
	InTopic  bool `json:"is_topic_message"`
}

// callback is a tap on a button.
type callback struct {
	tgbotapi.CallbackQuery
	Message *message `json:"message"`
}

var errNoID = errors.New("the update has no id")

// updateID reads the id alone, so that an update can be passed over whatever
// else is in it.
func updateID(raw json.RawMessage) (int64, error) {
	var u struct {
		ID *int64 `json:"update_id"`
	}
	if err := json.Unmarshal(raw, &u); err != nil {
		return 0, err
	}
	if u.ID == nil {
		return 0, errNoID
	}
	return *u.ID, nil
}

// decode reads an update. What lacks a part that the Bot API promises counts
// as undecodable.
func decode(raw json.RawMessage) (update, error) {
	var u update
	if err := json.Unmarshal(raw, &u); err != nil {
		return update{}, err
	}
	for _, m := range []*message{u.Message, u.EditedMessage} {
		if m != nil && (m.Chat == nil || m.Chat.ID == 0 || m.MessageID == 0) {
			return update{}, errors.New("the message has no chat or no id")
		}
	}
	if c := u.CallbackQuery; c != nil {
		if c.ID == "" || c.From == nil || c.Message != nil && c.Message.Chat == nil {
			return update{}, errors.New("the tap has no id, sender or chat")
		}
	}
	return u, nil
}
