package dialog

import (
	"slices"
	"strconv"

	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/diagnosis"
	"github.com/s4bot/s4bot/internal/kb"
)

// othersMost is how many other acts of a kind are shown.
var othersMost = map[chat.OtherKind]int{chat.OtherQuestion: 5, chat.OtherFix: 2, chat.OtherPerson: 1}

// choice is a decision, as it was made.
type choice struct {
	belief    diagnosis.Belief
	situation diagnosis.Situation
	act       diagnosis.Act
}

// choice makes the decision that led to what is pending once more.
func (t *turn) choice() choice {
	before := t.choosing()
	c := choice{belief: before.belief(), situation: before.ended(before.situation())}
	c.act = t.policy(t.model, before.s.evidence(), c.situation)
	return c
}

// choosing gives the turn as it was before what is pending was asked or proposed.
func (t *turn) choosing() *turn {
	p := t.s.Pending
	before := &turn{Manager: t.Manager, s: t.s.clone()}
	for i, e := range slices.Backward(before.s.Log) {
		asked := e.What == Asked && e.Question == p.Question
		if e.Void == 0 && (asked || e.What == Proposed && e.Fix == p.Fix) {
			before.s.Log = slices.Delete(before.s.Log, i, i+1)
			break
		}
	}
	before.s.Pending = Pending{}
	return before
}

// insideActs shows what is pending, why it was chosen, and what was not.
func (t *turn) insideActs(in *chat.Inside) {
	c := t.choice()
	in.Notes = t.limits(c.situation)
	switch p := t.s.Pending; {
	case p.Question != "":
		in.Question = t.insideQuestion(in, c, t.base.Question(p.Question))
	case p.Fix != "":
		in.Fix = t.insideFix(in, c, t.base.Fix(p.Fix))
	}
	if p := t.s.Pending.Kind; p == ForAnswer || p == ForResult {
		in.Others = t.insideOthers(c)
	}
}

// insideQuestion shows the pending question.
func (t *turn) insideQuestion(in *chat.Inside, c choice, q *kb.Question) *chat.InsideQuestion {
	out := &chat.InsideQuestion{
		ID: q.ID, Text: t.text(q.Ask), By: t.askedBy(c, q), Why: t.text(q.Why), Tells: []chat.Likely{}, Options: t.whatIf(in),
	}
	if first, second := t.model.Tells(c.belief, q.ID); first != "" {
		out.Tells = []chat.Likely{t.asLikely(first, c.belief), t.asLikely(second, c.belief)}
	}
	if out.By == chat.ByCost {
		out.Savings = t.saves(c)
	}
	out.Because = t.becauseAsked(c, out, q)
	return out
}

// askedBy says what the pending question was chosen by.
func (t *turn) askedBy(c choice, q *kb.Question) chat.InsideBy {
	switch {
	case t.s.Pending.Kind == ForConfirm:
		return chat.ByDoubt
	case t.s.Pending.Kind == ForWhich:
		return chat.ByClash
	case q.Safety && t.s.Waiting && !t.s.WayRound:
		return chat.ByWaiting
	case q.Safety:
		return chat.ByMoney
	case c.act.Question == q:
		return chat.ByCost
	case q.ID == screenMessage && t.s.reopened() > 0:
		return chat.ByScreen
	}
	return chat.ByEarlier
}

// becauseAsked says in a sentence why a question is asked.
func (t *turn) becauseAsked(c choice, out *chat.InsideQuestion, q *kb.Question) string {
	switch f := c.act.Fix; {
	case out.Savings != nil:
		return fill(t.text(textInsideSaves), t.span(out.Savings.Without.Seconds-out.Savings.With.Seconds), out.Savings.With.Text)
	case out.By == chat.ByMoney && f != nil && f.RepeatsPayment:
		return fill(t.text(textInsideMoneyFix), t.text(f.Title))
	case out.By == chat.ByDoubt:
		return fill(t.text(textInsideDoubt), t.optionLabel(t.s, t.s.Pending.Option).In(t.s.Lang), percent(t.slipped(q.ID)))
	}
	return t.text(becauseTexts[out.By])
}

