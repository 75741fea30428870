package telegramtest

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
)

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

// checkCaption says the same of what stands under a file, which may be empty.
func checkCaption(text string) string {
	if units(text) > 1024 {
		return "message caption is too long"
	}
	return ""
}

func sendMessage(s *Server, r *http.Request, p Params) answer {
	return s.send(r, p, &Message{Kind: "text", Text: p.Get("text")}, "entities", checkText(p.Get("text")))
}

func sendLocation(s *Server, r *http.Request, p Params) answer {
	wrong := ""
	lat, err := strconv.ParseFloat(p.Get("latitude"), 64)
	if err != nil || lat < -90 || lat > 90 {
		wrong = "wrong latitude specified"
	}
	lon, err := strconv.ParseFloat(p.Get("longitude"), 64)
	if err != nil || lon < -180 || lon > 180 {
		wrong = "wrong longitude specified"
	}
	m := &Message{Kind: "location", Text: p.Get("latitude") + "," + p.Get("longitude")}
	m.media = map[string]any{"latitude": lat, "longitude": lon}
	return s.send(r, p, m, "", wrong)
}

// send adds a message to its chat unless something is wrong with it or with what
// all messages have. entities is the parameter that holds those of the text.
func (s *Server) send(r *http.Request, p Params, m *Message, entities, wrong string) answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	chat, a, ok := s.writable(p)
	if !ok {
		return a
	}
	m.Chat, m.Header, m.At = chat, r.Header.Clone(), time.Now()
	m.Thread, _ = strconv.Atoi(p.Get("message_thread_id"))
	for _, check := range []func() string{
		func() string { return wrong },
		func() (wrong string) { m.Rows, wrong = readMarkup(p.Get("reply_markup")); return wrong },
		func() (wrong string) { m.Entities, wrong = readEntities(p, entities, m.Text); return wrong },
		func() (wrong string) { m.ReplyTo, wrong = s.readReply(chat, p.Get("reply_parameters")); return wrong },
	} {
		if wrong := check(); wrong != "" {
			return badRequest(wrong)
		}
	}
	to := s.room(chat)
	m.ID = to.nextID
	to.nextID++
	to.sent = append(to.sent, m)
	return result(m.json())
}

// readReply reads strictly what a message answers. What is not there is an error,
// unless the bot allows to send without it. The caller holds the mutex.
func (s *Server) readReply(chat int64, raw string) (id int, wrong string) {
	if raw == "" {
		return 0, ""
	}
	var reply struct {
		ID        int             `json:"message_id"`
		Chat      json.RawMessage `json:"chat_id"`
		Anyway    bool            `json:"allow_sending_without_reply"`
		Quote     string          `json:"quote"`
		ParseMode string          `json:"quote_parse_mode"`
		Entities  []Entity        `json:"quote_entities"`
		Position  int             `json:"quote_position"`
		Task      int             `json:"checklist_task_id"`
	}
	if !strictly(raw, &reply) {
		return 0, "can't parse reply parameters JSON object"
	}
	_, said := s.incoming[messageKey{chat, reply.ID}]
	switch {
	case said || s.sent(chat, reply.ID) != nil:
		return reply.ID, ""
	case reply.Anyway:
		return 0, ""
	}
	return 0, "message to be replied not found"
}
