package dialog

import (
	"strings"

	"github.com/s4bot/s4bot/internal/diagnosis"
	"github.com/s4bot/s4bot/internal/kb"
)

// ruledOutMost is how many ruled-out causes a card names.
const ruledOutMost = 4

// card is what the desk sees of a case: enough that nobody asks the merchant
// twice, short enough to read in twenty seconds.
func (t *turn) card() string {
	h := t.s.Handoff
	var b strings.Builder
	line := func(label string, parts ...string) {
		if len(parts) > 0 && parts[0] != "" {
			b.WriteString("\n" + label + strings.Join(parts, t.text(textSeparator)))
		}
	}
	title := t.text(textCardTitle)
	if h.Urgent {
		title = t.text(textCardUrgent)
	}
	b.WriteString(title + t.text(reasonLabels[h.Reason]))
	line(t.text(textCardMerchant), t.s.Merchant)
	line(t.text(textCardTerminal), t.s.Terminal)
	line(t.text(textCardMoney), t.text(moneyLabels[t.charge()]))
	if t.s.Waiting {
		line("", t.text(textCardWaiting))
	}
	line(t.text(textCardWords), quoted(t.s.Words)...)
	line(t.text(textCardFacts), t.knownLabels()...)
	line(t.text(textCardTop), t.topLines(h.Top)...)
	line(t.text(textCardOut), t.ruledOut()...)
	line(t.text(textCardTried), t.triedLines()...)
	line(t.text(textCardNext), t.nextStep())
	return b.String()
}

func quoted(words []Said) []string {
	var out []string
	for _, w := range words {
		if w.Text != "" {
			out = append(out, "「"+strings.ReplaceAll(w.Text, "\n", " ")+"」")
		}
	}
	return out
}

// topLines writes the likeliest causes with their probabilities as bars.
func (t *turn) topLines(top []diagnosis.Probability) []string {
	var out []string
	for _, p := range top {
		if c := t.base.Cause(p.Cause); c != nil {
			out = append(out, "\n  "+bar(p.P)+" "+percent(p.P)+" "+t.text(c.Title))
		}
	}
	return []string{strings.Join(out, "")}
}

// bar draws a probability in ten blocks.
func bar(p float64) string {
	full := int(p*10 + .5)
	return strings.Repeat("█", full) + strings.Repeat("░", 10-full)
}

// ruledOut names causes that were plausible at first and no longer are, each
// with the strongest evidence against it.
func (t *turn) ruledOut() []string {
	belief, prior := t.belief(), t.model.Prior()
	var out []string
	ranked := t.model.Ranked(prior)
	for _, p := range ranked {
		now := t.model.P(belief, p.Cause)
		if len(out) == ruledOutMost || p.P < .02 {
			break
		}
		if now > p.P/5 || now > .01 {
			continue
		}
		if against := t.ruledOutBy(p.Cause); against != "" {
			out = append(out, fill(t.text(textBecause), t.text(t.base.Cause(p.Cause).Title), against))
		}
	}
	return out
}

// ruledOutBy gives the strongest answer or failed fix against a cause, in words.
func (t *turn) ruledOutBy(cause string) string {
	for _, r := range t.model.Reasons(t.s.evidence(), cause) {
		if r.Weight < 0 && r.Evidence.Kind != diagnosis.Searched {
			return t.evidenceWords(r.Evidence)
		}
	}
	return ""
}

func (t *turn) triedLines() []string {
	var out []string
	for _, e := range t.s.Log {
		if e.What != Reported || e.Void != 0 {
			continue
		}
		if f := t.base.Fix(e.Fix); f != nil {
			out = append(out, fill(t.text(textTriedResult), t.text(f.Title), t.text(resultLabels[e.Result])))
		}
	}
	return out
}

// nextStep is what the desk should do first.
func (t *turn) nextStep() string {
	h := t.s.Handoff
	if t.charge() == charged {
		return t.text(textCardRefund)
	}
	f := t.base.Fix(h.Fix)
	switch {
	case f != nil && t.mayPay(f):
		return t.text(f.Title)
	case f != nil:
		return t.text(textCardCharge) + t.text(textCardThen) + t.text(f.Title)
	case t.charge() == "":
		return t.text(textCardCharge)
	}
	if c := t.base.Cause(h.Top[0].Cause); c != nil {
		if f := t.untried(c); f != nil {
			return t.text(f.Title)
		}
	}
	return t.text(textCardLook)
}

// untried gives the most promising fix of a cause that has not been tried.
func (t *turn) untried(c *kb.Cause) *kb.Fix {
	var best kb.Cure
	tried := t.situation().Tried
	for _, cure := range c.Cures {
		if !tried[cure.Fix.ID] && cure.Works > best.Works {
			best = cure
		}
	}
	return best.Fix
}
