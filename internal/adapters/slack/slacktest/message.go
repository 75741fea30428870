package slacktest

import (
	"encoding/json"
	"net/url"
	"slices"
)

// Message is a message as it is now.
type Message struct {
	TS, ThreadTS string // ThreadTS: of a reply, the message that opens the thread
	Channel      string
	User         string // who wrote it: BotUser for the bot's
	Subtype      string
	Text         string
	Blocks       json.RawMessage
	Metadata     json.RawMessage
	Reactions    []Reaction
	Files        []File
	Broadcast    bool   // a reply that the channel sees too
	EphemeralTo  string // the only one who sees it; empty: all do
	Edits        int
	Deleted      bool
	Params       url.Values // of the call that sent it; nil: a person did

	clientID string // of a person's
	username string // that the bot took on
	editedBy string
	editedAt string
	preview  bool // Slack added one
}

// Reaction is an emoji under a message and who put it there.
type Reaction struct {
	Name  string
	Users []string
}

// ChannelView is what a test reads of a channel.
type ChannelView struct {
	s  *Server
	id string
}

// Channel gives a channel, also a direct one: see Person.DMChannel.
func (s *Server) Channel(id string) ChannelView { return ChannelView{s, id} }

// Messages gives everything in the channel, replies and deleted messages too, in
// order of time, but nothing ephemeral.
func (c ChannelView) Messages() []Message {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	place := c.s.channels[c.id]
	if place == nil {
		return nil
	}
	return c.s.clones(place.messages)
}

// Top gives the messages that are not replies and not deleted.
func (c ChannelView) Top() []Message {
	return slices.DeleteFunc(c.Messages(), func(m Message) bool { return m.Deleted || m.ThreadTS != "" })
}

// Thread gives the replies of a thread that are not deleted.
func (c ChannelView) Thread(ts string) []Message {
	return slices.DeleteFunc(c.Messages(), func(m Message) bool { return m.Deleted || m.ThreadTS != ts })
}

// Message gives one message, also a deleted one; false: there never was one.
func (c ChannelView) Message(ts string) (Message, bool) {
	for _, m := range c.Messages() {
		if m.TS == ts {
			return m, true
		}
	}
	return Message{}, false
}

// Ephemerals gives what only this person sees, in all channels, in order, with what
// was deleted since.
func (s *Server) Ephemerals(user string) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.DeleteFunc(s.clones(s.ephemeral), func(m Message) bool { return m.EphemeralTo != user })
}

// clones gives messages for good; the caller holds the mutex.
func (s *Server) clones(list []*Message) (out []Message) {
	for _, m := range list {
		c := *m
		c.Reactions, c.Files = nil, nil
		for _, f := range m.Files {
			c.Files = append(c.Files, s.files[f.ID].File)
		}
		for _, r := range m.Reactions {
			c.Reactions = append(c.Reactions, Reaction{r.Name, slices.Clone(r.Users)})
		}
		out = append(out, c)
	}
	return out
}

// json is the message as Slack shows it. The caller holds the mutex.
func (s *Server) json(m *Message) map[string]any {
	out := map[string]any{"type": "message", "user": m.User, "ts": m.TS, "text": m.Text, "team": TeamID}
	if m.ThreadTS != "" {
		out["thread_ts"] = m.ThreadTS
		if c := s.channels[m.Channel]; c != nil && c.find(m.ThreadTS) != nil {
			out["parent_user_id"] = c.find(m.ThreadTS).User
		}
	}
	s.showAuthor(m, out)
	s.showParts(m, out)
	s.showThread(m, out)
	return out
}

// showAuthor adds what tells a bot from a person. Files that a bot shared have no
// bot_id.
func (s *Server) showAuthor(m *Message, out map[string]any) {
	if m.Subtype != "" {
		out["subtype"] = m.Subtype
	}
	if m.clientID != "" {
		out["client_msg_id"] = m.clientID
	}
	if m.User == BotUser && m.Subtype != "file_share" {
		out["bot_id"], out["app_id"] = BotID, AppID
		out["bot_profile"] = map[string]any{"id": BotID, "app_id": AppID, "name": "s4bot", "team_id": TeamID}
	}
	if m.username != "" {
		out["username"] = m.username
		delete(out, "user")
	}
}

func (s *Server) showParts(m *Message, out map[string]any) {
	if m.Blocks != nil {
		out["blocks"] = m.Blocks
	}
	if m.Metadata != nil {
		out["metadata"] = m.Metadata
	}
	if len(m.Files) > 0 {
		var files []any
		for _, f := range m.Files {
			files = append(files, s.files[f.ID].json(s.URL))
		}
		out["files"], out["upload"] = files, false
	}
	if m.editedBy != "" {
		out["edited"] = map[string]any{"user": m.editedBy, "ts": m.editedAt}
	}
	if m.preview {
		out["attachments"] = []any{map[string]any{"id": 1, "from_url": "https://example.com/", "title": "Example"}}
	}
	var reactions []any
	for _, r := range m.Reactions {
		reactions = append(reactions, map[string]any{"name": r.Name, "users": slices.Clone(r.Users), "count": len(r.Users)})
	}
	if reactions != nil {
		out["reactions"] = reactions
	}
}

// showThread adds what the first message of a thread tells about it.
func (s *Server) showThread(m *Message, out map[string]any) {
	c := s.channels[m.Channel]
	if c == nil || m.ThreadTS != "" || m.EphemeralTo != "" {
		return
	}
	if thread := c.thread(m.TS); len(thread) > 0 {
		out["thread_ts"], out["reply_count"], out["latest_reply"] = m.TS, len(thread), thread[len(thread)-1].TS
	}
}
