package telegramtest

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Say writes a text in a chat: a private one if the id is positive, else a
// group. Commands and mentions of the bot become entities.
func (s *Server) Say(chat int64, text string) (updateID int64, messageID int) {
	return s.Write(chat, map[string]any{"text": text})
}

// Write writes a message with fields of the Bot API: for what SendPhoto, Reply and
// the like don't play. Fields given here win over those that every message has.
func (s *Server) Write(chat int64, fields map[string]any) (updateID int64, messageID int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r := s.room(chat)
	m := map[string]any{
		"message_id": r.nextID, "date": time.Now().Unix(), "chat": chatJSON(chat),
		"from": personJSON(chat),
	}
	maps.Copy(m, fields)
	if text, ok := m["text"].(string); ok {
		m["entities"] = entities(text)
	}
	if caption, ok := m["caption"].(string); ok {
		m["caption_entities"] = entities(caption)
	}
	id := r.nextID
	r.nextID++
	s.incoming[messageKey{chat, id}] = marshal(m)
	return s.queueKind("message", m), id
}

// Edit replaces the text of a message that a person wrote, or the caption of one
// that has no text.
func (s *Server) Edit(chat int64, messageID int, text string) (updateID int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var m map[string]any
	if json.Unmarshal(s.incoming[messageKey{chat, messageID}], &m) != nil {
		return 0
	}
	m["edit_date"] = time.Now().Unix()
	if _, written := m["text"]; written {
		m["text"], m["entities"] = text, entities(text)
	} else {
		m["caption"], m["caption_entities"] = text, entities(text)
	}
	s.incoming[messageKey{chat, messageID}] = marshal(m)
	return s.queueKind("edited_message", m)
}

// Tap taps a button of a message that the bot sent; data may be anything, as
// clients may send anything.
func (s *Server) Tap(chat int64, messageID int, data string) (updateID int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lastTap++
	id := "48000" + itoa(s.lastTap)
	s.callbacks[id] = time.Now()
	q := map[string]any{
		"id": id, "chat_instance": "1", "data": data,
		"from": personJSON(chat),
	}
	sent := s.room(chat).sent
	if i := slices.IndexFunc(sent, func(m *Message) bool { return m.ID == messageID }); i >= 0 {
		q["message"] = sent[i].json()
	} else { // too old: Telegram tells only where it was
		q["message"] = map[string]any{"message_id": messageID, "date": 0, "chat": chatJSON(chat)}
	}
	return s.queueKind("callback_query", q)
}

// InjectRaw queues an update as it is. An object without update_id gets the
// next one; other JSON stays as it is. It must be JSON.
func (s *Server) InjectRaw(raw []byte) (updateID int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var fields map[string]json.RawMessage
	id := s.lastID + 1
	if json.Unmarshal(raw, &fields) == nil {
		if given, ok := fields["update_id"]; ok {
			_ = json.Unmarshal(given, &id)
		} else {
			fields["update_id"] = marshal(id)
			raw = marshal(fields)
		}
	}
	s.queueUpdate(id, raw)
	return id
}

// Know makes chats known to the bot without a message.
func (s *Server) Know(chats ...int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range chats {
		s.room(c)
	}
}

// Block lets the person of a private chat block the bot, or unblock it.
func (s *Server) Block(chat int64, blocked bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.room(chat).blocked = blocked
}

// queueKind queues an update of a kind, unless the bot did not ask for the kind;
// then the id is 0. The caller holds the mutex.
func (s *Server) queueKind(kind string, v any) int64 {
	if len(s.allowed) > 0 && !slices.Contains(s.allowed, kind) {
		return 0
	}
	id := s.lastID + 1
	s.queueUpdate(id, marshal(map[string]any{"update_id": id, kind: v}))
	return id
}

// personJSON is who writes in a chat.
func personJSON(chat int64) map[string]any {
	id := chat
	if id < 0 {
		id = 77
	}
	return map[string]any{"id": id, "is_bot": false, "first_name": "Wang", "last_name": "Fang", "language_code": "zh-hans"}
}

func chatJSON(id int64) map[string]any {
	if id > 0 {
		return map[string]any{"id": id, "type": "private", "first_name": "Wang", "last_name": "Fang"}
	}
	return map[string]any{"id": id, "type": "supergroup", "title": "Shop"}
}

var mentionForm = regexp.MustCompile(`@[A-Za-z0-9_]{5,32}`)

// entities finds commands and mentions in a text.
func entities(text string) []map[string]any {
	out := []map[string]any{}
	if strings.HasPrefix(text, "/") {
		out = append(out, map[string]any{"type": "bot_command", "offset": 0, "length": units(strings.Fields(text)[0])})
	}
	for _, at := range mentionForm.FindAllStringIndex(text, -1) {
		if !strings.HasPrefix(text, "/") {
			out = append(out, map[string]any{"type": "mention", "offset": units(text[:at[0]]), "length": at[1] - at[0]})
		}
	}
	return out
}

// marshal turns a value of the server's own into JSON.
func marshal(v any) json.RawMessage {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(err) // the fields that a test gave can't be JSON
	}
	return raw
}
