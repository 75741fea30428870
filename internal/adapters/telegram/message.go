package telegram

import (
	"strconv"
	"strings"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"github.com/s4bot/s4bot/internal/chat"
)

// room is where a message was written: the chat, or a topic in it.
func room(m *message) chat.Room {
	id := strconv.FormatInt(m.Chat.ID, 10)
	if m.InTopic && m.ThreadID != 0 {
		id += "/" + strconv.Itoa(m.ThreadID)
	}
	return chat.Room{Platform: Platform, ID: id}
}

// place reads a room's id: the chat and the topic, 0 for none.
func place(r chat.Room) (chatID int64, topic int, ok bool) {
	id, thread, inTopic := strings.Cut(r.ID, "/")
	chatID, err := strconv.ParseInt(id, 10, 64)
	if err == nil && inTopic {
		topic, err = strconv.Atoi(thread)
	}
	return chatID, topic, err == nil && chatID != 0
}

// heard turns a message into one of ours; false: it is not for the bot.
func (a *Adapter) heard(m *message, edited bool) (chat.Message, bool) {
	if m.From == nil || m.From.IsBot || service(m) {
		return chat.Message{}, false
	}
	text := m.Text
	if text == "" {
		text = m.Caption
	}
	if !m.Chat.IsPrivate() {
		if !a.addressed(m) {
			return chat.Message{}, false
		}
		text = a.withoutMention(text)
	}
	at := m.Date
	if edited && m.EditDate != 0 {
		at = m.EditDate
	}
	return chat.Message{
		ID: strconv.Itoa(m.MessageID), Room: room(m), Sender: name(m.From),
		Text: plainCommand(text), Edited: edited, At: time.Unix(int64(at), 0),
	}, true
}

// tapped turns a tap into a message; false: it belongs to no chat.
func tapped(c *callback, now time.Time) (chat.Message, bool) {
	if c.Message == nil || c.From.IsBot {
		return chat.Message{}, false
	}
	post, option := readData(c.Data)
	return chat.Message{
		ID: "cb" + c.ID, Room: room(c.Message), Sender: name(c.From),
		Choice: option, Post: post, At: now,
	}, option != ""
}

// service says that Telegram wrote the message, not a person: somebody joined,
// a message was pinned.
func service(m *message) bool {
	return len(m.NewChatMembers) > 0 || m.LeftChatMember != nil || m.NewChatTitle != "" ||
		len(m.NewChatPhoto) > 0 || m.DeleteChatPhoto || m.GroupChatCreated || m.SuperGroupChatCreated ||
		m.ChannelChatCreated || m.MessageAutoDeleteTimerChanged != nil || m.MigrateToChatID != 0 ||
		m.MigrateFromChatID != 0 || m.PinnedMessage != nil || m.ConnectedWebsite != ""
}

// name is what people call somebody.
func name(u *tgbotapi.User) string {
	if full := strings.TrimSpace(u.FirstName + " " + u.LastName); full != "" {
		return full
	}
	return u.UserName
}

// plainCommand takes the bot's name off a command: "/human@s4bot" is "/human".
func plainCommand(text string) string {
	if !strings.HasPrefix(text, "/") {
		return text
	}
	end := strings.IndexAny(text, " \n\t")
	if end < 0 {
		end = len(text)
	}
	word, _, _ := strings.Cut(text[:end], "@")
	return word + text[end:]
}
