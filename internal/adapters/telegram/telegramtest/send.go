package telegramtest

import (
	"maps"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
)

// Message is a message that the bot sent, as it is now.
type Message struct {
	ID     int
	Chat   int64
	Thread int
	Text   string
	Rows   [][]Button
	Header http.Header // of the request
	At     time.Time
	Edits  int
}

// Button is one button under a message.
type Button struct{ Label, Data string }

// Options are the buttons in order, whatever their rows.
func (m Message) Options() []Button { return slices.Concat(m.Rows...) }

// Sent gives what the bot sent to a chat, in order.
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

// Chats gives the chats that the server knows, in no order.
func (s *Server) Chats() []int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Collect(maps.Keys(s.chats))
}

func units(text string) int { return len(utf16.Encode([]rune(text))) }

// writable gives the chat that a call names; false: the answer says why the
// bot can't write there. The caller holds the mutex.
func (s *Server) writable(p Params) (int64, answer, bool) {
	if p.Get("chat_id") == "" {
		return 0, badRequest("chat_id is empty"), false
	}
	id, err := strconv.ParseInt(p.Get("chat_id"), 10, 64)
	r := s.chats[id]
	switch {
	case err != nil || r == nil:
		return 0, badRequest("chat not found"), false
	case r.blocked:
		return 0, refuse(403, "Forbidden: bot was blocked by the user"), false
	case r.migrated != 0:
		a := badRequest("group chat was upgraded to a supergroup chat")
		a.Parameters = &extraAnswer{MigrateTo: r.migrated}
		return 0, a, false
	}
	return id, answer{}, true
}

// checkText says what is wrong with a text; empty: nothing.
func checkText(text string) string {
	switch {
	case strings.TrimSpace(text) == "":
		return "message text is empty"
	case units(text) > 4096:
		return "message is too long"
	}
	return ""
}

func sendMessage(s *Server, r *http.Request, p Params) answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	chat, a, ok := s.writable(p)
	if !ok {
		return a
	}
	if wrong := checkText(p.Get("text")); wrong != "" {
		return badRequest(wrong)
	}
	rows, wrong := readMarkup(p.Get("reply_markup"))
	if wrong != "" {
		return badRequest(wrong)
	}
	thread, _ := strconv.Atoi(p.Get("message_thread_id"))
	to := s.room(chat)
	m := &Message{ID: to.nextID, Chat: chat, Thread: thread, Text: p.Get("text"), Rows: rows, Header: r.Header.Clone(), At: time.Now()}
	to.nextID++
	to.sent = append(to.sent, m)
	return result(m.json())
}

// json is the message as the Bot API shows it.
func (m *Message) json() map[string]any {
	out := map[string]any{
		"message_id": m.ID, "date": m.At.Unix(), "text": m.Text, "chat": chatJSON(m.Chat),
		"from": map[string]any{"id": BotID, "is_bot": true, "first_name": "S4", "username": Username},
	}
	if m.Thread != 0 {
		out["message_thread_id"], out["is_topic_message"] = m.Thread, true
	}
	if len(m.Rows) > 0 {
		out["reply_markup"] = map[string]any{"inline_keyboard": markupJSON(m.Rows)}
	}
	return out
}

// edit changes a message that the bot sent.
func (s *Server) edit(p Params, change func(m *Message)) answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	chat, a, ok := s.writable(p)
	if !ok {
		return a
	}
	id, _ := strconv.Atoi(p.Get("message_id"))
	sent := s.room(chat).sent
	i := slices.IndexFunc(sent, func(m *Message) bool { return m.ID == id })
	if i < 0 {
		return badRequest("message to edit not found")
	}
	m := sent[i]
	before := *m
	rows, wrong := readMarkup(p.Get("reply_markup"))
	if wrong != "" {
		return badRequest(wrong)
	}
	m.Rows = rows
	change(m)
	if reflect.DeepEqual(before, *m) {
		return badRequest("message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message")
	}
	m.Edits++
	return result(m.json())
}

func editMarkup(s *Server, _ *http.Request, p Params) answer {
	return s.edit(p, func(*Message) {})
}

func editText(s *Server, _ *http.Request, p Params) answer {
	if wrong := checkText(p.Get("text")); wrong != "" {
		return badRequest(wrong)
	}
	return s.edit(p, func(m *Message) { m.Text = p.Get("text") })
}
