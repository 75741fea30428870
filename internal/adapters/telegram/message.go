package telegram

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"github.com/s4bot/s4bot/internal/chat"
)

// room is where a message was written: the chat, or a topic in it.
func room(m *message) chat.Room {
	r := wholeChat(m.Chat.ID)
	if m.InTopic && m.ThreadID != 0 {
		r.ID += "/" + strconv.Itoa(m.ThreadID)
	}
	return r
}

// messageID names a message in a conversation. In a group the chat stands before
// it, as in a reference: one that moves counts its messages anew.
func messageID(c *chatInfo, id int) string {
	if c.private() {
		return strconv.Itoa(id)
	}
	return strconv.FormatInt(c.ID, 10) + ":" + strconv.Itoa(id)
}

// messageIn gives the number of a message of a chat; 0: it is in another one.
func messageIn(chatID int64, id string) int {
	if where, rest, ok := strings.Cut(id, ":"); ok {
		if where != strconv.FormatInt(chatID, 10) {
			return 0
		}
		id = rest
	}
	n, _ := strconv.Atoi(id)
	return n
}

// wholeChat is the room of a chat, without topics.
func wholeChat(id int64) chat.Room {
	return chat.Room{Platform: Platform, ID: strconv.FormatInt(id, 10)}
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

// heard turns a message into one of ours; false: it is not for the bot. An edit
// of a location is somebody who walks, not somebody who says something.
func (a *Adapter) heard(m *message, edited bool) (chat.Message, bool) {
	sender, ok := author(m)
	if !ok || service(m) || edited && m.has("location") {
		return chat.Message{}, false
	}
	text, group := cmp.Or(m.Text, m.Caption), !m.Chat.private()
	if group {
		if !a.meant(m) {
			return chat.Message{}, false
		}
		text = a.withoutMention(text)
	}
	out := chat.Message{
		ID: messageID(m.Chat, m.MessageID), Room: room(m), Sender: sender,
		Text: plainCommand(text), Edited: edited, Files: files(m), Album: album(m),
		Forwarded: forwarded(m), Group: group, Lang: m.From.Lang, At: written(m, edited),
	}
	out.ReplyTo, out.Quote = reply(m)
	return out, true
}

// written is when a message, or its edit, was written.
func written(m *message, edited bool) time.Time {
	at := int64(m.Date)
	var changed int64
	if edited && m.part("edit_date", &changed) && changed != 0 {
		at = changed
	}
	return time.Unix(at, 0)
}

// forwarded says that somebody else wrote the text: in the words of today's Bot
// API, or in those before 7.0, which servers of one's own may still use.
func forwarded(m *message) bool {
	return m.has("forward_origin", "forward_date", "forward_from", "forward_from_chat", "forward_sender_name")
}

// tapped turns a tap into a message; false: it belongs to no chat. Of a message
// that is too old Telegram tells the place alone, and that is enough.
func tapped(c *callback, now time.Time) (chat.Message, bool) {
	if c.Message == nil || c.From.IsBot {
		return chat.Message{}, false
	}
	post, option := readData(c.Data)
	return chat.Message{
		ID: "cb" + c.ID, Room: room(c.Message), Sender: c.From.name(),
		Choice: option, Post: post, ReplyTo: messageID(c.Message.Chat, c.Message.MessageID),
		Group: !c.Message.Chat.private(), Lang: c.From.Lang, At: now,
	}, option != ""
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
