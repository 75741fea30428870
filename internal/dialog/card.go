package dialog

import (
	"strings"

	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/diagnosis"
	"github.com/s4bot/s4bot/internal/kb"
)

// ruledOutMost is how many ruled-out causes a card names.
const ruledOutMost = 4

// card is what the desk sees of a case: enough that nobody asks the merchant
// twice, short enough to read in twenty seconds. over says how it ended: then nothing
// is left to do. It gives the card in parts and as a text.
func (t *turn) card(over string) (chat.Card, string) {
	h := t.s.Handoff
	next := ""
	if over == "" {
		next = t.nextStep()
	}
	c := chat.Card{Over: over, Title: t.text(textCardTitle) + t.text(reasonLabels[h.Reason]), Urgent: h.Urgent, Agent: h.Agent, Lang: string(t.s.Lang)}
	if h.Urgent {
		c.Title = t.text(textCardUrgent) + t.text(reasonLabels[h.Reason])
	}
	before := t.rows(
		row(t.text(textCardMerchant), t.s.Merchant), row(t.text(textCardTerminal), t.s.Terminal),
		row(t.text(textCardMoney), t.text(moneyLabels[t.charge()])), row("", t.waits()),
		row(t.text(textCardWords), quoted(t.s.Words)...), row(t.text(textCardFacts), t.knownLabels()...),
	)
	after := t.rows(
		row(t.text(textCardOut), t.ruledOut()...), row(t.text(textCardTried), t.triedLines()...), row(t.text(textCardNext), next),
	)
	for _, p := range h.Top {
		if cause := t.base.Cause(p.Cause); cause != nil {
			c.Top = append(c.Top, chat.Likely{Cause: p.Cause, Title: t.text(cause.Title), P: p.P})
		}
	}
	c.Rows = append(before, after...)
	top := t.rows(row(t.text(textCardTop), t.topLines(h.Top)...))
	return c, c.Title + t.lines(before) + t.lines(top) + t.lines(after)
}

func row(label string, parts ...string) chat.Row { return chat.Row{Label: label, Parts: parts} }

// rows leaves those away that say nothing.
func (t *turn) rows(all ...chat.Row) (out []chat.Row) {
	for _, r := range all {
		if len(r.Parts) > 0 && r.Parts[0] != "" {
			out = append(out, r)
		}
	}
	return out
}

// lines writes rows below a title.
func (t *turn) lines(rows []chat.Row) string {
	var b strings.Builder
	for _, r := range rows {
		b.WriteString("\n" + r.Label + strings.Join(r.Parts, t.text(textSeparator)))
	}
	return b.String()
}

// waits says that a customer waits in the shop.
func (t *turn) waits() string {
	if !t.s.Waiting {
		return ""
	}
	return t.text(textCardWaiting)
}

// suggested gives the fix that an agent can send as it is: the best one for what
// is likeliest, if it was not tried.
func (t *turn) suggested() *kb.Fix {
	h := t.s.Handoff
	if f := t.base.Fix(h.Fix); f != nil {
		return f
	}
	if len(h.Top) == 0 {
		return nil
	}
	if c := t.base.Cause(h.Top[0].Cause); c != nil {
		return t.untried(c)
	}
	return nil
}

// suggestion is a fix as the merchant reads it.
func (t *turn) suggestion(f *kb.Fix) string {
	return fill(t.text(textDoThis), t.text(f.Title)) + "\n" + numbered(f.Steps.In(t.s.Lang))
}

func quoted(words []Said) []string {
	var out []string
	for _, w := range words {
		if w.Text != "" && !w.Passed { // what was passed on stands below the card
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
