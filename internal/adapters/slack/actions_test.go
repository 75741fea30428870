package slack_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/s4bot/s4bot/internal/adapters/slack/slacktest"
	"github.com/s4bot/s4bot/internal/chat"
)

// card lets the bot show a case's card, which begins a case, and gives its ts.
func (h *hearing) card(c chat.Card) string {
	h.t.Helper()
	c.Title, c.Lang = "Shop 7", "en"
	ref, err := h.bot.Deliver(h.t.Context(), chat.Room{Platform: "slack"}, chat.Post{ID: "p1", To: chat.ToDesk, Text: "Shop 7", Card: &c})
	if err != nil {
		h.t.Fatal(err)
	}
	room, _, _ := strings.Cut(ref, ":")
	_, ts, _ := strings.Cut(room, "/")
	h.desk.set(func(d *deskBox) { d.cases[room] = true; h.root = ts })
	return ts
}

var withLi = chat.Card{Agent: chat.Agent{ID: "U0LI", Name: "小李"}, Fix: "ask-for-another-card", FixTitle: "Another card", FixText: "Please try another card & wait."}

// modal waits for the modal that somebody sees.
func (h *hearing) modal(user string) (v slacktest.View) {
	h.t.Helper()
	h.eventually("a modal is open", func() bool {
		var ok bool
		v, ok = h.server.View(user)
		return ok
	})
	return v
}

func TestButtonsOfACard(t *testing.T) {
	inBothWays(t, func(t *testing.T, h *hearing) {
		ts := h.card(chat.Card{})
		h.li.Taps(deskChannel, ts, "claim")
		h.server.Again(h.server.LastDelivery()) // the same tap
		h.wu.Taps(deskChannel, ts, "claim")
		acts := h.heard(2)
		if h.desk.String() != "claim 小李:\nclaim Wu:" || acts[0].ID == acts[1].ID || acts[0].ID == "" {
			t.Errorf("got %+v", acts)
		}
		if h.desk.rooms[0].ID != deskChannel+"/"+ts {
			t.Errorf("the room is %v", h.desk.rooms[0])
		}
	})
}

func TestOtherButtonsOfACard(t *testing.T) {
	h := prepare(t).bySocket()
	ts := h.card(withLi)
	h.li.Taps(deskChannel, ts, "release")
	h.li.Taps(deskChannel, ts, "give_back")
	h.heard(2)
	if h.desk.String() != "release 小李:\ngive_back 小李:" {
		t.Errorf("got %s", h.desk)
	}
}

func TestSuggest(t *testing.T) {
	inBothWays(t, func(t *testing.T, h *hearing) {
		ts := h.card(withLi)
		h.li.Taps(deskChannel, ts, "suggest")
		v := h.modal("U0LI")
		if !strings.Contains(string(v.Blocks), `Please try another card \u0026 wait.`) && !strings.Contains(string(v.Blocks), "Please try another card & wait.") {
			t.Errorf("the modal shows %s", v.Blocks)
		}
		h.li.Submits(v, nil)
		if a := h.heard(1)[0]; a.Kind != chat.Suggest || a.Fix != "ask-for-another-card" || a.Agent.ID != "U0LI" || a.ID == "" {
			t.Errorf("got %+v", a)
		}
		if _, open := h.server.View("U0LI"); open {
			t.Error("the modal stays open")
		}
	})
}

func TestClose(t *testing.T) {
	inBothWays(t, func(t *testing.T, h *hearing) {
		ts := h.card(withLi)
		for i, c := range []struct{ value, note, want string }{
			{"card.expired", "was at the bank", "card.expired"},
			{chat.Option{ID: strings.Repeat("long", 60)}.Key(), "", strings.Repeat("long", 60)},
			{"-", "a broken cable", ""},
		} {
			h.li.Taps(deskChannel, ts, "close")
			h.li.Submits(h.modal("U0LI"), map[string]string{"cause": c.value, "note": c.note})
			if a := h.heard(i + 1)[i]; a.Kind != chat.Close || a.Cause != c.want || a.Note != c.note {
				t.Errorf("got %+v", a)
			}
		}
	})
}

// What was not accepted at once is tried for a while; then the agent is told, and
// nobody else.
func TestATapThatFails(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*deskBox)
		words  string
	}{
		"down":    {func(d *deskBox) { d.refuse = func(chat.Act) error { return errNotNow } }, "try again"},
		"no case": {func(d *deskBox) { d.cases = nil }, "no case here any more"},
	} {
		h := prepare(t).bySocket()
		ts := h.card(chat.Card{})
		h.desk.set(c.change)
		d := h.li.Taps(deskChannel, ts, "claim")
		h.eventually(name, func() bool {
			all := h.server.Ephemerals("U0LI")
			return len(all) > 0 && strings.Contains(all[len(all)-1].Text, c.words)
		})
		if a := h.server.Acks()[d.ID]; a.After > 300*time.Millisecond {
			t.Errorf("%s: acknowledged after %s", name, a.After)
		}
	}
}

