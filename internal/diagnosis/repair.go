package diagnosis

import (
	"slices"

	"github.com/s4bot/s4bot/internal/kb"
)

// Situation is what constrains the next act.
type Situation struct {
	Known     map[string]bool // questions that are answered or were given up
	Tried     map[string]bool // fixes that were done, or can't be
	Questions int             // asked so far
	Fixes     int             // proposed so far
	// NoTests forbids questions that cost the merchant an errand, after
	// several "I don't know" in a row.
	NoTests bool
	// NoPayment forbids fixes that repeat the payment: the charge's status is
	// unknown and stays so, or the customer was charged.
	NoPayment bool
	// PaymentCost is what it costs to learn the charge's status before a fix
	// that repeats the payment; 0 once it is known.
	PaymentCost float64
}

// testEffort is the effort from which a question is an errand.
const testEffort = 2.5

// Act is what to do next: exactly one of Question and Fix is set, or neither,
// which means a handoff without a diagnosis. A Fix that an agent does is a
// handoff with that diagnosis.
type Act struct {
	Question *kb.Question
	Fix      *kb.Fix
	// Cost is the expected cost of the rest of the case with this act.
	Cost float64
}

// gain is how much a question must save in expectation to be worth a turn.
const gain = .05

// Next gives the best act: the question with the least expected cost of repair
// if asking it is cheaper than repairing at once, else the first step of the
// repair plan.
func (m *Model) Next(b Belief, s Situation) Act {
	now := m.plan(b, s)
	act := Act{Fix: now.first, Cost: now.cost}
	if s.Questions >= m.params.MaxQuestions {
		return act
	}
	for _, q := range m.base.Questions {
		if q.Auto != "" || q.Safety || s.Known[q.ID] || s.NoTests && q.Effort >= testEffort {
			continue
		}
		if cost := m.askCost(b, q, s, now.cost); cost < act.Cost-gain {
			act = Act{Question: q, Cost: cost}
		}
	}
	return act
}

// askCost is the expected cost of asking q and repairing after the answer.
// With probability d the merchant does not know, and nothing has changed.
func (m *Model) askCost(b Belief, q *kb.Question, s Situation, now float64) float64 {
	t := m.tables[q.ID]
	cost := 0.0
	after := make(Belief, len(b))
	for i := range t.p {
		p := 0.0
		for c := range b {
			after[c] = b[c] * slip(t.p[i][c], m.params.Slip, len(t.p))
			p += after[c]
		}
		cost += m.plan(after, s).cost // after is not normalised: the cost is weighted by p
	}
	d := m.params.DontKnow
	return q.Effort + d*now + (1-d)*cost
}

// repair is the outcome of planning: the expected cost and the first step, nil
// for a handoff without a diagnosis.
type repair struct {
	cost  float64
	first *kb.Fix
}

// plan orders fixes greedily by Σ p(c)·works(f,c)/effort(f) and stops where
// handing over is cheaper. The weights need not sum to 1; the cost is then
// scaled by their sum.
func (m *Model) plan(weights Belief, s Situation) repair {
	left := m.params.MaxFixes - s.Fixes
	best := m.handover(weights, s)
	spent, pay := 0.0, s.PaymentCost
	again := m.base.SafetyQuestion().Effort // each attempt makes the charge unknown again
	w := slices.Clone(weights)
	var first *kb.Fix
	var done []*remedy
	for range left {
		r, effort := m.bestFix(w, s, done, pay)
		if r == nil {
			break
		}
		if r.fix.RepeatsPayment {
			pay = again
		}
		spent += effort * total(w)
		for i, c := range r.causes {
			w[c] *= 1 - r.works[i]
		}
		done = append(done, r)
		if first == nil {
			first = r.fix
		}
		if stop := m.handover(w, s); spent+stop.cost < best.cost {
			best = repair{spent + stop.cost, first}
		}
	}
	return best
}

// fairChance is the least chance of helping for which a merchant is sent to do
// something: below it even the cheapest fix looks arbitrary.
const fairChance = .12

// bestFix gives the merchant's fix with the best chance for its effort.
func (m *Model) bestFix(w Belief, s Situation, done []*remedy, pay float64) (*remedy, float64) {
	var best *remedy
	most, effort := 0.0, 0.0
	for _, r := range m.fixes {
		if r.fix.Agent || s.Tried[r.fix.ID] || s.NoPayment && r.fix.RepeatsPayment || slices.Contains(done, r) {
			continue
		}
		e := r.fix.Effort
		if r.fix.RepeatsPayment {
			e += pay
		}
		chance := 0.0
		for i, c := range r.causes {
			chance += w[c] * r.works[i]
		}
		if chance < fairChance*total(w) {
			continue
		}
		if value := chance / (e + r.order/100); value > most {
			best, most, effort = r, value, e
		}
	}
	return best, effort
}

// handover gives the cost of ending with a person: with the best agent's fix as
// diagnosis if that is cheaper than without.
func (m *Model) handover(w Belief, s Situation) repair {
	sum := total(w)
	best := repair{cost: m.params.HandoffCost * sum}
	for _, r := range m.fixes {
		if !r.fix.Agent || s.Tried[r.fix.ID] {
			continue
		}
		chance := 0.0
		for i, c := range r.causes {
			chance += w[c] * r.works[i]
		}
		if cost := r.fix.Effort*sum + m.params.HandoffCost*(sum-chance); cost < best.cost {
			best = repair{cost, r.fix}
		}
	}
	return best
}

func total(w Belief) float64 {
	sum := 0.0
	for _, p := range w {
		sum += p
	}
	return sum
}
