package diagnosis

import (
	"cmp"
	"math"
	"slices"

	"github.com/s4bot/s4bot/internal/kb"
)

// Kind says what a piece of evidence is.
type Kind string

// The kinds of evidence.
const (
	Answered Kind = "answer" // an answer to a question, however it came
	Searched Kind = "text"   // how well a message matches the articles
	Failed   Kind = "failed" // a fix was done and did not help
)

// Evidence is one thing known about a case.
type Evidence struct {
	Kind Kind `json:"kind"`
	// Question and Option are the answer.
	Question string `json:"question,omitempty"`
	Option   string `json:"option,omitempty"`
	// Confirmed says that the merchant gave the answer twice.
	Confirmed bool `json:"confirmed,omitempty"`
	// Slip is the share of such answers that are wrong; 0 stands for that of
	// answers given to a question.
	Slip float64 `json:"slip,omitempty"`
	// Hits are the search's best articles for a message, causes only.
	Hits []kb.Hit `json:"hits,omitempty"`
	// Trust is how far the message tells enough to be believed, from 0 to 1.
	Trust float64 `json:"trust,omitempty"`
	// Fix is the id of the fix that failed.
	Fix string `json:"fix,omitempty"`
}

// Probability is the probability of one cause.
type Probability struct {
	Cause string  `json:"cause"`
	P     float64 `json:"p"`
}

// Belief is the probability of every cause of a model, Other last. It sums to 1.
type Belief []float64

// Prior gives the belief without any evidence.
func (m *Model) Prior() Belief { return slices.Clone(m.prior) }

// Belief computes the belief from a log of evidence. The order of the log does
// not matter. Evidence that names an unknown question, option or fix (of an
// older knowledge base) says nothing.
func (m *Model) Belief(log []Evidence) Belief {
	b := m.Prior()
	for _, e := range log {
		m.apply(b, e)
	}
	return b
}

// Update gives a belief after one more piece of evidence.
func (m *Model) Update(b Belief, e Evidence) Belief {
	b = slices.Clone(b)
	m.apply(b, e)
	return b
}

// apply multiplies a piece of evidence into a belief.
func (m *Model) apply(b Belief, e Evidence) {
	weight := m.likelihood(e)
	if weight == nil {
		return
	}
	for c := range b {
		b[c] *= weight(c)
	}
	b.normalise()
}

// likelihood gives P(evidence | cause) up to a common factor, or nil for
// evidence that says nothing.
func (m *Model) likelihood(e Evidence) func(cause int) float64 {
	switch e.Kind {
	case Answered:
		t := m.tables[e.Question]
		if t == nil {
			return nil
		}
		i, ok := t.option[e.Option]
		if !ok {
			return nil
		}
		s := m.slip(e)
		return func(c int) float64 { return slip(t.p[i][c], s, len(t.p)) }
	case Searched:
		factor := m.textFactor(e.Hits, m.params.TextTrust*e.Trust)
		return func(c int) float64 { return factor[c] }
	case Failed:
		r := m.byFix[e.Fix]
		if r == nil {
			return nil
		}
		return func(c int) float64 { return 1 - r.worksFor(c) }
	}
	return nil
}

// slip gives how often an answer such as this is wrong.
func (m *Model) slip(e Evidence) float64 {
	switch {
	case e.Confirmed:
		return m.params.ConfirmSlip
	case e.Slip > 0:
		return e.Slip
	}
	return m.params.Slip
}

func (r *remedy) worksFor(cause int) float64 {
	for i, c := range r.causes {
		if c == cause {
			return r.works[i]
		}
	}
	return 0
}

// textFactor turns search scores into (1−ρ) + ρ·n·softmax(λ·score): a text
// match can raise a cause far, and lower none below 1−ρ, so that answers can
// overturn it.
func (m *Model) textFactor(hits []kb.Hit, trust float64) []float64 {
	factor := make([]float64, m.n+1)
	sum := 0.0
	for c := range m.n {
		factor[c] = 1
	}
	for _, h := range hits {
		if c, ok := m.index[h.ID]; ok && c < m.n {
			factor[c] = math.Exp(m.params.TextSharp * h.Score)
		}
	}
	for c := range m.n {
		sum += factor[c]
	}
	for c := range m.n {
		factor[c] = 1 - trust + trust*float64(m.n)*factor[c]/sum
	}
	factor[m.n] = 1
	return factor
}

func (b Belief) normalise() {
	sum := 0.0
	for _, p := range b {
		sum += p
	}
	if sum <= 0 || math.IsNaN(sum) || math.IsInf(sum, 0) {
		return
	}
	for i := range b {
		b[i] /= sum
	}
}

// Ranked gives the named causes, likeliest first, with their probabilities
// (Other has its share of the sum but is left out).
func (m *Model) Ranked(b Belief) []Probability {
	out := make([]Probability, m.n)
	for i, c := range m.base.Causes {
		out[i] = Probability{c.ID, b[i]}
	}
	slices.SortStableFunc(out, func(x, y Probability) int { return cmp.Compare(y.P, x.P) })
	return out
}

// Answer gives P(option | belief) of a question, slips included: how expected
// that answer is.
func (m *Model) Answer(b Belief, question, option string) float64 {
	weight := m.likelihood(Evidence{Kind: Answered, Question: question, Option: option})
	if weight == nil {
		return 1
	}
	p := 0.0
	for c := range b {
		p += b[c] * weight(c)
	}
	return p
}

// Slipped gives the probability that an answer which was just given is a slip,
// by the belief before it.
func (m *Model) Slipped(b Belief, question, option string) float64 {
	t := m.tables[question]
	if t == nil {
		return 0
	}
	i, ok := t.option[option]
	if !ok {
		return 0
	}
	e := m.slip(Evidence{Question: question})
	wrong, all := 0.0, 0.0
	for c := range b {
		w := b[c] * e * (1 - t.p[i][c]) / float64(len(t.p)-1)
		wrong += w
		all += w + b[c]*(1-e)*t.p[i][c]
	}
	return wrong / all
}

// P gives the probability of one cause, 0 for an unknown one.
func (m *Model) P(b Belief, cause string) float64 {
	if i, ok := m.index[cause]; ok {
		return b[i]
	}
	return 0
}
