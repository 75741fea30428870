package slacktest

import "net/url"

// group is a named group of people.
type group struct {
	id, handle string
	users      []string
}

// Join lets somebody join the workspace; they are a member of every channel.
func (s *Server) Join(user, name string) *Person {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.users[user] = name
	s.place(dmOf(user))
	return &Person{s, user}
}

// Person gives somebody who joined; one who did not joins under their id.
func (s *Server) Person(user string) *Person {
	s.mu.Lock()
	name := s.users[user]
	s.mu.Unlock()
	if name == "" {
		return s.Join(user, user)
	}
	return &Person{s, user}
}

// AddGroup makes a group such as "S0TIER2" with the handle "tier2".
func (s *Server) AddGroup(id, handle string, users ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.groups = append(s.groups, group{id, handle, users})
}

func userInfo(s *Server, p url.Values) answer {
	id := p.Get("user")
	name := s.users[id]
	if name == "" {
		return refuse("user_not_found")
	}
	return okay(map[string]any{"user": map[string]any{
		"id": id, "team_id": TeamID, "name": "handle-" + id, "real_name": name, "is_bot": id == BotUser, "deleted": false,
		"tz": "Asia/Shanghai", "tz_offset": 28800, "locale": "en-US",
		"profile": map[string]any{"real_name": name, "display_name": name},
	}})
}

func listGroups(s *Server, _ url.Values) answer {
	out := []map[string]any{}
	for _, g := range s.groups {
		out = append(out, map[string]any{"id": g.id, "team_id": TeamID, "is_usergroup": true, "handle": g.handle, "name": g.handle, "users": g.users})
	}
	return okay(map[string]any{"usergroups": out})
}
