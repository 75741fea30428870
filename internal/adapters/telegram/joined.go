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

// outside says so for sure: there may be more ways to stand than are known here.
func (s standing) outside() bool {
	return s.Status == "left" || s.Status == "kicked" || s.Status == "restricted" && !s.Member
}

// moved turns the bot's coming into a group into a start by who brought it, and being
// blocked or put out into the end of all sending; false: it is another change. Of who
// comes back to a private chat the messages tell.
func moved(c *membership) (chat.Message, bool) {
	switch {
	case c.Old.inside() == c.New.inside():
		return chat.Message{}, false
	case c.New.outside() && (c.Chat.group() || c.Chat.private()):
		return chat.Message{
			ID: "left" + strconv.FormatInt(c.Date, 10), Room: wholeChat(c.Chat.ID), Group: c.Chat.group(), Left: true, At: time.Unix(c.Date, 0),
		}, true
	case !c.New.inside() || !c.Chat.group():
		return chat.Message{}, false
	}
	sender, lang := "", ""
	switch {
	case c.From != nil && c.From.ID == anonymousAdmin:
		sender = c.Chat.Title
	case c.From != nil:
		sender, lang = c.From.name(), c.From.Lang
	}
	return chat.Message{
		ID: "joined" + strconv.FormatInt(c.Date, 10), Room: wholeChat(c.Chat.ID), Sender: sender,
		Text: "/start", Group: true, Lang: lang, At: time.Unix(c.Date, 0),
	}, true
}
