package dialog

import (
	"cmp"
	"math"
	"slices"

	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/diagnosis"
)

// moversMost is how many causes a step names, moverLeast how far it must have
// moved them.
const (
	moversMost = 3
	moverLeast = .005
)

// moved is a line of the log with the belief before and after it.
type moved struct {
	Entry
	before, after diagnosis.Belief
	newest        bool
}

// path gives the lines that count and that somebody would call a step, each with
// the belief that the log up to it gives.
func (t *turn) path() []moved {
	var out []moved
	newest := t.newestTold()
	sofar := State{}
	belief := t.model.Prior()
	for _, e := range t.s.Log {
		if e.Void != 0 || e.What == Asked || e.What == Proposed {
			continue
		}
		sofar.Log = append(sofar.Log, e)
		after := t.model.Belief(sofar.evidence())
		out = append(out, moved{e, belief, after, e.Turn == newest && e.Source != FromAuto})
		belief = after
	}
	return out
}

// steps says a path in words.
func (t *turn) steps(path []moved) []chat.InsideStep {
	out := []chat.InsideStep{}
	for _, m := range path {
		step, ok := t.step(m.Entry)
		if !ok {
			continue
		}
		step.Turn, step.Newest = m.Turn, m.newest
		step.Read, step.Confirmed = m.Source == FromText && m.What == Answer, m.Confirmed
		step.Bits, step.Movers = bits(m.before, m.after), t.movers(m.before, m.after)
		out = append(out, step)
	}
	return out
}

// step says what a line of the log is about; false: the knowledge has that no more.
func (t *turn) step(e Entry) (chat.InsideStep, bool) {
	q, f := t.base.Question(e.Question), t.base.Fix(e.Fix)
	switch {
	case e.What == Searched:
		return chat.InsideStep{Kind: chat.StepWords, Title: t.text(textInsideWords), Detail: t.wordsOf(e.Msg)}, true
	case e.What == Answer && q != nil && t.label(e) != "":
		kind := chat.StepAnswer
		if e.Source == FromAuto {
			kind = chat.StepAuto
		}
		return chat.InsideStep{Kind: kind, Title: t.text(q.Ask), Detail: t.label(e)}, true
	case e.What == Unsure && q != nil:
		return chat.InsideStep{Kind: chat.StepUnsure, Title: t.text(q.Ask), Detail: t.text(textUnsure)}, true
	case e.What == Reported && f != nil:
		return chat.InsideStep{Kind: chat.StepFix, Title: t.text(f.Title), Detail: t.text(resultLabels[e.Result])}, true
	}
	return chat.InsideStep{}, false
}

// wordsOf gives the words of a message, as far as they are kept.
func (t *turn) wordsOf(msg string) string {
	for _, w := range t.s.Words {
		if w.Msg == msg && w.Text != "" {
			return w.Text
		}
	}
	return t.text(textOwnWords)
}

// movers gives the causes that a step moved most, in words.
func (t *turn) movers(before, after diagnosis.Belief) []chat.InsideMover {
	out := []chat.InsideMover{}
	for _, id := range t.causeIDs() {
		m := chat.InsideMover{ID: id, Was: t.model.P(before, id), P: t.model.P(after, id)}
		if math.Abs(m.P-m.Was) >= moverLeast {
			m.Title, m.Decibans = t.causeTitle(id), 10*math.Log10(odds(m.P)/odds(m.Was))
			out = append(out, m)
		}
	}
	slices.SortStableFunc(out, func(a, b chat.InsideMover) int {
		return cmp.Compare(math.Abs(b.P-b.Was), math.Abs(a.P-a.Was))
	})
	return out[:min(len(out), moversMost)]
}

func odds(p float64) float64 { return p / (1 - p) }

// bits is how much a belief tells beyond the one before it: their relative entropy.
func bits(before, after diagnosis.Belief) float64 {
	sum := 0.0
	for i, p := range after {
		if p > 0 && before[i] > 0 {
			sum += p * math.Log2(p/before[i])
		}
	}
	return max(sum, 0)
}

// insideCost gives units of effort in words as well.
func (t *turn) insideCost(units float64) chat.InsideCost {
	seconds := units * unitSeconds
	return chat.InsideCost{Units: units, Seconds: seconds, Text: t.span(seconds)}
}

// unitSeconds is what one unit of effort is.
const unitSeconds = 15

// span writes a time in minutes and seconds.
func (t *turn) span(seconds float64) string {
	s := int(math.Abs(seconds) + .5)
	switch {
	case s < 60:
		return fill(t.text(textInsideSeconds), count(s))
	case s%60 == 0:
		return fill(t.text(textInsideMinutes), count(s/60))
	}
	return fill(t.text(textInsideSpan), count(s/60), count(s%60))
}
