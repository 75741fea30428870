package slacktest

import (
	"net/url"
	"regexp"
)

var tsForm = regexp.MustCompile(`^\d{10}\.\d{6}$`)

// own finds a message of the bot that it may change. Not "": what is wrong.
func (s *Server) own(p url.Values, cant string) (*channel, *Message, string) {
	if _, isUser := s.users[p.Get("channel")]; isUser {
		return nil, nil, "channel_not_found" // only messages can be sent to a user's id
	}
	c, wrong := s.writable(p.Get("channel"))
	if wrong != "" {
		return nil, nil, wrong
	}
	m := c.find(p.Get("ts"))
	switch {
	case m == nil || m.Subtype == "tombstone":
		return nil, nil, "message_not_found"
	case m.User != BotUser:
		return nil, nil, cant
	}
	return c, m, ""
}

// updateMessage changes a message of the bot. What the call does not name stays, but
// a text alone takes the blocks away. A message
// with blocks does not show that it was edited.
func updateMessage(s *Server, p url.Values) answer {
	c, m, wrong := s.own(p, "cant_update_message")
	if wrong != "" {
		return refuse(wrong)
	}
	after := *m
	if p.Has("text") && !p.Has("blocks") {
		after.Blocks = nil
	}
	if a := s.compose(&after, p); a != nil {
		return a
	}
	if after.Text == "" && after.Blocks == nil && len(after.Files) == 0 {
		return refuse("no_text")
	}
	before := s.json(m)
	*m = after
	m.Edits++
	if m.Blocks == nil {
		m.editedBy, m.editedAt = BotUser, s.ts()
	}
	s.tellChanged(c, m, before)
	return okay(map[string]any{"channel": c.id, "ts": m.TS, "text": m.Text, "message": s.json(m)})
}

func deleteMessage(s *Server, p url.Values) answer {
	c, m, wrong := s.own(p, "cant_delete_message")
	if wrong != "" {
		return refuse(wrong)
	}
	s.erase(c, m)
	return okay(map[string]any{"channel": c.id, "ts": m.TS})
}

// erase deletes a message. The first of a thread that has replies stays as a
// tombstone.
func (s *Server) erase(c *channel, m *Message) {
	before := s.json(m)
	if m.ThreadTS == "" && len(c.thread(m.TS)) > 0 {
		m.Subtype, m.Text, m.User = "tombstone", "This message was deleted.", "USLACKBOT"
		m.Blocks, m.Metadata, m.Files, m.Reactions = nil, nil, nil, nil
		s.tellChanged(c, m, before)
		return
	}
	m.Deleted = true
	s.tellDeleted(c, m, before)
}
