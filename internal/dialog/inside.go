package dialog

import (
	"cmp"
	"slices"

	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/diagnosis"
	"github.com/s4bot/s4bot/internal/kb"
)

// Inside looks into a state: what is believed, what moved it, and why this is
// asked or tried and nothing else. It is reckoned as the decisions are.
func (m *Manager) Inside(s State, lang kb.Lang) chat.Inside {
	t := &turn{Manager: m, s: s.clone()}
	t.reconcile()
	t.s.Lang = lang
	phase := cmp.Or(s.Phase, Idle)
	path := t.path()
	in := chat.Inside{
		Lang: string(lang), Phase: string(phase), PhaseText: t.text(phaseLabels[phase]), Turn: s.Turn,
		Causes: t.believed(path), Path: t.steps(path), Others: []chat.InsideOther{}, Notes: []string{},
		Handoff: t.insideHandoff(), Undo: t.undoable(),
	}
	if t.openCase() && phase != HandedOver {
		t.insideActs(&in)
	}
	return in
}

// believed gives all causes with the unnamed one, likeliest first.
func (t *turn) believed(path []moved) []chat.InsideCause {
	now := t.belief()
	was := now
	if i := slices.IndexFunc(path, func(m moved) bool { return m.newest }); i >= 0 {
		was = path[i].before
	}
	var out []chat.InsideCause
	for _, id := range t.causeIDs() {
		c := chat.InsideCause{ID: id, Title: t.causeTitle(id), P: t.model.P(now, id), Was: t.model.P(was, id)}
		if t.base.Cause(id) != nil {
			c.Group = t.text(groupTitles[kb.Group(id)])
		}
		out = append(out, c)
	}
	slices.SortStableFunc(out, func(a, b chat.InsideCause) int { return cmp.Compare(b.P, a.P) })
	return out
}

// causeIDs are those of all causes, the unnamed one last.
func (m *Manager) causeIDs() []string {
	var ids []string
	for _, c := range m.base.Causes {
		ids = append(ids, c.ID)
	}
	return append(ids, diagnosis.Other)
}

func (t *turn) causeTitle(id string) string {
	if c := t.base.Cause(id); c != nil {
		return t.text(c.Title)
	}
	return t.text(textInsideOther)
}

func (t *turn) asLikely(id string, belief diagnosis.Belief) chat.Likely {
	return chat.Likely{Cause: id, Title: t.causeTitle(id), P: t.model.P(belief, id)}
}

// undoable says that going back would take something away now.
func (t *turn) undoable() bool {
	told := t.newestTold()
	if t.s.Phase == Closed {
		return max(told, t.s.closedAt()) > 0
	}
	return told > 0 && t.openCase() && t.s.Phase != HandedOver
}

// newestTold gives the newest turn that told the bot something; 0: none did.
func (t *turn) newestTold() int {
	next := *t
	next.s.Turn++
	return next.lastTold()
}

// insideHandoff says why a person has the case.
func (t *turn) insideHandoff() *chat.InsideHandoff {
	h := t.s.Handoff
	if h == nil {
		return nil
	}
	out := &chat.InsideHandoff{Reason: string(h.Reason), Text: t.text(reasonLabels[h.Reason]), Urgent: h.Urgent}
	if f := t.base.Fix(h.Fix); f != nil {
		out.Fix = t.text(f.Title)
	}
	return out
}

// limits tells which limits hold in a situation.
func (t *turn) limits(s diagnosis.Situation) []string {
	most := t.model.Params()
	out := []string{}
	for _, limit := range []struct {
		holds bool
		text  string
	}{
		{t.atEnd(), t.text(textInsideEnd)},
		{!t.atEnd() && s.Questions >= most.MaxQuestions, fill(t.text(textInsideAsked), count(most.MaxQuestions))},
		{!t.atEnd() && s.Fixes >= most.MaxFixes, fill(t.text(textInsideTried), count(most.MaxFixes))},
		{s.NoTests, t.text(textInsideNoTests)},
		{s.NoPayment, t.text(textInsideNoPayment)},
	} {
		if limit.holds {
			out = append(out, limit.text)
		}
	}
	return out
}
