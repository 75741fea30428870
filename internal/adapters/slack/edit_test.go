package slack_test

import (
	"strings"
	"testing"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/adapters/slack"
	"github.com/s4bot/s4bot/internal/adapters/slack/slacktest"
	"github.com/s4bot/s4bot/internal/chat"
)

// changed is the post as a change of what the reference names.
func changed(p chat.Post, c chat.Change, ref string) chat.Post {
	p.ID, p.Change, p.Ref = "", c, ref
	return p
}

func (r *outRig) shownPlain(room chat.Room) string {
	var out []string
	for _, m := range r.thread(room) {
		if len(m.Files) > 0 {
			out = append(out, "[file]")
		} else {
			out = append(out, plainTexts(r.t, m))
		}
	}
	return strings.Join(out, " | ")
}

func TestEdits(t *testing.T) {
	long := strings.TrimSpace(strings.Repeat("one two three four\n", 160))
	for name, c := range map[string]struct {
		before, after chat.Post
		want          func(shown string) bool
	}{
		"words":       {words("S3"), words("S4 <!here>"), func(s string) bool { return s == "S4 <!here>" }},
		"grow":        {words("S3"), words(long), func(s string) bool { return strings.ReplaceAll(s, " | ", "\n") == long }},
		"shrink":      {words(long), words("S4"), func(s string) bool { return s == "S4" }},
		"under files": {withFiles("S3", file("x", 1)), words("S4"), func(s string) bool { return s == "S4 | [file]" }},
		"no words":    {withFiles("S3", file("x", 1)), words(""), func(s string) bool { return s == "[file]" }},
		"new words":   {withFiles("", file("x", 1)), words("S4"), func(s string) bool { return s == "[file] | S4" }},
	} {
		t.Run(name, func(t *testing.T) {
			r := newOutRig(t)
			room := r.open()
			ref := r.deliver(room, c.before)
			ref = r.deliver(room, changed(c.after, chat.Edit, ref))
			if got := r.shownPlain(room); !c.want(got) {
				t.Errorf("got %q", got)
			}
			if n := len(r.thread(room)); strings.Count(ref, ",") != n-1 || roomOf(ref) != room {
				t.Errorf("%d messages with the reference %s", n, ref)
			}
			r.deliver(room, changed(c.after, chat.Delete, ref))
			r.deliver(room, changed(c.after, chat.Delete, ref))
			if left := r.shownPlain(room); left != "" {
				t.Errorf("deleting leaves %q", left)
			}
		})
	}
}

func TestEditsOfWhatIsNotThere(t *testing.T) {
	r := newOutRig(t)
	room := r.open()
	ref := r.deliver(room, changed(words("S4"), chat.Edit, ""))
	if r.shownPlain(room) != "S4" {
		t.Errorf("without a reference: %q", r.shownPlain(room))
	}
	r.server.Person("U1ALICE").Deletes(desk, r.only(room).TS)
	again := r.deliver(room, changed(words("S4!"), chat.Edit, ref))
	if r.shownPlain(room) != "S4!" || again == ref || again != room.ID+":"+r.only(room).TS {
		t.Errorf("after deleting: %q as %s", r.shownPlain(room), again)
	}
	if f := r.fails(room, changed(words(""), chat.Delete, "")); f.Outcome != adapters.Failed {
		t.Errorf("got %v", f)
	}
}

func TestChangesMayBeMadeAgain(t *testing.T) {
	for _, method := range []string{"chat.update", "chat.delete"} {
		for _, kind := range []slacktest.Kind{slacktest.HangAfter, slacktest.ResetAfter, slacktest.ErrorAfter, slacktest.ErrorBefore} {
			r := newOutRig(t)
			room := r.open()
			ref := r.deliver(room, words("S3"))
			r.slack.Impatient()
			r.breaks(method, 1, slacktest.Fault{Kind: kind})
			ref = r.deliver(room, changed(words("S4"), chat.Edit, ref))
			if r.shownPlain(room) != "S4" {
				t.Errorf("%v: got %q", kind, r.shownPlain(room))
			}
			r.deliver(room, changed(words(""), chat.Delete, ref))
			if r.shownPlain(room) != "" {
				t.Errorf("%v: got %q", kind, r.shownPlain(room))
			}
		}
	}
}

func TestChangesThatSlackRefuses(t *testing.T) {
	for _, code := range []string{"cant_update_message", "edit_window_closed"} {
		r := newOutRig(t)
		room := r.open()
		ref := r.deliver(room, words("S3"))
		r.breaks("chat.update", 1, slacktest.Fault{Kind: slacktest.Refused, Code: code})
		if f := r.fails(room, changed(words("S4"), chat.Edit, ref)); f.Outcome != adapters.Failed {
			t.Errorf("%s: got %v", code, f)
		}
	}
}

func TestCardIsEdited(t *testing.T) {
	r := newOutRig(t)
	room := r.open()
	for _, ref := range []string{room.ID + ":" + threadTS(room), ""} {
		p := changed(cardPost(chat.Edit), chat.Edit, ref)
		p.Card.Agent = chat.Agent{ID: "U1ALICE", Name: "Alice"}
		if got := r.deliver(room, p); got != room.ID+":"+threadTS(room) {
			t.Errorf("the reference is %s", got)
		}
	}
	top := r.server.Channel(desk).Top()
	if len(top) != 1 || top[0].Edits != 2 || !strings.Contains(plainTexts(t, top[0]), "With Alice") || top[0].Metadata == nil {
		t.Errorf("the channel has %+v", top)
	}
}

// A case whose thread was deleted needs a new card: nothing is left in the channel
// in its place.
func TestThreadIsGone(t *testing.T) {
	for _, strict := range []bool{true, false} {
		r := newOutRig(t)
		r.server.StrictThreads = strict
		room := r.open()
		r.server.Person("U1ALICE").Deletes(desk, threadTS(room))
		for name, p := range map[string]chat.Post{
			"words": words("S4"), "a card": changed(cardPost(chat.Edit), chat.Edit, room.ID+":"+threadTS(room)), "an edit": changed(words("S4"), chat.Edit, room.ID+":1712345678.000100"),
			"a card without reference": changed(cardPost(chat.Edit), chat.Edit, ""), "a file": withFiles("", file("x", 1)),
		} {
			if f := r.fails(room, p); f.Outcome != adapters.Gone {
				t.Errorf("strict %v: %s: got %v", strict, name, f)
			}
		}
		if top := r.server.Channel(desk).Top(); len(top) != 0 {
			t.Errorf("strict %v: the channel has %+v", strict, top)
		}
		if again := r.open(); again == room {
			t.Error("a new card opens no new thread")
		}
	}
}

func TestRoomsOfOthers(t *testing.T) {
	r := newOutRig(t)
	for _, room := range []chat.Room{{Platform: "telegram", ID: "7"}, {Platform: slack.Platform, ID: "C0DESK"}, {Platform: slack.Platform, ID: "C0DESK/x"}} {
		if f := r.fails(room, words("S4")); f.Outcome != adapters.Failed {
			t.Errorf("%v: got %v", room, f)
		}
	}
	none := newOutRig(t, func(c *slack.Config) { c.DeskChannel = "" })
	if f := none.fails(chat.Room{Platform: slack.Platform}, cardPost("")); f.Outcome != adapters.Failed {
		t.Errorf("without a desk: %v", f)
	}
	if f := r.fails(r.open(), words(" \n")); f.Outcome != adapters.Failed {
		t.Errorf("nothing to say: %v", f)
	}
}
