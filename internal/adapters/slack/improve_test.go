package slack_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/s4bot/s4bot/internal/adapters/slack"
	"github.com/s4bot/s4bot/internal/adapters/slack/slacktest"
	"github.com/s4bot/s4bot/internal/chat"
)

// scribe improves the knowledge, and fails as a test likes.
type scribe struct {
	mu       sync.Mutex // guards what follows
	did      []string
	fail     error
	warnings []chat.Remark
}

func (s *scribe) note(format string, args ...any) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.fail == nil {
		s.did = append(s.did, fmt.Sprintf(format, args...))
	}
	return s.fail
}

func (s *scribe) set(f func(*scribe)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f(s)
}

// String gives what was done, a line each.
func (s *scribe) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return strings.Join(s.did, "\n")
}

// Draft implements adapters.Improver.
func (s *scribe) Draft(_ context.Context, cause string, words []string) (chat.Improvement, error) {
	return chat.Improvement{Cause: cause, Lang: "en", Words: words}, s.note("draft %s %q", cause, words)
}

// Propose implements adapters.Improver.
func (s *scribe) Propose(_ context.Context, c chat.Improvement) (chat.Proposal, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	diff := "diff a b\n--- a\n+++ b\n@@ -1 +1 @@\n  - " + strings.Repeat("kept ", 99) + "\n"
	for _, w := range c.Words {
		diff += "+    - " + w + "\n"
	}
	left := []chat.Remark{{About: chat.AboutKnown, Line: "it <is> known"}}
	return chat.Proposal{Improvement: c, Title: "The article", File: "causes/" + c.Cause + ".yaml", Diff: diff, Left: left, Warnings: s.warnings}, s.fail
}

// Apply implements adapters.Improver.
func (s *scribe) Apply(_ context.Context, c chat.Improvement, proposer, approver chat.Agent) (string, error) {
	raw, _ := json.Marshal(c)
	return "made-1", s.note("apply %s by %s, %s", raw, proposer.Name, approver.Name)
}

// Undo implements adapters.Improver.
func (s *scribe) Undo(_ context.Context, id string, by chat.Agent) error {
	return s.note("undo %s by %s", id, by.Name)
}

// improving is a desk whose agents can improve the knowledge; Wu decides.
func improving(t *testing.T) (*hearing, *scribe) {
	s := &scribe{}
	return prepare(t, func(c *slack.Config) { c.Improve, c.Owner = s, "U0WU" }), s
}

// closed lets 小李 close a case with words on its card.
func (h *hearing) closed(words ...string) string {
	h.t.Helper()
	c := withLi
	c.Rows = []chat.Row{{Label: "Merchant: ", Parts: []string{"老王「面馆」"}}, {Label: "Their words: ", Parts: words}, {Label: "Known: ", Parts: []string{"x"}}}
	ts := h.card(c)
	h.li.Taps(deskChannel, ts, "close")
	h.li.Submits(h.modal("U0LI"), map[string]string{"cause": "card.expired", "note": ""})
	h.heard(1)
	if len(h.server.Ephemerals("U0LI")) > 0 {
		h.t.Error("小李 is asked before the case is closed")
	}
	c.Title, c.Lang, c.Over = "Shop 7", "en", "小李 closed it: The card has expired"
	room := chat.Room{Platform: "slack", ID: deskChannel + "/" + ts}
	post := chat.Post{ID: "p2", To: chat.ToDesk, Text: "Shop 7", Card: &c, Change: chat.Edit, Of: "card1", Ref: deskChannel + "/" + ts + ":" + ts}
	if _, err := h.bot.Deliver(h.t.Context(), room, post); err != nil {
		h.t.Fatal(err)
	}
	return ts
}

// filledIn opens the form from the offer and sends it off.
func (h *hearing) filledIn(values map[string]string) slacktest.View {
	h.t.Helper()
	h.li.Taps(deskChannel, h.answer("U0LI", 1).TS, "improve")
	v := h.modal("U0LI")
	h.li.Submits(v, values).Wait()
	return v
}

// owned waits for the n-th message to the owner.
func (h *hearing) owned(n int) slacktest.Message {
	h.t.Helper()
	dm := h.server.Channel(h.wu.DMChannel())
	h.eventually("the owner reads it", func() bool { return len(dm.Messages()) >= n })
	return dm.Messages()[n-1]
}

func (h *hearing) tapsAsOwner(m slacktest.Message, action string) {
	h.wu.Taps(h.wu.DMChannel(), m.TS, action)
}

