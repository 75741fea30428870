package diagnosis

import (
	"cmp"
	"slices"
)

// Weigh gives what could be done next, the cheapest first: all questions and fixes
// that the situation allows, and a handoff at once, each with the expected cost of
// the rest of the case. Next looks as far behind the most promising of them only.
func (m *Model) Weigh(b Belief, s Situation) []Act {
	p, at := m.planner(s), m.start(s)
	acts := p.weigh(b, at, p.questions(b, at), p.attempts(b, at))
	person := p.handover(b, total(b))
	acts = append(acts, Act{Fix: person.first, Cost: person.cost})
	slices.SortStableFunc(acts, func(x, y Act) int { return cmp.Compare(x.Cost, y.Cost) })
	seen := map[Act]bool{}
	return slices.DeleteFunc(acts, func(a Act) bool { // repairing begins with a fix, too
		a.Cost = 0
		again := seen[a]
		seen[a] = true
		return again
	})
}

// Without gives the expected cost of a case in which an act is never done, by the
// acts that Next compared it with: what it saves is the difference to its own. The
// look ahead is bounded, so that a plan without the act may look cheaper than the one
// that was chosen; then the act saves nothing.
func (m *Model) Without(b Belief, s Situation, a Act) float64 {
	p, at := m.planner(s), m.start(s)
	asks, tries := p.promising(b, at)
	for i, t := range p.asks {
		if t.question == a.Question {
			at.asked = at.asked.with(i)
		}
	}
	for i, r := range p.fixes {
		if r.fix == a.Fix {
			at.done = at.done.with(i)
		}
	}
	asks = slices.DeleteFunc(asks, at.asked.has)
	tries = slices.DeleteFunc(tries, at.done.has)
	return max(a.Cost, cheapestAct(p.weigh(b, at, asks, tries)).Cost)
}

// Helps gives how likely a fix is to end the case.
func (m *Model) Helps(b Belief, fix string) float64 {
	if r := m.byFix[fix]; r != nil {
		return r.chance(b)
	}
	return 0
}
