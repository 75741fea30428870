package merchants

import (
	"math"

	"github.com/s4bot/s4bot/internal/kb"
)

// Merchant is one simulated merchant with a failing payment.
type Merchant struct {
	*World
	luck luck
	// faults are the causes that are at work, by index; unknown stands for
	// one that nobody has written about. Fixes take them away.
	faults   []int
	slip     float64
	dontKnow float64
	// Cause is the id of the first fault, "" for an unknown one.
	Cause string
	// TwoFaults and Charged say what else is so.
	TwoFaults, Charged bool
}

const unknown = -1

// Merchant gives the nth merchant of a world.
func (w *World) Merchant(n int) *Merchant {
	l := luck{w.seed}.of(n)
	m := &Merchant{
		World: w, luck: l, slip: l.between(w.rates.Slip, "slip"), dontKnow: l.between(w.rates.DontKnow, "dont know"),
		Charged: l.share("charged") < w.rates.Charged,
	}
	first := l.pick(w.prior, "cause")
	m.Cause = w.base.Causes[first].ID
	if l.share("unknown") < w.rates.Unknown {
		first, m.Cause = unknown, ""
	}
	m.faults = []int{first}
	if second := l.pick(w.prior, "second"); l.share("two faults") < w.rates.TwoFaults && second != first && first != unknown {
		m.faults, m.TwoFaults = append(m.faults, second), true
	}
	return m
}

// opener is what a merchant writes who tells nothing of the cause.
const opener = "S4 交易失败"

// First gives the merchant's first message.
func (m *Merchant) First() string {
	texts := m.first[""]
	if own := m.first[m.Cause]; m.Cause != "" && len(own) > 0 && m.luck.share("informative") < m.rates.Informative {
		texts = own
	}
	if len(texts) == 0 {
		return opener
	}
	return texts[int(m.luck.share("first")*float64(len(texts)))]
}

// Easy questions are known more often than hard ones; explained ones more often
// than when they were asked first.
const (
	usualEffort  = 2.0 // of a question that is as hard as most
	easiest      = .4
	hardest      = 1.6
	stillUnknown = .5 // share of merchants who do not know even when told how to check
)

// Answer gives the merchant's answer to a question asked for the nth time (from
// 0); false if the merchant does not know.
func (m *Merchant) Answer(q *kb.Question, n int) (*kb.Option, bool) {
	hard := min(max(q.Effort/usualEffort, easiest), hardest)
	if m.luck.share("known", q.ID) < m.dontKnow*hard && (n == 0 || m.luck.share("explained", q.ID) < stillUnknown) {
		return nil, false
	}
	if q.Safety {
		id := kb.NotCharged
		if m.Charged {
			id = kb.Charged
		}
		return q.Option(id), true
	}
	truth := m.luck.pick(m.row(q), "answer", q.ID, m.state())
	if m.luck.share("slip", q.ID) < m.slip {
		other := int(m.luck.share("instead", q.ID) * float64(len(q.Options)-1))
		if other >= truth {
			other++
		}
		return q.Options[other], true
	}
	return q.Options[truth], true
}

// Again gives the answer when the merchant is asked whether the first one is
// right: half of the slips are seen.
func (m *Merchant) Again(q *kb.Question) *kb.Option {
	careful := *m
	if m.luck.share("careful", q.ID) < .5 {
		careful.slip = 0
	}
	careful.dontKnow = 0
	o, _ := careful.Answer(q, 1)
	return o
}

// state names what is wrong: when a fault goes, answers are drawn anew.
func (m *Merchant) state() string {
	out := make([]byte, 0, 4)
	for _, f := range m.faults {
		out = append(out, byte(f+1))
	}
	return string(out)
}

// row is P(option) of a question as things stand: of two faults the one shows
// that changes the answers more.
func (m *Merchant) row(q *kb.Question) []float64 {
	usual := m.usual[q.ID]
	best, most := usual, -1.0
	for _, f := range m.faults {
		r := usual
		switch {
		case f == unknown:
			r = m.luck.noisy(usual, q.ID)
		case m.answers[q.ID][f] != nil:
			r = m.answers[q.ID][f]
		}
		if d := distance(r, usual); d > most {
			best, most = r, d
		}
	}
	return best
}

func distance(p, q []float64) float64 {
	sum := 0.0
	for i := range p {
		sum += math.Abs(p[i] - q[i])
	}
	return sum
}

// Result is what a fix did.
type Result int

// The results of a fix, as the merchant sees them.
const (
	Same      Result = iota
	Different        // one of two faults is gone
	Works
)

// Try does a fix and gives what really happened.
func (m *Merchant) Try(f *kb.Fix) Result {
	left := make([]int, 0, len(m.faults))
	for _, c := range m.faults {
		if c == unknown || !m.cured(c, f) {
			left = append(left, c)
		}
	}
	gone := len(m.faults) - len(left)
	m.faults = left
	switch {
	case len(left) == 0:
		return Works
	case gone > 0:
		return Different
	}
	return Same
}

// cured says whether a fix cures a cause for this merchant.
func (m *Merchant) cured(cause int, f *kb.Fix) bool {
	for _, cure := range m.base.Causes[cause].Cures {
		if cure.Fix == f {
			return m.luck.share("cured", f.ID, m.base.Causes[cause].ID) < cure.Works
		}
	}
	return false
}

// Reported gives what the merchant says of a fix's result.
func (m *Merchant) Reported(r Result, f *kb.Fix) Result {
	if m.luck.share("false report", f.ID) >= m.rates.FalseReport {
		return r
	}
	if r == Works {
		return Same
	}
	return Works
}

// Types says that the merchant types an answer instead of tapping it.
func (m *Merchant) Types(q *kb.Question) bool { return m.luck.share("typed", q.ID) < m.rates.Typed }