func TestAnImprovementIsProposedApprovedAndTakenBack(t *testing.T) {
	inBothWaysWith(t, improving, func(t *testing.T, h *hearing, s *scribe) {
		ts := h.closed("「like <a> stone」", "「again & again」", "「cut of")
		offer := h.answer("U0LI", 1)
		shows(t, offer, "The card has expired", `again \u0026 again`)
		if offer.ThreadTS != ts {
			t.Errorf("it is asked in %q", offer.ThreadTS)
		}
		v := h.filledIn(map[string]string{"words": "like <a> stone\n\n my own ``` "})
		for _, words := range []string{"again", "The card has expired", "initial_option", `"value":"yes"`} {
			if !strings.Contains(string(v.Blocks), words) {
				t.Errorf("the form has no %s: %s", words, v.Blocks)
			}
		}
		shows(t, h.answer("U0LI", 2), "has your proposal", "The article has it already", "known")
		p := h.owned(1)
		shows(t, p, "小李 proposes", "The card has expired", "causes/card.expired.yaml", `+    - my own '''`, "kept kept")
		if strings.Contains(string(p.Blocks), strings.Repeat("kept ", 30)) || strings.Contains(string(p.Blocks), "diff a b") {
			t.Errorf("the diff is not short: %s", p.Blocks)
		}
		h.tapsAsOwner(p, "improve:yes")
		h.eventually("it is approved", func() bool { return h.owned(1).Edits == 1 })
		shows(t, h.owned(1), "Written to the article", "+    - like")
		li := h.server.Channel(h.li.DMChannel())
		h.eventually("小李 is told", func() bool { return len(li.Messages()) == 1 })
		h.tapsAsOwner(h.owned(1), "improve:undo")
		h.eventually("it is taken back", func() bool { return h.owned(1).Edits == 2 })
		h.eventually("小李 is told again", func() bool { return len(li.Messages()) == 2 })
		shows(t, li.Messages()[0], "Wu approved")
		shows(t, li.Messages()[1], "Wu took")
		want := "draft card.expired [\"like <a> stone\" \"again & again\"]\n" +
			`apply {"c":"card.expired","l":"en","w":["like \u003ca\u003e stone","my own ` + "```" + `"]} by 小李, Wu` + "\nundo made-1 by Wu"
		if s.String() != want {
			t.Errorf("done is\n%s\nwant\n%s", s, want)
		}
		if c := h.server.Complaints(); len(c) > 0 {
			t.Errorf("complaints: %q", c)
		}
	})
}

// inBothWaysWith is inBothWays for a desk of another kind.
func inBothWaysWith[T any](t *testing.T, make func(*testing.T) (*hearing, T), test func(*testing.T, *hearing, T)) {
	t.Run("socket", func(t *testing.T) { h, x := make(t); test(t, h.bySocket(), x) })
	t.Run("http", func(t *testing.T) { h, x := make(t); h.byHTTP(); test(t, h, x) })
}

func TestAnImprovementIsRejected(t *testing.T) {
	h, s := improving(t)
	s.warnings = []chat.Remark{{About: chat.AboutElsewhere, Line: "stone", Article: "The <reader>"}, {About: chat.AboutOneLanguage}}
	h.bySocket().closed("「stone」")
	h.filledIn(nil)
	p := h.owned(1)
	shows(t, p, "has this line, too", "one language only")
	h.tapsAsOwner(p, "improve:no")
	h.eventually("it is rejected", func() bool { return h.owned(1).Edits == 1 })
	if m := h.owned(1); strings.Contains(string(m.Blocks), "improve:") || !strings.Contains(m.Text, "Rejected") {
		t.Errorf("it stays as %s", m.Blocks)
	}
	h.eventually("小李 is told", func() bool { return len(h.server.Channel(h.li.DMChannel()).Messages()) == 1 })
	if strings.Contains(s.String(), "apply") {
		t.Errorf("done is %s", s)
	}
}

func TestANewFixIsProposed(t *testing.T) {
	for name, c := range map[string]struct {
		values map[string]string
		want   string
	}{
		"one language": {map[string]string{"words": "", "fix": "Swap", "steps": "One\nTwo"}, `"l":"en","f":{"t":"Swap","s":["One","Two"],"p":true}`},
		"harmless":     {map[string]string{"words": "", "lang": "zh", "fix": "换", "steps": "一", "other_fix": "Swap", "other_steps": "One", "repeats": ""}, `"l":"zh","f":{"t":"换","s":["一"],"u":"Swap","v":["One"]}`},
	} {
		h, s := improving(t)
		h.bySocket().closed("「stone」")
		h.filledIn(c.values)
		h.tapsAsOwner(h.owned(1), "improve:yes")
		h.eventually("it is approved", func() bool { return strings.Contains(s.String(), "apply") })
		if !strings.Contains(s.String(), c.want) {
			t.Errorf("%s: done is\n%s", name, s)
		}
	}
}

