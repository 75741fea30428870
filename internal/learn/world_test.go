package learn_test

import (
	"math/rand/v2"
	"testing"

	"github.com/s4bot/s4bot/internal/kb"
	"github.com/s4bot/s4bot/internal/learn"
	"github.com/s4bot/s4bot/knowledge"
)

func load(t testing.TB) *kb.Base {
	t.Helper()
	base, err := kb.Load(knowledge.Files)
	if err != nil {
		t.Fatal(err)
	}
	return base
}

// world is how things really are: as the base says, but for what a test
// changes. Cases are drawn from it.
type world struct {
	base   *kb.Base
	prior  map[string]float64
	tables map[[2]string][]float64 // by cause and question
	slip   float64
	asks   int // questions a case, chosen at random; 0 is all
	random *rand.Rand
}

func newWorld(base *kb.Base, seed uint64) *world {
	w := &world{
		base: base, prior: map[string]float64{}, tables: map[[2]string][]float64{},
		slip: learn.Defaults().Slip, random: rand.New(rand.NewPCG(seed, 2)),
	}
	for _, c := range base.Causes {
		w.prior[c.ID] = c.Prior
		for _, q := range base.Questions {
			w.tables[[2]string{c.ID, q.ID}] = q.Likelihood(c)
		}
	}
	return w
}

func (w *world) draw(n int) []learn.Case {
	weights := make([]float64, len(w.base.Causes))
	for i, c := range w.base.Causes {
		weights[i] = w.prior[c.ID]
	}
	cases := make([]learn.Case, n)
	for i := range cases {
		cases[i] = w.caseOf(w.base.Causes[w.pick(weights)].ID)
	}
	return cases
}

// caseOf draws the answers of a case with a cause.
func (w *world) caseOf(cause string) learn.Case {
	c := learn.Case{Cause: cause}
	order := w.random.Perm(len(w.base.Questions))
	if w.asks > 0 {
		order = order[:w.asks]
	}
	for _, i := range order {
		q := w.base.Questions[i]
		a := w.pick(w.tables[[2]string{cause, q.ID}])
		if q.Auto == "" && w.random.Float64() < w.slip {
			a = (a + 1 + w.random.IntN(len(q.Options)-1)) % len(q.Options)
		}
		c.Answers = append(c.Answers, learn.Answer{Question: q.ID, Option: q.Options[a].ID})
	}
	return c
}

// pick draws an index by weight.
func (w *world) pick(weights []float64) int {
	sum := 0.0
	for _, x := range weights {
		sum += x
	}
	at := w.random.Float64() * sum
	for i, x := range weights {
		if at < x {
			return i
		}
		at -= x
	}
	return len(weights) - 1
}
