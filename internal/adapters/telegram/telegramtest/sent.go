package telegramtest

import (
	"maps"
	"net/http"
	"slices"
	"time"
)

// Message is a message that the bot sent, as it is now.
type Message struct {
	ID     int
	Chat   int64
	Thread int
	// Kind is "text", "location" or what the Bot API calls the file: "photo",
	// "document" and so on. Text is then what stands under it; of a location it is
	// "latitude,longitude".
	Kind     string
	Text     string
	Entities []Entity // of Text
	Rows     [][]Button
	ReplyTo  int // the message that it answers; 0: none
	// What a file is: its name where the bot uploaded it, and its content.
	FileName string
	File     []byte
	Header   http.Header // of the request
	At       time.Time
	Edits    int
	Deleted  bool

	media any // the file as the Bot API shows it
}

// Button is one button under a message.
type Button struct{ Label, Data string }

// Options are the buttons in order, whatever their rows.
func (m Message) Options() []Button { return slices.Concat(m.Rows...) }

// Sent gives what the bot sent to a chat, in order, with what it deleted since.
func (s *Server) Sent(chat int64) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []Message
	if r := s.chats[chat]; r != nil {
		for _, m := range r.sent {
			out = append(out, *m)
		}
	}
	return out
}

// Age makes a message that the bot sent older.
func (s *Server) Age(chat int64, messageID int, by time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if m := s.sent(chat, messageID); m != nil {
		m.At = m.At.Add(-by)
	}
}

// Chats gives the chats that the server knows, in no order.
func (s *Server) Chats() []int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Collect(maps.Keys(s.chats))
}

// sent gives a message of the bot that is not deleted; nil: there is none. The
// caller holds the mutex.
func (s *Server) sent(chat int64, id int) *Message {
	for _, m := range s.room(chat).sent {
		if m.ID == id && !m.Deleted {
			return m
		}
	}
	return nil
}

// json is the message as the Bot API shows it.
func (m *Message) json() map[string]any {
	out := map[string]any{
		"message_id": m.ID, "date": m.At.Unix(), "chat": chatJSON(m.Chat),
		"from": map[string]any{"id": BotID, "is_bot": true, "first_name": "S4", "username": Username},
	}
	words, entities := "text", "entities"
	if m.Kind != "text" {
		out[m.Kind] = m.media
		words, entities = "caption", "caption_entities"
	}
	if m.Text != "" && m.Kind != "location" {
		out[words] = m.Text
	}
	if len(m.Entities) > 0 {
		out[entities] = m.Entities
	}
	if m.Thread != 0 {
		out["message_thread_id"], out["is_topic_message"] = m.Thread, true
	}
	if len(m.Rows) > 0 {
		out["reply_markup"] = map[string]any{"inline_keyboard": markupJSON(m.Rows)}
	}
	return out
}
