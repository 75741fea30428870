package diagnosis

import "github.com/s4bot/s4bot/internal/kb"

// Other is the id of the unnamed cause that stands for everything the
// knowledge base does not know.
const Other = "other"

// Params are the numbers of the model that are not knowledge.
type Params struct {
	Slip        float64 // e: share of answers that are given wrongly
	ConfirmSlip float64 // the same after a confirmation
	// Doubt is the share of what articles say of answers that does not hold:
	// it is mixed into their signs as the usual answers.
	Doubt float64
	// AskWeight is how much of a question's effort counts. Under 1, more is
	// asked than the model finds worth it: answers also insure against what
	// the model has wrong.
	AskWeight    float64
	DontKnow     float64 // d: share of "I don't know", the same for all causes
	OtherPrior   float64 // prior of Other
	TextSharp    float64 // λ: how sharply search scores tell causes apart
	TextTrust    float64 // ρ: share of messages whose words point to the cause at all
	HandoffCost  float64 // a handoff without a diagnosis, in units of 15 seconds
	MaxQuestions int
	MaxFixes     int
	MaxUnsure    int // answers not known before a person takes over
	// MaxTurns is how many turns a case may take: then a person helps faster,
	// and whatever the merchant says, no case goes on for ever.
	MaxTurns int
}

// Defaults gives the values that docs/RESULTS.md measures: those of DESIGN.md,
// section 3, with fewer questions, a doubt of the articles and a weight of asking
// that were chosen on simulated merchants; λ and ρ were fitted on labelled
// messages.
func Defaults() Params {
	return Params{
		Slip: .15, ConfirmSlip: .04, DontKnow: .15, OtherPrior: .03,
		Doubt: .10, AskWeight: .65,
		TextSharp: 2, TextTrust: .98, HandoffCost: 60, MaxQuestions: 6, MaxFixes: 3, MaxUnsure: 4, MaxTurns: 24,
	}
}

// Model is a knowledge base made ready for computing. It is immutable.
type Model struct {
	base   *kb.Base
	params Params
	n      int       // number of named causes; Other has index n
	prior  []float64 // n+1 values that sum to 1
	index  map[string]int
	tables map[string]*table
	fixes  []*remedy
	byFix  map[string]*remedy
}

// table holds P(option | cause) of one question before slips.
type table struct {
	question *kb.Question
	option   map[string]int
	p        [][]float64 // by option, then cause; the last cause is Other
	slipped  [][]float64 // the same with the slips of an answer
}

// remedy is a fix with the causes that it cures.
type remedy struct {
	fix    *kb.Fix
	causes []int
	works  []float64
	order  float64 // tie-break: the earlier an article names it, the smaller
}

// New makes a model of a knowledge base.
func New(base *kb.Base, params Params) *Model {
	m := &Model{
		base: base, params: params, n: len(base.Causes),
		index: map[string]int{}, tables: map[string]*table{}, byFix: map[string]*remedy{},
	}
	m.setPriors()
	for _, q := range base.Questions {
		m.tables[q.ID] = m.newTable(q)
	}
	m.setRemedies()
	return m
}

func (m *Model) setPriors() {
	m.prior = make([]float64, m.n+1)
	sum := 0.0
	for i, c := range m.base.Causes {
		m.index[c.ID] = i
		m.prior[i] = c.Prior
		sum += c.Prior
	}
	for i := range m.n {
		m.prior[i] *= (1 - m.params.OtherPrior) / sum
	}
	m.index[Other] = m.n
	m.prior[m.n] = m.params.OtherPrior
}

// newTable lays out a question.
func (m *Model) newTable(q *kb.Question) *table {
	t := &table{question: q, option: map[string]int{}, p: make([][]float64, len(q.Options))}
	for i, o := range q.Options {
		t.option[o.ID] = i
		t.p[i] = make([]float64, m.n+1)
	}
	usual := q.Likelihood(nil)
	for c := range m.n + 1 {
		var cause *kb.Cause // nil for Other
		if c < m.n {
			cause = m.base.Causes[c]
		}
		for i, p := range q.Likelihood(cause) {
			t.p[i][c] = (1-m.params.Doubt)*p + m.params.Doubt*usual[i]
		}
	}
	e := m.slip(Evidence{Question: q.ID})
	t.slipped = make([][]float64, len(t.p))
	for i, p := range t.p {
		t.slipped[i] = make([]float64, m.n+1)
		for c := range p {
			t.slipped[i][c] = slip(p[c], e, len(t.p))
		}
	}
	return t
}

func (m *Model) setRemedies() {
	for c, cause := range m.base.Causes {
		for place, cure := range cause.Cures {
			r := m.byFix[cure.Fix.ID]
			if r == nil {
				r = &remedy{fix: cure.Fix, order: float64(place)}
				m.byFix[cure.Fix.ID] = r
				m.fixes = append(m.fixes, r)
			}
			r.causes = append(r.causes, c)
			r.works = append(r.works, cure.Works)
		}
	}
}

// Base gives the knowledge base that the model was made of.
func (m *Model) Base() *kb.Base { return m.base }

// Params gives the model's numbers.
func (m *Model) Params() Params { return m.params }

// slip mixes a likelihood with the chance e of a wrong answer among k options.
func slip(p, e float64, k int) float64 {
	return (1-e)*p + e*(1-p)/float64(k-1)
}