// slipped gives the probability that the answer to be confirmed is a slip, by what
// was believed before it.
func (t *turn) slipped(question string) float64 {
	before := t.s.clone()
	before.Log = slices.DeleteFunc(before.Log, func(e Entry) bool { return e.What == Answer && e.Question == question })
	return t.model.Slipped(t.model.Belief(before.evidence()), question, t.s.Pending.Option)
}

// insideFix shows the pending fix.
func (t *turn) insideFix(in *chat.Inside, c choice, f *kb.Fix) *chat.InsideFix {
	out := &chat.InsideFix{
		ID: f.ID, Title: t.text(f.Title), By: chat.ByEarlier, Works: t.model.Helps(t.belief(), f.ID), Effort: t.insideCost(f.Effort),
		Repeats: f.RepeatsPayment, Options: t.whatIf(in), Because: t.text(becauseTexts[chat.ByEarlier]),
	}
	if c.act.Fix == f {
		out.By, out.Savings = chat.ByCost, t.saves(c)
		out.Because = fill(t.text(textInsideFixes), percent(out.Works), out.Effort.Text)
	}
	return out
}

// saves compares what was chosen with going without it.
func (t *turn) saves(c choice) *chat.InsideSaves {
	return &chat.InsideSaves{
		With: t.insideCost(c.act.Cost), Without: t.insideCost(t.model.Without(c.belief, c.situation, c.act)),
		Unasked: t.insideCost(t.model.Repair(c.belief, c.situation).Cost),
	}
}

// insideOthers gives what could be done instead of what was chosen.
func (t *turn) insideOthers(c choice) []chat.InsideOther {
	out, shown := []chat.InsideOther{}, map[chat.OtherKind]int{}
	for _, a := range t.model.Weigh(c.belief, c.situation) {
		chosen := a.Question == c.act.Question && a.Fix == c.act.Fix
		pending := a.Question != nil && a.Question.ID == t.s.Pending.Question || a.Fix != nil && a.Fix.ID == t.s.Pending.Fix
		if chosen || pending {
			continue
		}
		if o := t.insideOther(c, a); shown[o.Kind] < othersMost[o.Kind] {
			out = append(out, o)
			shown[o.Kind]++
		}
	}
	return out
}

func (t *turn) insideOther(c choice, a diagnosis.Act) chat.InsideOther {
	out := chat.InsideOther{Kind: chat.OtherPerson, Title: t.text(textInsidePerson), Cost: t.insideCost(a.Cost), Dearer: t.insideCost(a.Cost - c.act.Cost)}
	switch f := a.Fix; {
	case a.Question != nil:
		out.Kind, out.ID, out.Title = chat.OtherQuestion, a.Question.ID, t.text(a.Question.Ask)
		out.Reason = t.notAsked(c, a)
	case f == nil:
		out.Reason = t.text(textInsideNoPerson)
	default:
		out.Works = t.model.Helps(c.belief, f.ID)
		out.ID, out.Title, out.Reason = f.ID, t.text(f.Title), t.notTried(f, out.Works)
		if !f.Agent {
			out.Kind = chat.OtherFix
		}
	}
	return out
}

// notAsked says why a question is not asked.
func (t *turn) notAsked(c choice, a diagnosis.Act) string {
	first, second := t.model.Tells(c.belief, a.Question.ID)
	if first == "" {
		return t.text(textInsideTellsNone)
	}
	apart := textInsideTellsLess
	switch {
	case a.Cost <= c.act.Cost:
		apart = textInsideTellsAlike
	case a.Cost >= t.model.Repair(c.belief, c.situation).Cost:
		apart = textInsideTellsVain
	}
	return fill(t.text(apart), t.causeTitle(first), t.causeTitle(second))
}

// notTried says why a fix is not tried.
func (t *turn) notTried(f *kb.Fix, works float64) string {
	text := textInsideNotTried
	switch {
	case f.Agent:
		text = textInsideByAgent
	case !t.mayPay(f):
		text = textInsideNotPaid
	}
	return fill(t.text(text), percent(works), t.span(f.Effort*unitSeconds))
}

func count(n int) string { return strconv.Itoa(n) }
