package slacktest

import (
	"net/url"
	"slices"
	"strconv"
)

func history(s *Server, p url.Values) answer {
	c, wrong := s.readable(p.Get("channel"))
	if wrong != "" {
		return refuse(wrong)
	}
	var list []*Message
	for _, m := range c.messages {
		if !m.Deleted && (m.ThreadTS == "" || m.Broadcast) && within(m, p) {
			list = append(list, m)
		}
	}
	slices.Reverse(list)
	return s.page(list, p, 100, nil)
}

// replies gives a thread. Its first message is on every page, whatever the limits
// of time.
func replies(s *Server, p url.Values) answer {
	c, wrong := s.readable(p.Get("channel"))
	if wrong != "" {
		return refuse(wrong)
	}
	parent := c.find(p.Get("ts"))
	if parent == nil {
		return refuse("thread_not_found")
	}
	list := slices.DeleteFunc(c.thread(parent.TS), func(m *Message) bool { return !within(m, p) })
	return s.page(list, p, 1000, parent)
}

// within says that a message is between oldest and latest.
func within(m *Message, p url.Values) bool {
	oldest, latest := p.Get("oldest"), p.Get("latest")
	if truthy(p, "inclusive") && (m.TS == oldest || m.TS == latest) {
		return true
	}
	return (oldest == "" || at(m.TS) > at(oldest)) && (latest == "" || at(m.TS) < at(latest))
}

// at is a timestamp as a number of microseconds.
func at(ts string) int64 {
	seconds, _ := strconv.ParseFloat(ts, 64)
	return int64(seconds*1e6 + 0.5)
}

// page answers with a part of a list, after first if that is not nil. A cursor is a
// place in the list.
func (s *Server) page(list []*Message, p url.Values, usual int, first *Message) answer {
	limit, err := strconv.Atoi(p.Get("limit"))
	if err != nil || limit <= 0 {
		limit = usual
	}
	if limit > 1000 {
		return refuse("invalid_limit")
	}
	start := 0
	if cursor := p.Get("cursor"); cursor != "" {
		if start, err = strconv.Atoi(cursor); err != nil || start < 0 || start > len(list) {
			return refuse("invalid_cursor")
		}
	}
	end := min(start+limit, len(list))
	shown := list[start:end]
	if first != nil {
		shown = append([]*Message{first}, shown...)
	}
	next := ""
	if end < len(list) {
		next = itoa(end)
	}
	return okay(map[string]any{
		"messages": s.shown(shown, p), "has_more": next != "", "response_metadata": map[string]any{"next_cursor": next},
	})
}

// shown gives messages as a method shows them: metadata only if asked for.
func (s *Server) shown(list []*Message, p url.Values) []map[string]any {
	out := []map[string]any{}
	for _, m := range list {
		j := s.json(m)
		if !truthy(p, "include_all_metadata") {
			delete(j, "metadata")
		}
		out = append(out, j)
	}
	return out
}
