//go:build chaos

package chaos

import (
	"testing"
	"time"
)

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

// again lets a post arrive at noon and a minute later, with trouble at some times.
func (s *story) again(trouble ...time.Time) {
	s.trouble, s.arrived[1].at = trouble, noon
	s.arrived = append(s.arrived, arrival{post: "p2", text: "b", at: noon.Add(time.Minute)})
}

// whole is a story in which all is well.
func whole() story {
	return story{
		room: "telegram:1", sent: []string{"1", "3", "cb9", "3\x00edit"}, recent: []string{"1", "3", "cb9", "3\x00edit"},
		posts: 4, arrived: []arrival{{post: "p1", text: "a"}, {post: "p2", text: "b"}, {post: "p4", text: "d"}}, desk: map[string]bool{"p3": true}, lost: map[string]bool{},
	}
}

// The checker sees each fault that is planted in a history.
func TestTheCheckerSees(t *testing.T) {
	for name, test := range map[string]struct {
		plant func(s *story)
		sees  func(v *verdict) int
		well  bool
	}{
		"nothing":                         {func(*story) {}, func(v *verdict) int { return v.messages - 3 }, true},
		"a lost message":                  {func(s *story) { s.recent = s.recent[1:] }, func(v *verdict) int { return v.lost }, false},
		"a lost last message":             {func(s *story) { s.recent = s.recent[:3] }, func(v *verdict) int { return v.lost }, false},
		"a repeated message":              {func(s *story) { s.recent = append(s.recent, "1") }, func(v *verdict) int { return v.repeated }, false},
		"a message that nobody sent":      {func(s *story) { s.recent = append(s.recent, "5") }, func(v *verdict) int { return v.repeated }, false},
		"swapped messages":                {func(s *story) { s.recent[0], s.recent[1] = s.recent[1], s.recent[0] }, func(v *verdict) int { return v.reordered }, false},
		"a missing post":                  {func(s *story) { s.arrived = append(s.arrived[:1:1], s.arrived[2:]...) }, func(v *verdict) int { return v.missing }, false},
		"a missing post for the desk":     {func(s *story) { s.desk = nil }, func(v *verdict) int { return v.missing }, false},
		"swapped posts":                   {func(s *story) { s.arrived[0], s.arrived[1] = s.arrived[1], s.arrived[0] }, func(v *verdict) int { return v.disordered }, false},
		"a forgotten post":                {func(s *story) { s.posts = 3 }, func(v *verdict) int { return v.forked }, false},
		"a post with two texts":           {func(s *story) { s.arrived = append(s.arrived, arrival{post: "p4", text: "e"}) }, func(v *verdict) int { return v.forked }, false},
		"a post to both sides":            {func(s *story) { s.desk["p4"] = true }, func(v *verdict) int { return v.forked }, false},
		"a repeated post":                 {func(s *story) { s.again(noon.Add(time.Second)) }, func(v *verdict) int { return v.repeats }, true},
		"a post repeated for no reason":   {func(s *story) { s.again() }, func(v *verdict) int { return v.unexcused }, false},
		"a post repeated before trouble":  {func(s *story) { s.again(noon.Add(time.Hour)) }, func(v *verdict) int { return v.unexcused }, false},
		"a post that is recorded as lost": {func(s *story) { s.arrived, s.lost["p1"] = s.arrived[1:], true }, func(v *verdict) int { return v.uncertain }, true},
		"a post that waits":               {func(s *story) { s.waiting = 1 }, func(v *verdict) int { return v.unsettled }, true},
	} {
		s, v := whole(), verdict{}
		test.plant(&s)
		v.judge(s)
		if test.sees(&v) != 1 || test.well != (v.faults() == 0) {
			t.Errorf("%s: the verdict is %+v", name, v)
		}
	}
}
