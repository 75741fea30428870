package slack_test

import (
	"strings"
	"testing"

	"github.com/s4bot/s4bot/internal/adapters/slack/slacktest"
)

// answer waits for the newest answer that only one person sees.
func (h *hearing) answer(user string, n int) slacktest.Message {
	h.t.Helper()
	h.eventually("an answer", func() bool { return len(h.server.Ephemerals(user)) >= n })
	all := h.server.Ephemerals(user)
	if len(all) != n {
		h.t.Fatalf("%d answers, want %d", len(all), n)
	}
	return all[n-1]
}

func shows(t *testing.T, m slacktest.Message, words ...string) {
	t.Helper()
	for _, w := range words {
		if !strings.Contains(string(m.Blocks), w) {
			t.Errorf("%q is not in %s", w, m.Blocks)
		}
	}
	if p := m.Pings(); len(p) != 0 {
		t.Errorf("it calls %v", p)
	}
}

func TestTheSameAnswerEverywhere(t *testing.T) {
	inBothWays(t, func(t *testing.T, h *hearing) {
		words := []string{"card expired?", `The card \u0026lt;has\u0026gt; expired`, "62%", "+ other cards work", "Ask about the charge first", "'''Wait'''", "How to apply", "Other cards?", "They work"}
		h.li.Command("/s4", "card expired? &lt;!channel&gt;", "C0OTHER")
		shows(t, h.answer("U0LI", 1), words...)
		h.li.Mentions("C0OTHER", "", "card expired?")
		shows(t, h.answer("U0LI", 2), words...)
		ts := h.wu.Says("C0OTHER", "", "card expired? says the shop")
		h.li.Shortcut("s4_what", "C0OTHER", ts)
		shows(t, h.answer("U0LI", 3), words...)
		h.li.DM("card expired?")
		h.eventually("an answer", func() bool { return len(h.server.Channel(h.li.DMChannel()).Messages()) == 2 })
		shows(t, h.server.Channel(h.li.DMChannel()).Messages()[1], words...)
		h.settled()
		if asked, _ := h.sage.seen(); len(asked) != 4 || asked[1] != "card expired?[]" {
			t.Errorf("asked %q", asked)
		}
		if c := h.server.Complaints(); len(c) != 0 {
			t.Errorf("complaints: %q", c)
		}
	})
}

// A follow-up question is answered by a button; the new advice takes the old one's
// place.
func TestFollowUps(t *testing.T) {
	inBothWays(t, func(t *testing.T, h *hearing) {
		h.li.Command("/s4", strings.Repeat("刷卡 S4 \"<&", 400), "C0OTHER")
		m := h.answer("U0LI", 1)
		h.li.Taps("C0OTHER", m.TS, "ask:0")
		h.eventually("the answer changes", func() bool { return h.answer("U0LI", 1).Edits == 1 })
		shows(t, h.answer("U0LI", 1), "q=yes", "They work")
		h.li.Taps("C0OTHER", m.TS, "ask:1")
		h.eventually("it changes again", func() bool { return h.answer("U0LI", 1).Edits == 2 })
		shows(t, h.answer("U0LI", 1), "q=yes", "q=no")
		if strings.Contains(string(h.answer("U0LI", 1).Blocks), "ask:") {
			t.Error("it asks on")
		}
	})
}

func TestFollowUpsInADirectMessage(t *testing.T) {
	h := prepare(t).bySocket()
	h.li.DM("card")
	dm := h.server.Channel(h.li.DMChannel())
	h.eventually("an answer", func() bool { return len(dm.Messages()) == 2 })
	h.li.Taps(h.li.DMChannel(), dm.Messages()[1].TS, "ask:0")
	h.eventually("it changes", func() bool { return dm.Messages()[1].Edits == 1 })
	shows(t, dm.Messages()[1], "q=yes")
	h.settled()
	if len(dm.Messages()) != 2 {
		t.Errorf("%d messages", len(dm.Messages()))
	}
}

func TestThumbs(t *testing.T) {
	inBothWays(t, func(t *testing.T, h *hearing) {
		h.li.Command("/s4", "card", "C0OTHER")
		ts := h.answer("U0LI", 1).TS
		h.li.Taps("C0OTHER", ts, "rate:up")
		h.answer("U0LI", 2) // thanks
		h.li.Taps("C0OTHER", ts, "rate:down")
		h.li.Submits(h.modal("U0LI"), map[string]string{"reason": "it was the cable"})
		h.eventually("both count", func() bool { _, r := h.sage.seen(); return len(r) == 2 })
		if _, rates := h.sage.seen(); rates[0] != "小李|card|true|" || rates[1] != "小李|card|false|it was the cable" {
			t.Errorf("got %q", rates)
		}
	})
}

func TestHelpAndNothingFound(t *testing.T) {
	h := prepare(t).bySocket()
	h.li.Command("/s4", "  ", "C0OTHER")
	shows(t, h.answer("U0LI", 1), "Write what happened after /s4")
	h.li.Command("/s4", "nothing", "C0OTHER")
	shows(t, h.answer("U0LI", 2), "Nothing matches", "rate:down")
	h.sage.mu.Lock()
	h.sage.fail = true
	h.sage.mu.Unlock()
	h.li.Command("/s4", "card", "C0OTHER")
	shows(t, h.answer("U0LI", 3), "try again")
	if asked, _ := h.sage.seen(); len(asked) != 2 {
		t.Errorf("asked %q", asked)
	}
}

// A mention in a thread of the desk that is no case asks the knowledge.
func TestAMentionInAnotherThread(t *testing.T) {
	h := prepare(t).bySocket()
	other := h.wu.Says(deskChannel, "", "what is this?")
	h.wu.Mentions(deskChannel, other, "card")
	if m := h.answer("U0WU", 1); m.ThreadTS != other {
		t.Errorf("it is in %q", m.ThreadTS)
	}
	h.heard(0)
}
