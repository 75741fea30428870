package optimum

import (
	"fmt"

	"github.com/s4bot/s4bot/internal/diagnosis"
	"github.com/s4bot/s4bot/internal/kb"
)

// Chooser chooses an act; diagnosis.Model.Next is one.
type Chooser func(diagnosis.Belief, diagnosis.Situation) diagnosis.Act

// Cost gives the expected cost of a case in which choose decides, exactly: by
// following every answer and every result.
func (x *Instance) Cost(choose Chooser) float64 {
	walk := &walker{Instance: x, choose: choose, known: map[[2]uint]float64{}}
	return walk.value(&x.prior, state{})
}

type walker struct {
	*Instance
	choose Chooser
	known  map[[2]uint]float64
}

func (k *walker) value(w *weights, at state) float64 {
	mass := k.total(w)
	if mass < 1e-12 {
		return k.params.HandoffCost * mass
	}
	key := [2]uint{uint(at.code), at.tried}
	if v, ok := k.known[key]; ok {
		return v * mass
	}
	cost := k.act(w, at, k.choose(k.belief(w, mass), k.situation(at)))
	k.known[key] = cost / mass
	return cost
}

// act gives the cost of an act and of what follows.
func (k *walker) act(w *weights, at state, act diagnosis.Act) float64 {
	switch {
	case act.Question != nil:
		for i := range k.questions {
			if k.questions[i].ID == act.Question.ID {
				return k.ask(w, at, i, k.value)
			}
		}
	case act.Fix == nil:
		return k.params.HandoffCost * k.total(w)
	case act.Fix.Agent:
		for i := range k.agents {
			if k.agents[i].Fix == act.Fix {
				return k.handoff(w, &k.agents[i])
			}
		}
	default:
		for i := range k.fixes {
			if k.fixes[i].Fix == act.Fix {
				return k.try(w, at, i, k.value)
			}
		}
	}
	panic(fmt.Sprintf("the policy chose what the instance has not: %+v", act))
}

// situation is what the policy is told.
func (k *walker) situation(at state) diagnosis.Situation {
	s := diagnosis.Situation{Known: map[string]bool{}, Tried: map[string]bool{}, Fixes: at.fixesTried()}
	for i := range k.questions {
		if at.asked&(1<<i) != 0 {
			s.Known[k.questions[i].ID] = true
			s.Questions++
		}
	}
	for i, f := range k.fixes {
		s.Tried[f.ID] = at.tried&(1<<i) != 0
	}
	if at.pays {
		s.PaymentCost = k.again
	}
	return s
}

func (k *walker) belief(w *weights, mass float64) diagnosis.Belief {
	b := make(diagnosis.Belief, k.causes)
	for c := range b {
		b[c] = w[c] / mass
	}
	return b
}

// Draw takes a random part of a knowledge base: so many causes, and so many of
// the questions that tell them apart, with at most wide options each.
func Draw(base *kb.Base, causes, questions, wide int, intn func(int) int) *kb.Base {
	keep := map[string]bool{}
	pick := func(n int, ids []string) {
		for range min(n, len(ids)) {
			i := intn(len(ids))
			keep[ids[i]] = true
			ids[i] = ids[len(ids)-1]
			ids = ids[:len(ids)-1]
		}
	}
	var all []string
	for _, c := range base.Causes {
		all = append(all, c.ID)
	}
	pick(causes, all)
	var telling []string
	for _, q := range base.Questions {
		if q.Auto == "" && !q.Safety && len(q.Options) <= wide && tells(base, q, keep) {
			telling = append(telling, q.ID)
		}
	}
	pick(questions, telling)
	return base.Part(func(id string) bool { return keep[id] })
}

// tells says that a question is a sign of some kept cause.
func tells(base *kb.Base, q *kb.Question, keep map[string]bool) bool {
	for _, c := range base.Causes {
		if keep[c.ID] && len(c.Signs[q.ID]) > 0 {
			return true
		}
	}
	return false
}