// An uncertain message is fetched and handed over again: once a tap.
func TestSayAgain(t *testing.T) {
	inBothWays(t, func(t *testing.T, h *hearing) {
		ts := h.card(withLi)
		said := h.li.Says(deskChannel, ts, "hello &amp; sorry")
		h.heard(1)
		for _, mark := range []chat.Mark{chat.Uncertain} {
			room := chat.Room{Platform: "slack", ID: deskChannel + "/" + ts}
			_, err := h.bot.Deliver(t.Context(), room, chat.Post{ID: "m1", To: chat.ToDesk, Of: said, Mark: mark, Private: "U0LI", Text: "Nobody knows"})
			if err != nil {
				t.Fatal(err)
			}
		}
		at := h.buttonOf("again")
		h.li.Taps(deskChannel, at, "again")
		h.server.Again(h.server.LastDelivery())
		h.li.Taps(deskChannel, at, "again")
		acts := h.heard(3)
		if acts[1].Again != said || acts[2].Again != said || !acts[2].At.After(acts[1].At) {
			t.Errorf("said again: %+v", acts[1:])
		}
		if acts[1].Text != "hello & sorry" || !strings.HasPrefix(acts[1].ID, said+"#") || acts[1].ID == acts[2].ID || acts[1].Agent.Name != "小李" {
			t.Errorf("got %+v", acts[1:])
		}
		h.li.Deletes(deskChannel, said)
		h.li.Taps(deskChannel, at, "again")
		h.eventually("the agent is told", func() bool {
			return strings.Contains(fmt.Sprint(h.server.Ephemerals("U0LI")), "The message is gone")
		})
	})
}

// buttonOf finds the message that has a button, also one that only one person sees.
func (h *hearing) buttonOf(action string) string {
	h.t.Helper()
	for _, m := range append(h.server.Channel(deskChannel).Messages(), h.server.Ephemerals("U0LI")...) {
		if strings.Contains(string(m.Blocks), `"action_id":"`+action+`"`) {
			return m.TS
		}
	}
	h.t.Fatalf("there is no button %s", action)
	return ""
}

// A modal that can't be opened is no silence.
func TestAModalThatFails(t *testing.T) {
	h := prepare(t)
	ts := h.card(withLi)
	h.server.SetFault(func(method string, _ url.Values) slacktest.Fault {
		if method == "views.open" {
			return slacktest.Fault{Kind: slacktest.ErrorBefore}
		}
		return slacktest.Fault{}
	})
	h.bySocket()
	h.li.Taps(deskChannel, ts, "close")
	h.eventually("the agent is told", func() bool { return len(h.server.Ephemerals("U0LI")) == 1 })
}

// What no button of ours sends is acknowledged, and that is all.
func TestUnknownInteractions(t *testing.T) {
	h := prepare(t).bySocket()
	for i, raw := range []string{
		`{"type":"block_actions","user":{"id":"U0LI"},"actions":[{"action_id":"other","block_id":"b","type":"button","action_ts":"1.1"}]}`,
		`{"type":"block_actions","user":{"id":"U0LI"},"actions":[{"action_id":"again","block_id":"b","type":"button","action_ts":"1.2","value":"x"}]}`,
		`{"type":"block_actions","user":{"id":"U0LI"},"actions":[{"action_id":"ask:1","block_id":"b","type":"button","action_ts":"1.3","value":"x"}]}`,
		`{"type":"view_submission","user":{"id":"U0LI"},"view":{"callback_id":"s4_close","private_metadata":"{}"}}`,
		`{"type":"view_submission","user":{"id":"U0LI"},"view":{"callback_id":"other","private_metadata":"{\"r\":\"C0DESK/1.1\",\"i\":\"1\"}"}}`,
		`{"type":"view_closed","user":{"id":"U0LI"}}`, `{"type":"something_new"}`, `{}`,
		`{"type":"block_actions","user":{"id":""},"actions":[{"action_id":"claim","block_id":"b","type":"button","action_ts":"1.4"}]}`,
	} {
		h.server.InjectEnvelope([]byte(fmt.Sprintf(`{"envelope_id":"i%d","type":"interactive","payload":%s}`, i, raw)))
	}
	h.settled()
	if len(h.desk.all()) != 0 || len(h.server.Unacked()) != 0 {
		t.Errorf("acts %s, not acknowledged %v", h.desk, h.server.Unacked())
	}
}
