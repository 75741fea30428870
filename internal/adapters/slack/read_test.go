package slack_test

import (
	"strings"
	"testing"

	"github.com/s4bot/s4bot/internal/chat"
)

func TestAnAgentsWordsArrive(t *testing.T) {
	inBothWays(t, func(t *testing.T, h *hearing) {
		ts := h.li.Says(deskChannel, h.root, "please &lt;try&gt; again :smile:, <@U0WU>")
		a := h.heard(1)[0]
		want := chat.Act{ID: ts, Kind: chat.Say, Agent: chat.Agent{ID: "U0LI", Name: "小李"}, Text: "please <try> again 😄, @Wu"}
		if a.ID != want.ID || a.Kind != want.Kind || a.Agent != want.Agent || a.Text != want.Text || a.Change != "" {
			t.Errorf("got %+v, want %+v", a, want)
		}
		if r := h.desk.rooms[0]; r != (chat.Room{Platform: "slack", ID: deskChannel + "/" + h.root}) {
			t.Errorf("the room is %v", r)
		}
	})
}

func TestWhatIsAnAct(t *testing.T) {
	inBothWays(t, func(t *testing.T, h *hearing) {
		ts := h.li.Says(deskChannel, h.root, "first")
		h.li.Edits(deskChannel, ts, "first, better")
		h.li.Unfurls(deskChannel, ts) // no act
		h.li.Broadcasts(deskChannel, h.root, "for all")
		h.li.Says(deskChannel, h.root, "// inside")
		h.li.Says(deskChannel, "", "outside any thread")      // none
		h.wu.Says("C0OTHER", "", "elsewhere")                 // none
		other := h.wu.Says(deskChannel, "", "another thread") // none
		h.wu.Says(deskChannel, other, "in it")                // none: no case
		h.li.Deletes(deskChannel, ts)
		h.heard(5)
		got := strings.ReplaceAll(h.desk.String(), "小李", "Li")
		want := "say Li: first\neditsay Li: first, better\nsay Li: for all\nsay Li: // inside\ndeletesay Li:"
		if got != want {
			t.Errorf("got\n%s\nwant\n%s", got, want)
		}
		for _, n := range []int{0, 1, 4} {
			if a := h.desk.all()[n]; a.ID != ts {
				t.Errorf("act %d has the id %s, want %s", n, a.ID, ts)
			}
		}
	})
}

func TestFilesArrive(t *testing.T) {
	inBothWays(t, func(t *testing.T, h *hearing) {
		h.li.SendsFile(deskChannel, h.root, "screen.png", []byte("png"), "look")
		h.li.SendsFile(deskChannel, h.root, "log.bin", []byte("1234"), "")
		acts := h.heard(2)
		if f := acts[0].Files; acts[0].Text != "look" || len(f) != 1 || f[0].Kind != chat.Photo || f[0].Platform != "slack" || f[0].Name != "screen.png" || f[0].Size != 3 {
			t.Errorf("got %+v", acts[0])
		}
		if f := acts[1].Files; len(f) != 1 || f[0].Kind != chat.Document || f[0].Ref == "" {
			t.Errorf("got %+v", acts[1])
		}
	})
}

// What somebody writes with /me is words like others, and so are its changes.
func TestRemarksArrive(t *testing.T) {
	inBothWays(t, func(t *testing.T, h *hearing) {
		ts := h.li.Remarks(deskChannel, h.root, "looks at it")
		h.li.Edits(deskChannel, ts, "looked at it")
		h.li.Deletes(deskChannel, ts)
		h.heard(3)
		if got := h.desk.String(); got != "say 小李: looks at it\neditsay 小李: looked at it\ndeletesay 小李:" {
			t.Errorf("got\n%s", got)
		}
	})
}

