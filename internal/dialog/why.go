package dialog

import (
	"strings"

	"github.com/s4bot/s4bot/internal/diagnosis"
	"github.com/s4bot/s4bot/internal/kb"
)

// whyReasons is how many reasons for and against a conclusion are told.
const whyReasons = 3

// worthTelling is the belief from which a cause is named as the likeliest.
const worthTelling = .15

// why explains the question or fix that is pending, or where things stand.
func (t *turn) why() string {
	if q := t.base.Question(t.s.Pending.Question); q != nil {
		return t.whyAsk(q)
	}
	ranked := t.model.Ranked(t.belief())
	best := t.base.Cause(ranked[0].Cause)
	if best == nil || ranked[0].P < worthTelling {
		return t.text(textWhyNothing)
	}
	text := fill(t.text(textWhyCause), t.text(best.Title), percent(ranked[0].P))
	forIt, against := t.reasons(ranked[0].Cause)
	if len(forIt) > 0 {
		text += "\n" + fill(t.text(textWhyFor), strings.Join(forIt, t.text(textSeparator)))
	}
	if len(against) > 0 {
		text += "\n" + fill(t.text(textWhyAgainst), strings.Join(against, t.text(textSeparator)))
	}
	return text
}

// whyAsk says what a question is for: in general, and which of the likely
// causes it tells apart now.
func (t *turn) whyAsk(q *kb.Question) string {
	text := t.text(q.Why)
	first, second := t.model.Tells(t.belief(), q.ID)
	if a, b := t.base.Cause(first), t.base.Cause(second); a != nil && b != nil && !q.Safety {
		text += "\n" + fill(t.text(textWhyAsk), t.text(a.Title), t.text(b.Title))
	}
	return text
}

// reasons gives the strongest evidence for and against a cause, in words.
func (t *turn) reasons(cause string) (forIt, against []string) {
	for _, r := range t.model.Reasons(t.s.evidence(), cause) {
		words := t.evidenceWords(r.Evidence)
		switch {
		case words == "":
		case r.Weight > 0 && len(forIt) < whyReasons:
			forIt = append(forIt, words)
		case r.Weight < 0 && len(against) < whyReasons:
			against = append(against, words)
		}
	}
	return forIt, against
}

// evidenceWords says a piece of evidence in the merchant's language.
func (t *turn) evidenceWords(e diagnosis.Evidence) string {
	switch e.Kind {
	case diagnosis.Answered:
		if a := t.s.answer(e.Question); a != nil {
			return t.label(*a)
		}
	case diagnosis.Searched:
		return t.text(textOwnWords)
	case diagnosis.Failed:
		if f := t.base.Fix(e.Fix); f != nil {
			return fill(t.text(textNoHelp), t.text(f.Title))
		}
	}
	return ""
}
