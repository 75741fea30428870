package telegram

import (
	"strconv"
	"time"

	"github.com/s4bot/s4bot/internal/chat"
)

// membership is a change of what the bot may do in a chat.
type membership struct {
	Chat *chatInfo `json:"chat"`
	From *person   `json:"from"` // who changed it
	Date int64     `json:"date"`
	Old  standing  `json:"old_chat_member"`
	New  standing  `json:"new_chat_member"`
}

// standing is what somebody is in a chat.
type standing struct {
	Status string `json:"status"`
	Member bool   `json:"is_member"` // of one who is restricted
}

func (s standing) inside() bool {
	switch s.Status {
	case "creator", "administrator", "member":
		return true
	case "restricted":
		return s.Member
	}
	return false
}

// joined turns the bot's coming into a group into a start by who brought it;
// false: it is another change. Of private chats only their messages count.
func joined(c *membership) (chat.Message, bool) {
	if !c.Chat.group() || c.Old.inside() || !c.New.inside() {
		return chat.Message{}, false
	}
	sender := ""
	switch {
	case c.From != nil && c.From.ID == anonymousAdmin:
		sender = c.Chat.Title
	case c.From != nil:
		sender = c.From.name()
	}
	return chat.Message{
		ID: "joined" + strconv.FormatInt(c.Date, 10), Room: wholeChat(c.Chat.ID), Sender: sender,
		Text: "/start", Group: true, At: time.Unix(c.Date, 0),
	}, true
}