// Whatever a program or Slack itself says is no act, in whichever form.
func TestNoActs(t *testing.T) {
	h := prepare(t).bySocket()
	head := `{"type":"message","channel":"C0DESK","channel_type":"channel","thread_ts":"` + h.root + `","ts":"1900000000.000100","text":"hello","user":"U0LI"`
	for name, tail := range map[string]string{
		"a bot":                 `,"bot_id":"B1"}`,
		"an app":                `,"app_id":"A1"}`,
		"a bot's profile":       `,"bot_profile":{"id":"B1"}}`,
		"the bot's file":        `,"user":"U0S4BOT","subtype":"file_share","files":[{"id":"F1","mode":"hosted"}]}`,
		"Slack":                 `,"user":"USLACKBOT"}`,
		"nobody":                `,"user":""}`,
		"a system message":      `,"subtype":"channel_join"}`,
		"an unknown kind":       `,"subtype":"something_new"}`,
		"a number for a kind":   `,"subtype":7}`,
		"no thread":             `,"thread_ts":""}`,
		"the root":              `,"ts":"` + h.root + `"}`,
		"another channel":       `,"channel":"C0OTHER"}`,
		"no time":               `,"ts":""}`,
		"an empty text":         `,"text":"  "}`,
		"a list for a text":     `,"text":["hello"]}`,
		"an edit of nothing":    `,"subtype":"message_changed"}`,
		"an edit by a bot":      `,"subtype":"message_changed","message":{"type":"message","user":"U0S4BOT","bot_id":"B0S4BOT","text":"b","ts":"1.1","thread_ts":"` + h.root + `"},"previous_message":{"text":"a"}}`,
		"an edit without words": `,"subtype":"message_changed","message":{"type":"message","user":"U0LI","text":"a","ts":"1.1","thread_ts":"` + h.root + `"},"previous_message":{"text":"a"}}`,
		"a tombstone":           `,"subtype":"message_changed","message":{"type":"message","user":"U0LI","subtype":"tombstone","text":"gone","ts":"1.1","thread_ts":"` + h.root + `"},"previous_message":{"text":"a"}}`,
		"a deletion of nothing": `,"subtype":"message_deleted","deleted_ts":"1.1"}`,
		"a deletion of a post":  `,"subtype":"message_deleted","deleted_ts":"1.1","previous_message":{"user":"U0S4BOT","bot_id":"B0S4BOT","ts":"1.1","thread_ts":"` + h.root + `"}}`,
	} {
		h.server.InjectEvent([]byte(head + tail))
		h.settled()
		if n := len(h.desk.all()); n != 0 {
			t.Fatalf("%s: %s", name, h.desk)
		}
	}
	h.server.InjectEvent([]byte(head + `,"ts":"1900000001.000100","blocks":"of a new kind","attachments":7}`))
	h.heard(1) // what does not decide stops no message
}

// Only who wrote a message changes it, and says so; a deleted card is told, with
// replies below it or without.
func TestChangesThatCount(t *testing.T) {
	h := prepare(t).bySocket()
	ts := h.card(withLi)
	said := h.li.Says(deskChannel, ts, "one")
	h.heard(1)
	event := func(user, edited string) string {
		return `{"type":"message","subtype":"message_changed","channel":"` + deskChannel + `","message":{"type":"message","user":"` + user +
			`","text":"two","ts":"` + said + `","thread_ts":"` + ts + `"` + edited + `},"previous_message":{"type":"message","user":"U0LI","text":"one","ts":"` + said + `","thread_ts":"` + ts + `"}}`
	}
	for _, raw := range []string{event("U0LI", ""), event("U0OTHER", `,"edited":{"user":"U0OTHER","ts":"1.1"}`)} {
		h.server.InjectEvent([]byte(raw)).Wait()
	}
	h.li.Edits(deskChannel, said, "three")
	if acts := h.heard(2); acts[1].Text != "three" || acts[1].Change != chat.Edit || acts[1].At.IsZero() {
		t.Errorf("got %+v", acts[1])
	}
	h.li.Deletes(deskChannel, ts)
	if acts := h.heard(3); acts[2].Kind != chat.Lose {
		t.Errorf("got %+v", acts[2])
	}
}
