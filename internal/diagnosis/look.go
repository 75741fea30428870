package diagnosis

import (
	"cmp"
	"slices"
)

// How far Next looks ahead. Looking one act ahead and repairing then costs 2.9 %
// more than the exact optimum on small instances; looking two acts ahead, where
// a fix is an act behind which one may ask again, costs under 1 % more
// (docs/RESULTS.md). To stay fast, only the most promising acts are looked
// behind, and there only questions that are promising now.
const (
	wideQuestions = 3
	wideFixes     = 2
	wideBehind    = 6
)

// gain is how much a question must save in expectation to be worth a turn.
const gain = .01

// rest gives the expected cost of what remains of a case.
type rest func(w Belief, at place) float64

// choose gives the best act.
func (p *planner) choose(w Belief, at place) Act {
	asks, tries := p.promising(w, at)
	return cheapestAct(p.weigh(w, at, asks, tries))
}

// promising gives the questions and fixes that are worth a look behind them.
func (p *planner) promising(w Belief, at place) (asks, tries []int) {
	asks, tries = p.questions(w, at), p.attempts(w, at)
	return asks[:min(len(asks), wideQuestions)], tries[:min(len(tries), wideFixes)]
}

// weigh gives what could be done next with its expected cost: first to go on
// without asking, then the questions and the fixes.
func (p *planner) weigh(w Belief, at place, asks, tries []int) []Act {
	now := p.repair(w, at)
	acts := []Act{{Fix: now.first, Cost: now.cost}}
	for _, i := range asks {
		acts = append(acts, Act{Question: p.asks[i].question, Cost: p.ask(w, at, i, p.askOnce)})
	}
	for _, i := range tries {
		acts = append(acts, Act{Fix: p.fixes[i].fix, Cost: p.try(w, at, i, p.askOnce)})
	}
	return acts
}

// cheapestAct chooses among acts: a question must be worth its turn.
func cheapestAct(acts []Act) Act {
	best := acts[0]
	for _, a := range acts[1:] {
		if a.Question != nil && a.Cost < best.Cost-gain || a.Question == nil && a.Cost < best.Cost {
			best = a
		}
	}
	return best
}

// askOnce gives the cost of going on with one question at most, then repairing.
func (p *planner) askOnce(w Belief, at place) float64 {
	best := p.repairCost(w, at)
	if at.questions <= 0 {
		return best
	}
	least := gain * total(w)
	for _, i := range p.behind {
		if !at.asked.has(i) {
			if cost := p.ask(w, at, i, p.repairCost); cost < best-least {
				best = cost
			}
		}
	}
	return best
}

func (p *planner) repairCost(w Belief, at place) float64 { return p.repair(w, at).cost }

// ask gives the cost of asking a question and going on. With probability d the
// merchant does not know, and nothing is learnt.
func (p *planner) ask(w Belief, at place, i int, goOn rest) float64 {
	t, d := p.asks[i], p.params.DontKnow
	at.questions--
	at.asked = at.asked.with(i)
	after := p.take()
	defer p.give(after)
	cost := 0.0
	for o := range t.p {
		for c, likely := range t.slipped[o] {
			after[c] = w[c] * likely
		}
		cost += goOn(after, at)
	}
	return p.params.AskWeight*t.question.Effort*total(w) + d*goOn(w, at) + (1-d)*cost
}

// try gives the cost of trying a fix and going on if it fails.
func (p *planner) try(w Belief, at place, i int, goOn rest) float64 {
	r := p.fixes[i]
	after := p.take()
	defer p.give(after)
	copy(after, w)
	r.fail(after)
	return p.effort(r, at)*total(w) + goOn(after, p.tried(at, i))
}

// questions gives what may be asked, in the order of what a case costs if
// nothing else is asked. The first of them are asked behind other acts, too.
func (p *planner) questions(w Belief, at place) []int {
	if at.questions <= 0 {
		return nil
	}
	all := cheapest(len(p.asks), func(i int) (float64, bool) {
		return p.ask(w, at, i, p.repairCost), !at.asked.has(i)
	})
	p.behind = all[:min(len(all), wideBehind)]
	return all
}

// attempts gives the fixes that have a fair chance, in the order of what a case
// costs if nothing is asked after them.
func (p *planner) attempts(w Belief, at place) []int {
	if at.fixes <= 0 {
		return nil
	}
	mass := total(w)
	return cheapest(len(p.fixes), func(i int) (float64, bool) {
		return p.try(w, at, i, p.repairCost), !at.done.has(i) && p.fixes[i].chance(w) >= p.fair(at)*mass
	})
}

// cheapest orders the indices below n for which weigh gives true by their cost.
func cheapest(n int, weigh func(i int) (cost float64, ok bool)) []int {
	var out []int
	costs := make([]float64, n)
	for i := range n {
		var ok bool
		if costs[i], ok = weigh(i); ok {
			out = append(out, i)
		}
	}
	slices.SortStableFunc(out, func(a, b int) int { return cmp.Compare(costs[a], costs[b]) })
	return out
}
