package dialog

import (
	"slices"

	"github.com/s4bot/s4bot/internal/chat"
)

// whatIf takes each step that the merchant may take next, and looks at what comes
// of it.
func (t *turn) whatIf(in *chat.Inside) []chat.InsideOption {
	out := []chat.InsideOption{}
	for _, id := range t.s.Pending.Options {
		next, _ := t.Step(t.s, Event{At: t.s.Seen, Heard: []Heard{{Message: chat.Message{Choice: id}}}})
		belief := t.model.Belief(next.evidence())
		option := chat.InsideOption{ID: id, Label: t.optionLabel(t.s, id).In(t.s.Lang), P: t.chance(id), Then: t.then(next)}
		for _, c := range in.Causes {
			option.After = append(option.After, t.model.P(belief, c.ID))
		}
		top := slices.Index(option.After, slices.Max(option.After))
		option.Top = t.asLikely(in.Causes[top].ID, belief)
		out = append(out, option)
	}
	return out
}

// chance gives how likely an option is to be taken; 0: nobody reckons that.
func (t *turn) chance(option string) float64 {
	p, belief := t.s.Pending, t.belief()
	switch unknown := t.model.Params().DontKnow; {
	case p.Kind == ForAnswer && option == optUnsure:
		return unknown
	case p.Kind == ForAnswer:
		return (1 - unknown) * t.model.Answer(belief, p.Question, option)
	case p.Kind == ForConfirm && option == p.Option:
		return 1 - t.slipped(p.Question)
	case p.Kind == ForResult && option == string(Works):
		return t.model.Helps(belief, p.Fix)
	case p.Kind == ForResult && option == string(Same):
		return 1 - t.model.Helps(belief, p.Fix)
	}
	return 0
}

// then says what the bot does in a state.
func (t *turn) then(s State) string {
	q, f := t.base.Question(s.Pending.Question), t.base.Fix(s.Pending.Fix)
	switch same := s.Pending.Question == t.s.Pending.Question && s.Pending.Fix == t.s.Pending.Fix; {
	case s.Phase == HandedOver:
		return fill(t.text(textInsideThenPerson), t.text(reasonLabels[s.Handoff.Reason]))
	case s.Phase == Closed:
		return t.text(textInsideThenDone)
	case s.Phase == Offering:
		return t.text(textInsideThenOffer)
	case s.Pending.Kind == ForConfirm && q != nil:
		return t.text(textInsideThenConfirm)
	case same && (q != nil || f != nil):
		return t.text(textInsideThenHelp)
	case q != nil:
		return fill(t.text(textInsideThenAsk), t.text(q.Ask))
	case f != nil:
		return fill(t.text(textInsideThenFix), t.text(f.Title))
	}
	return ""
}
