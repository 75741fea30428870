package slack_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/s4bot/s4bot/internal/adapters/slack/slacktest"
	"github.com/s4bot/s4bot/internal/chat"
)

func markPost(mark chat.Mark, ts, text string) chat.Post {
	return chat.Post{To: chat.ToDesk, Kind: chat.Info, Of: ts, Mark: mark, Text: text}
}

// signs gives the emoji under a message.
func (r *outRig) signs(ts string) string {
	m, _ := r.server.Channel(desk).Message(ts)
	var out []string
	for _, one := range m.Reactions {
		out = append(out, one.Name)
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

func TestMarks(t *testing.T) {
	for name, c := range map[string]struct {
		marks []chat.Mark
		want  string
		notes int
	}{
		"delivered":       {[]chat.Mark{chat.Delivered}, "white_check_mark", 0},
		"failed":          {[]chat.Mark{chat.Failed}, "warning", 1},
		"uncertain":       {[]chat.Mark{chat.Uncertain}, "question", 1},
		"twice":           {[]chat.Mark{chat.Delivered, chat.Delivered}, "white_check_mark", 0},
		"sent again":      {[]chat.Mark{chat.Uncertain, chat.Delivered}, "white_check_mark", 1},
		"sent in vain":    {[]chat.Mark{chat.Uncertain, chat.Failed}, "warning", 2},
		"an edit refused": {[]chat.Mark{chat.Delivered, chat.Failed}, "warning", 1},
	} {
		t.Run(name, func(t *testing.T) {
			r := newOutRig(t)
			room := r.open()
			ts := r.server.Person("U1ALICE").Says(desk, threadTS(room), "try again")
			for _, mark := range c.marks {
				r.deliver(room, markPost(mark, ts+"#2", "why <!here>"))
			}
			if got := r.signs(ts); got != c.want {
				t.Errorf("the marks are %q", got)
			}
			notes := slices.DeleteFunc(r.thread(room), func(m slacktest.Message) bool { return m.User != slacktest.BotUser })
			if len(notes) != c.notes {
				t.Fatalf("%d notes", len(notes))
			}
			for i, m := range notes {
				again := strings.Contains(string(m.Blocks), `"action_id":"again"`) && strings.Contains(string(m.Blocks), `"value":"`+ts+`"`)
				if again != (c.marks[i] == chat.Uncertain) || len(m.Pings()) != 0 || !strings.HasPrefix(m.Text, "why") {
					t.Errorf("a note is %q %s", m.Text, m.Blocks)
				}
			}
		})
	}
}

func TestUsualMarkCostsOneRequest(t *testing.T) {
	r := newOutRig(t)
	room := r.open()
	ts := r.server.Person("U1ALICE").Says(desk, threadTS(room), "try again")
	before := len(r.server.Calls())
	r.deliver(room, markPost(chat.Delivered, ts, ""))
	if n := len(r.server.Calls()) - before; n != 1 {
		t.Errorf("%d requests", n)
	}
}

func TestMarkNoteForOne(t *testing.T) {
	r := newOutRig(t)
	room := r.open()
	ts := r.server.Person("U1ALICE").Says(desk, threadTS(room), "try again")
	p := markPost(chat.Uncertain, ts, "")
	p.Private = "U1ALICE"
	r.deliver(room, p)
	seen := r.server.Ephemerals("U1ALICE")
	if len(seen) != 1 || seen[0].Text != "Nobody knows whether this reached the merchant." || r.signs(ts) != "question" {
		t.Errorf("Alice sees %+v under %q", seen, r.signs(ts))
	}
}

func TestMarksThatCantBe(t *testing.T) {
	r := newOutRig(t)
	room := r.open()
	ts := r.server.Person("U1ALICE").Says(desk, threadTS(room), "try again")
	r.breaks("reactions.add", 1, slacktest.Fault{Kind: slacktest.Refused, Code: "missing_scope", Needed: "reactions:write"})
	r.deliver(room, markPost(chat.Delivered, ts, ""))
	if !strings.Contains(r.log.String(), "reactions:write") {
		t.Errorf("the log is %s", r.log)
	}
	r.server.Person("U1ALICE").Deletes(desk, ts)
	r.deliver(room, markPost(chat.Delivered, ts, ""))
	r.breaks("reactions.add", 1, slacktest.Fault{Kind: slacktest.ResetAfter})
	ts = r.server.Person("U1ALICE").Says(desk, threadTS(room), "try again")
	r.deliver(room, markPost(chat.Delivered, ts, ""))
	if r.signs(ts) != "white_check_mark" {
		t.Errorf("the marks are %q", r.signs(ts))
	}
	r.fails(room, markPost(chat.Delivered, "suggest 7", ""))
}
