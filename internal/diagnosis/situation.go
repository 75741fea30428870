package diagnosis

import "github.com/s4bot/s4bot/internal/kb"

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
	// LastChance is how likely the last of the fixes must help to be proposed.
	LastChance float64
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

// Repair gives the best act without any more questions.
func (m *Model) Repair(b Belief, s Situation) Act {
	r := m.planner(s).repair(b, m.start(s))
	return Act{Fix: r.first, Cost: r.cost}
}

// Next gives the best act: that with the least expected cost of the rest of the
// case, looking two acts ahead (see look.go).
func (m *Model) Next(b Belief, s Situation) Act {
	return m.planner(s).choose(b, m.start(s))
}

// start is where a plan begins.
func (m *Model) start(s Situation) place {
	return place{fixes: m.params.MaxFixes - s.Fixes, questions: m.params.MaxQuestions - s.Questions, pay: s.PaymentCost}
}
