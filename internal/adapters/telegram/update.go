package telegram

import (
	"encoding/json"
	"errors"
)

// wanted are the kinds of updates that Telegram is asked for.
const wanted = `["message","edited_message","callback_query","my_chat_member"]`

// update is what we read of an update. Kinds that are not named here are
// tolerated: they leave it empty.
type update struct {
	Message       *message    `json:"message"`
	EditedMessage *message    `json:"edited_message"`
	CallbackQuery *callback   `json:"callback_query"`
	Membership    *membership `json:"my_chat_member"`
}

// callback is a tap on a button. Without a message it was under one that is in
// no chat of the bot.
type callback struct {
	ID      string   `json:"id"`
	From    *person  `json:"from"`
	Message *message `json:"message"`
	Data    string   `json:"data"`
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

// decode reads an update. What lacks a part that the Bot API promises, and that
// the bot can't do without, counts as undecodable.
func decode(raw json.RawMessage) (update, error) {
	var u update
	if err := json.Unmarshal(raw, &u); err != nil {
		return update{}, err
	}
	for _, m := range []*message{u.Message, u.EditedMessage} {
		if m != nil && !m.placed() {
			return update{}, errors.New("the message has no chat or no id")
		}
	}
	if c := u.CallbackQuery; c != nil && (c.ID == "" || c.From == nil || c.Message != nil && !c.Message.placed()) {
		return update{}, errors.New("the tap has no id, sender or chat")
	}
	if m := u.Membership; m != nil && (m.Chat == nil || m.Chat.ID == 0) {
		return update{}, errors.New("the membership has no chat")
	}
	return u, nil
}
