package slacktest

import (
	"encoding/json"
	"net/url"
	"strings"
)

// longest is how long the text of a message may be.
const longest = 40_000

func postMessage(s *Server, p url.Values) answer {
	c, wrong := s.writable(p.Get("channel"))
	if wrong != "" {
		return refuse(wrong)
	}
	m := &Message{Channel: c.id, User: BotUser, Params: p}
	if a := s.compose(m, p); a != nil {
		return a
	}
	if m.Text == "" && m.Blocks == nil {
		return refuse("no_text")
	}
	if thread := p.Get("thread_ts"); thread != "" {
		if wrong := s.reply(c, m, thread); wrong != "" {
			return refuse(wrong)
		}
		m.Broadcast = truthy(p, "reply_broadcast") && m.ThreadTS != ""
	}
	if m.username = p.Get("username"); m.username != "" {
		m.Subtype = "bot_message"
	}
	s.publish(c, m)
	return okay(map[string]any{"channel": c.id, "ts": m.TS, "message": s.json(m)})
}

// reply puts a message into a thread. A reply to a reply goes to the same thread.
func (s *Server) reply(c *channel, m *Message, thread string) (wrong string) {
	parent := c.find(thread)
	switch {
	case !tsForm.MatchString(thread):
		return "invalid_thread_ts"
	case parent == nil && s.StrictThreads:
		return "thread_not_found"
	case parent == nil:
		return ""
	}
	m.ThreadTS = thread
	if parent.ThreadTS != "" {
		m.ThreadTS = parent.ThreadTS
	}
	return ""
}

// compose reads what a message says. nil: all is well. A parameter that is not
// there changes nothing.
func (s *Server) compose(m *Message, p url.Values) answer {
	if p.Has("text") {
		m.Text = p.Get("text")
	}
	if chars(m.Text) > longest {
		return refuse("msg_too_long")
	}
	if p.Has("blocks") {
		blocks, a := readBlocks(s, p.Get("blocks"), 50)
		if a != nil {
			return a
		}
		m.Blocks = blocks
	}
	if p.Has("metadata") {
		metadata, wrong := readMetadata(p.Get("metadata"))
		if wrong != "" {
			return refuse(wrong)
		}
		m.Metadata = metadata
	}
	return nil
}

// publish puts a message where it belongs and tells the bot.
func (s *Server) publish(c *channel, m *Message) {
	m.TS = s.ts()
	if m.Broadcast {
		m.Subtype = "thread_broadcast"
	}
	c.messages = append(c.messages, m)
	s.tellNew(c, m)
}

func postEphemeral(s *Server, p url.Values) answer {
	c, wrong := s.writable(p.Get("channel"))
	if wrong != "" {
		return refuse(wrong)
	}
	if s.users[p.Get("user")] == "" {
		return refuse("user_not_in_channel")
	}
	m := &Message{Channel: c.id, User: BotUser, EphemeralTo: p.Get("user"), Params: p, ThreadTS: p.Get("thread_ts")}
	if a := s.compose(m, p); a != nil {
		return a
	}
	if m.Text == "" && m.Blocks == nil {
		return refuse("no_text")
	}
	s.whisper(m)
	return okay(map[string]any{"message_ts": m.TS})
}

// whisper shows an ephemeral message; the bot is not told.
func (s *Server) whisper(m *Message) {
	m.TS = s.ts()
	s.ephemeral = append(s.ephemeral, m)
}

func getPermalink(s *Server, p url.Values) answer {
	c, wrong := s.readable(p.Get("channel"))
	if wrong != "" {
		return refuse(wrong)
	}
	m := c.find(p.Get("message_ts"))
	if m == nil {
		return refuse("message_not_found")
	}
	link := "https://s4test.slack.com/archives/" + c.id + "/p" + strings.ReplaceAll(m.TS, ".", "")
	if m.ThreadTS != "" {
		link += "?thread_ts=" + m.ThreadTS + "&cid=" + c.id
	}
	return okay(map[string]any{"channel": c.id, "permalink": link})
}

// readMetadata reads a message's metadata: a type and a flat payload.
func readMetadata(raw string) (json.RawMessage, string) {
	var m struct {
		Type    string         `json:"event_type"`
		Payload map[string]any `json:"event_payload"`
	}
	if raw == "{}" {
		return nil, ""
	}
	if json.Unmarshal([]byte(raw), &m) != nil || m.Type == "" || m.Payload == nil {
		return nil, "invalid_metadata_format"
	}
	if len(raw) > 8000 {
		return nil, "metadata_too_large"
	}
	for _, v := range m.Payload {
		switch v.(type) {
		case string, float64, bool:
		default:
			return nil, "invalid_metadata_format"
		}
	}
	return json.RawMessage(raw), ""
}
