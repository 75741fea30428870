package slacktest

import (
	"net/url"
	"regexp"
	"slices"
)

// emojiForm is what the name of an emoji looks like; any that does exists.
var emojiForm = regexp.MustCompile(`^[a-z0-9_+'-]{1,100}(::skin-tone-[2-6])?$`)

func addReaction(s *Server, p url.Values) answer {
	m, a := s.reactable(p)
	if m == nil {
		return a
	}
	if !m.react(BotUser, p.Get("name")) {
		return refuse("already_reacted")
	}
	return okay(nil)
}

func removeReaction(s *Server, p url.Values) answer {
	m, a := s.reactable(p)
	if m == nil {
		return a
	}
	for i, r := range m.Reactions {
		if r.Name == p.Get("name") && slices.Contains(r.Users, BotUser) {
			m.unreact(i)
			return okay(nil)
		}
	}
	return refuse("no_reaction")
}

// reactable finds the message that a call is about.
func (s *Server) reactable(p url.Values) (*Message, answer) {
	c, wrong := s.writable(p.Get("channel"))
	if wrong != "" {
		return nil, refuse(wrong)
	}
	if !emojiForm.MatchString(p.Get("name")) {
		return nil, refuse("invalid_name")
	}
	if m := c.find(p.Get("timestamp")); m != nil {
		return m, nil
	}
	return nil, refuse("message_not_found")
}

// react adds a reaction; false: it was there.
func (m *Message) react(user, name string) bool {
	for i, r := range m.Reactions {
		if r.Name == name {
			if slices.Contains(r.Users, user) {
				return false
			}
			m.Reactions[i].Users = append(m.Reactions[i].Users, user)
			return true
		}
	}
	m.Reactions = append(m.Reactions, Reaction{name, []string{user}})
	return true
}

// unreact takes the bot's part of a reaction away.
func (m *Message) unreact(i int) {
	r := &m.Reactions[i]
	r.Users = slices.DeleteFunc(r.Users, func(u string) bool { return u == BotUser })
	if len(r.Users) == 0 {
		m.Reactions = slices.Delete(m.Reactions, i, i+1)
	}
}
