package slacktest

import (
	"net/url"
	"slices"
	"strings"
)

// channel is a place where people write.
type channel struct {
	id, name         string
	member, archived bool
	messages         []*Message
}

// AddChannel makes a channel, such as "C0DESK", of which the bot is a member; one
// that begins with G is private.
func (s *Server) AddChannel(id, name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.channels[id] = &channel{id: id, name: name, member: true}
}

// Archive archives a channel.
func (s *Server) Archive(channel string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.place(channel).archived = true
}

// Kick removes the bot from a channel; it hears no more of it.
func (s *Server) Kick(channel string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.place(channel).member = false
}

// Invite brings the bot into a channel.
func (s *Server) Invite(channel string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.place(channel).member = true
}

// place gives a channel, known from now on; the caller holds the mutex.
func (s *Server) place(id string) *channel {
	c := s.channels[id]
	if c == nil {
		c = &channel{id: id, name: strings.ToLower(id), member: true}
		s.channels[id] = c
	}
	return c
}

// kind is what events call the channel's kind.
func (c *channel) kind() string {
	switch c.id[0] {
	case 'D':
		return "im"
	case 'G':
		return "group"
	}
	return "channel"
}

// find gives a message that is not deleted; nil: there is none.
func (c *channel) find(ts string) *Message {
	for _, m := range c.messages {
		if m.TS == ts && !m.Deleted {
			return m
		}
	}
	return nil
}

// thread gives the replies of a thread that are not deleted.
func (c *channel) thread(ts string) (out []*Message) {
	for _, m := range c.messages {
		if m.ThreadTS == ts && m.TS != ts && !m.Deleted {
			out = append(out, m)
		}
	}
	return out
}

// readable finds a channel that the bot may read; a user's id means the direct
// channel with them. Not "": what is wrong.
func (s *Server) readable(id string) (*channel, string) {
	if _, isUser := s.users[id]; isUser && id != BotUser {
		id = dmOf(id)
		return s.place(id), ""
	}
	c := s.channels[id]
	switch {
	case c == nil:
		return nil, "channel_not_found"
	case !c.member && c.kind() != "channel":
		return nil, "channel_not_found"
	case !c.member:
		return nil, "not_in_channel"
	}
	return c, ""
}

// writable finds a channel that the bot may write in.
func (s *Server) writable(id string) (*channel, string) {
	c, wrong := s.readable(id)
	if wrong == "" && c.archived {
		wrong = "is_archived"
	}
	return c, wrong
}

// dmOf is the direct channel of a user.
func dmOf(user string) string { return "D" + user[1:] }

func (c *channel) json() map[string]any {
	return map[string]any{
		"id": c.id, "name": c.name, "is_channel": c.kind() == "channel", "is_im": c.kind() == "im", "is_private": c.kind() == "group",
		"is_member": c.member, "is_archived": c.archived,
	}
}

func channelInfo(s *Server, p url.Values) answer {
	c := s.channels[p.Get("channel")]
	if c == nil || !c.member && c.kind() != "channel" {
		return refuse("channel_not_found")
	}
	return okay(map[string]any{"channel": c.json()})
}

func openDM(s *Server, p url.Values) answer {
	id := p.Get("channel")
	if users := strings.Split(p.Get("users"), ","); p.Has("users") {
		if slices.ContainsFunc(users, func(u string) bool { return s.users[u] == "" }) {
			return refuse("user_not_found")
		}
		id = dmOf(users[0])
		s.place(id)
	}
	c := s.channels[id]
	if c == nil {
		return refuse("channel_not_found")
	}
	return okay(map[string]any{"channel": c.json()})
}

func joinChannel(s *Server, p url.Values) answer {
	c := s.channels[p.Get("channel")]
	switch {
	case c == nil || c.kind() == "group" && !c.member:
		return refuse("channel_not_found")
	case c.archived:
		return refuse("is_archived")
	case c.kind() != "channel":
		return refuse("method_not_supported_for_channel_type")
	}
	a := okay(map[string]any{"channel": c.json()})
	if c.member {
		a["warning"] = "already_in_channel"
	}
	c.member = true
	return a
}
