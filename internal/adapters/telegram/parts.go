package telegram

import (
	"encoding/json"
	"strings"
)

// message is what a message is nothing without. All else stays as it came and is
// read where it is needed, so that a surprise in one part, such as a new shape
// of a poll, costs that part and not the words beside it.
type message struct {
	MessageID int       `json:"message_id"`
	Chat      *chatInfo `json:"chat"`
	From      *person   `json:"from"`
	Date      int       `json:"date"`
	ThreadID  int       `json:"message_thread_id"`
	InTopic   bool      `json:"is_topic_message"`
	Text      string    `json:"text"`
	Caption   string    `json:"caption"`

	parts map[string]json.RawMessage // all fields by their names
}

// UnmarshalJSON implements json.Unmarshaler.
func (m *message) UnmarshalJSON(raw []byte) error {
	type plain message
	if err := json.Unmarshal(raw, (*plain)(m)); err != nil {
		return err
	}
	return json.Unmarshal(raw, &m.parts)
}

// placed says that it is known which message of which chat this is.
func (m *message) placed() bool { return m.Chat != nil && m.Chat.ID != 0 && m.MessageID != 0 }

// part reads a part of the message into v; false: it is not there, or is not
// what the Bot API says it is, and then v means nothing.
func (m *message) part(name string, v any) bool {
	return m.has(name) && json.Unmarshal(m.parts[name], v) == nil
}

// has says that the message has one of the parts, whatever is in it.
func (m *message) has(names ...string) bool {
	for _, name := range names {
		if raw := string(m.parts[name]); raw != "" && raw != "null" && raw != "false" {
			return true
		}
	}
	return false
}

// chatInfo is a chat as a message names it.
type chatInfo struct {
	ID    int64  `json:"id"`
	Type  string `json:"type"`
	Title string `json:"title"`
}

// private says that one person writes in the chat. Chats of people have positive
// ids, should a server leave the type away.
func (c *chatInfo) private() bool { return c.Type == "private" || c.Type == "" && c.ID > 0 }

func (c *chatInfo) group() bool { return c.Type == "group" || c.Type == "supergroup" }

// person is somebody on Telegram: a human, or a program.
type person struct {
	ID        int64  `json:"id"`
	IsBot     bool   `json:"is_bot"`
	FirstName string `json:"first_name"`
	LastName  string `json:"last_name"`
	UserName  string `json:"username"`
	Lang      string `json:"language_code"`
}

// name is what people call somebody.
func (p *person) name() string {
	if full := strings.TrimSpace(p.FirstName + " " + p.LastName); full != "" {
		return full
	}
	return p.UserName
}