// Only the owner decides, wherever the buttons are.
func TestOnlyTheOwnerDecides(t *testing.T) {
	h, s := improving(t)
	h.bySocket()
	value, _ := json.Marshal(map[string]any{"i": chat.Improvement{Cause: "card.expired", Lang: "en", Words: []string{"x"}}, "h": "made-1"})
	for i, action := range []string{"improve:yes", "improve:no", "improve:undo"} {
		h.server.InjectEnvelope(fmt.Appendf(nil, `{"envelope_id":"o%d","type":"interactive","payload":{"type":"block_actions","user":{"id":"U0LI"},"channel":{"id":"C0OTHER"},"actions":[{"action_id":%q,"block_id":"b","type":"button","action_ts":"1.%d","value":%q}]}}`, i, action, i, value))
	}
	h.eventually("小李 is told", func() bool { return len(h.server.Ephemerals("U0LI")) == 3 })
	shows(t, h.answer("U0LI", 3), "Only the owner")
	if s.String() != "" {
		t.Errorf("done is %s", s)
	}
}

// What can't be made is told, with a way to try again where there is one.
func TestAnImprovementThatCantBe(t *testing.T) {
	h, s := improving(t)
	h.bySocket().closed("「stone」")
	h.filledIn(map[string]string{"words": strings.Repeat("一二三四五六七八九\n", 140)})
	shows(t, h.answer("U0LI", 2), "too much for one proposal")
	// h.filledIn was of the first offer, which can be used again.
	for i, c := range []struct {
		err   error
		words string
	}{
		{fmt.Errorf("the file: %w", chat.ErrLayout), "edit the file"},
		{chat.ErrNothingNew, "nothing new"},
		{chat.ErrUnfinished, "needs a name"},
		{errors.New("the disk is full"), "look into the log"},
	} {
		s.set(func(s *scribe) { s.fail = c.err })
		h.li.Taps(deskChannel, h.server.Ephemerals("U0LI")[0].TS, "improve")
		h.li.Submits(h.modal("U0LI"), map[string]string{"fix": "half a fix"}).Wait()
		shows(t, h.answer("U0LI", i+3), c.words, `"action_id":"improve"`, "half a fix")
	}
	s.set(func(s *scribe) { s.fail = nil })
	h.li.Taps(deskChannel, h.answer("U0LI", 6).TS, "improve") // with what was filled in
	if v := h.modal("U0LI"); !strings.Contains(string(v.Blocks), `"initial_value":"half a fix"`) {
		t.Errorf("the form is empty: %s", v.Blocks)
	}
	h.li.Submits(h.modal("U0LI"), nil).Wait()
	p := h.owned(1)
	s.set(func(s *scribe) { s.fail = chat.ErrChanged })
	h.tapsAsOwner(p, "improve:yes")
	shows(t, h.owned(2), "changed since")
	if m := h.owned(1); m.Edits > 0 {
		t.Errorf("the proposal is gone: %s", m.Blocks)
	}
}

// Who can't improve anything is not asked; nor is one whose closing came to nothing,
// or who found no cause.
func TestNobodyIsAskedInVain(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*slack.Config)
		cause  string
		over   string
	}{
		"no owner":   {func(c *slack.Config) { c.Owner = "" }, "card.expired", "closed"},
		"no files":   {func(c *slack.Config) { c.Improve = nil }, "card.expired", "closed"},
		"no cause":   {func(*slack.Config) {}, "-", "closed"},
		"still open": {func(*slack.Config) {}, "card.expired", ""},
	} {
		s := &scribe{}
		h := prepare(t, func(conf *slack.Config) {
			conf.Improve, conf.Owner = s, "U0WU"
			c.change(conf)
		}).bySocket()
		card := withLi
		card.Over = c.over
		ts := h.card(withLi)
		h.li.Taps(deskChannel, ts, "close")
		v := h.modal("U0LI")
		card.Title = "Shop 7"
		_, err := h.bot.Deliver(t.Context(), chat.Room{Platform: "slack", ID: deskChannel + "/" + ts},
			chat.Post{ID: "p2", To: chat.ToDesk, Text: "Shop 7", Card: &card, Change: chat.Edit, Ref: deskChannel + "/" + ts + ":" + ts})
		if err != nil {
			t.Fatal(err)
		}
		h.li.Submits(v, map[string]string{"cause": c.cause, "note": ""})
		h.heard(1)
		if err := h.stop(); err != nil {
			t.Error(err)
		}
		if n := len(h.server.Ephemerals("U0LI")); n > 0 || s.String() != "" {
			t.Errorf("%s: %d questions, done is %s", name, n, s)
		}
	}
}

func TestAnOwnerIsAUser(t *testing.T) {
	for id, good := range map[string]bool{"": true, "U0WU": true, "W0WU": true, "@wu": false, "C0DESK": false, "wu": false} {
		_, err := slack.New(slack.Config{BotToken: slacktest.BotToken, Owner: id}, nopLog())
		if (err == nil) != good {
			t.Errorf("%q: %v", id, err)
		}
	}
}
