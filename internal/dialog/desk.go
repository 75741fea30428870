package dialog

import (
	"cmp"
	"slices"
	"time"

	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/kb"
)

// Desk is how the people at the desk work. The zero Desk reminds nobody and is
// always open.
type Desk struct {
	// Lang is the language of what the desk reads; empty: the merchant's.
	Lang kb.Lang
	// Remind is how long a case may wait for somebody before the desk is
	// reminded; then twice as long, and so on, three times in all. 0: never.
	Remind time.Duration
	// Silence is how long a merchant may leave an agent without an answer before
	// the agent is told; 0: for ever.
	Silence time.Duration
	Hours   Hours
}

// At gives a manager for a desk; everything else stays.
func (m *Manager) At(d Desk) *Manager {
	with := *m
	with.desk = d
	return &with
}

// act takes in what an agent did. One that is known changes nothing.
func (t *turn) act(a chat.Act) {
	trace := traceAct(a)
	if t.s.Knows(trace) {
		return
	}
	t.seen(trace)
	if t.s.Pending.Kind == ForForget {
		t.s.Pending = Pending{} // a yes is now meant for the agent
	}
	switch a.Kind {
	case chat.Say:
		t.agentSays(a)
	case chat.Claim:
		t.claim(a.Agent)
	case chat.Release:
		t.giveUpCase(a.Agent)
	case chat.GiveBack:
		t.giveBack(a.Agent)
	case chat.Suggest:
		t.suggest(a)
	case chat.Close:
		t.closeBy(a)
	}
}

// traceAct is what repeats of an act are known by.
func traceAct(a chat.Act) chat.Message {
	m := chat.Message{ID: "act " + a.ID, Text: a.Text, Edited: a.Change == chat.Edit, At: a.At}
	if a.Change == chat.Delete {
		m.ID += " deleted"
	}
	return m
}

// has says whether an agent has the case.
func (t *turn) has(a chat.Agent) bool {
	return t.s.Phase == HandedOver && t.s.Handoff.Agent.ID == a.ID && a.ID != ""
}

// free says that nobody has the case.
func (t *turn) free() bool { return t.s.Phase == HandedOver && t.s.Handoff.Agent.ID == "" }

// tell tells one agent something that nobody else sees.
func (t *turn) tell(a chat.Agent, x kb.Text, values ...string) {
	text := t.forDesk(func() string { return fill(t.text(x), values...) })
	t.send(chat.Post{To: chat.ToDesk, Kind: chat.Info, Text: text, Private: a.ID})
}

// forDesk makes a text in the desk's language.
func (t *turn) forDesk(make func() string) string {
	lang := t.s.Lang
	defer func() { t.s.Lang = lang }()
	if t.desk.Lang != "" {
		t.s.Lang = t.desk.Lang
	}
	return make()
}

// handoff gives the handoff to change: a copy, for the old state shares it.
func (t *turn) handoff() *Handoff {
	h := *t.s.Handoff
	h.Guests = slices.Clone(h.Guests)
	t.s.Handoff = &h
	return &h
}

// claim makes a case an agent's, unless another one was faster. It may be taken
// from the bot, too. The merchant hears who writes from now on.
func (t *turn) claim(a chat.Agent) {
	switch {
	case !t.openCase():
		t.tell(a, textDeskEnded)
		return
	case t.has(a):
		return
	case t.s.Phase == HandedOver && !t.free():
		t.tell(a, textDeskTaken, t.s.Handoff.Agent.Name)
		return
	case t.s.Phase != HandedOver:
		t.release()
		ranked := t.model.Ranked(t.belief())
		t.s.Handoff, t.s.Phase = &Handoff{Reason: AgentCame, Top: ranked[:min(3, len(ranked))], Since: t.e.At}, HandedOver
		t.keepRecord(ToPerson)
	}
	h := t.handoff()
	h.Agent, h.Spoken, h.Quiet, h.Guests, h.After = a, true, false, nil, t.s.newestLine()
	t.s.Pending, t.s.Wake = Pending{}, time.Time{}
	t.post(chat.Info, fill(t.text(textAgentHere), cmp.Or(a.Name, t.text(textColleague))))
	t.sendCard(chat.Edit)
}

// giveUpCase lets another agent take the case.
func (t *turn) giveUpCase(a chat.Agent) {
	if !t.mine(a) {
		return
	}
	h := t.handoff()
	h.Agent, h.Guests, h.After, h.Reminded, h.Since = chat.Agent{}, nil, time.Time{}, 0, t.e.At
	t.post(chat.Info, t.text(textReleased))
	t.sendCard(chat.Edit)
	t.watch()
}

// mine says whether an agent has the case, and tells one who has not.
func (t *turn) mine(a chat.Agent) bool {
	switch {
	case t.has(a):
		return true
	case !t.openCase():
		t.tell(a, textDeskEnded)
	case t.s.Phase != HandedOver || t.free():
		t.tell(a, textDeskFree)
	default:
		t.tell(a, textDeskTaken, t.s.Handoff.Agent.Name)
	}
	return false
}
