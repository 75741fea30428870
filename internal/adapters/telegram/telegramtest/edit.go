package telegramtest

import (
	"net/http"
	"reflect"
	"strconv"
	"time"
)

// deletable is how long a bot may delete what it sent.
const deletable = 48 * time.Hour

// edit changes a message that the bot sent. A keyboard that the request does not
// name is taken away.
func (s *Server) edit(p Params, change func(m *Message) (wrong string)) answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	chat, a, ok := s.writable(p)
	if !ok {
		return a
	}
	id, err := strconv.Atoi(p.Get("message_id"))
	if err != nil {
		return badRequest("message identifier is not specified")
	}
	m := s.sent(chat, id)
	if m == nil {
		return badRequest("message to edit not found")
	}
	after, wrong := *m, ""
	if after.Rows, wrong = readMarkup(p.Get("reply_markup")); wrong == "" {
		wrong = change(&after)
	}
	if wrong != "" {
		return badRequest(wrong)
	}
	if reflect.DeepEqual(after, *m) {
		return badRequest("message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message")
	}
	after.Edits++
	*m = after
	return result(m.json())
}

func editMarkup(s *Server, _ *http.Request, p Params) answer {
	return s.edit(p, func(*Message) string { return "" })
}

func editText(s *Server, _ *http.Request, p Params) answer {
	return s.edit(p, func(m *Message) (wrong string) {
		if m.Kind != "text" {
			return "there is no text in the message to edit"
		}
		m.Text = p.Get("text")
		if m.Entities, wrong = readEntities(p, "entities", m.Text); wrong != "" {
			return wrong
		}
		return checkText(m.Text)
	})
}

func editCaption(s *Server, _ *http.Request, p Params) answer {
	return s.edit(p, func(m *Message) (wrong string) {
		if m.Kind == "text" || m.Kind == "sticker" || m.Kind == "location" {
			return "there is no caption in the message to edit"
		}
		m.Text = p.Get("caption")
		if m.Entities, wrong = readEntities(p, "caption_entities", m.Text); wrong != "" {
			return wrong
		}
		return checkCaption(m.Text)
	})
}

func deleteMessage(s *Server, _ *http.Request, p Params) answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	chat, a, ok := s.writable(p)
	if !ok {
		return a
	}
	id, _ := strconv.Atoi(p.Get("message_id"))
	if s.sent(chat, id) == nil {
		return badRequest("message to delete not found")
	}
	return s.erase(chat, []int{id})
}

// deleteMessages passes over what it does not find.
func deleteMessages(s *Server, _ *http.Request, p Params) answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	chat, a, ok := s.writable(p)
	if !ok {
		return a
	}
	var ids []int
	if !strictly(p.Get("message_ids"), &ids) || len(ids) < 1 || len(ids) > 100 {
		return badRequest("can't parse message identifiers")
	}
	return s.erase(chat, ids)
}

// erase deletes messages, or none if one is too old. The caller holds the mutex.
func (s *Server) erase(chat int64, ids []int) answer {
	var found []*Message
	for _, id := range ids {
		m := s.sent(chat, id)
		if m != nil && time.Since(m.At) > deletable {
			return badRequest("message can't be deleted for everyone")
		}
		if m != nil {
			found = append(found, m)
		}
	}
	for _, m := range found {
		m.Deleted = true
	}
	return result(true)
}
