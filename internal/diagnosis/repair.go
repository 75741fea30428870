package diagnosis

import "github.com/s4bot/s4bot/internal/kb"

// repair is a way to end a case without asking: its expected cost and the first
// fix, nil for a handoff without a diagnosis.
type repair struct {
	cost  float64
	first *kb.Fix
}

// repair orders fixes greedily by Σ p(c)·works(f,c)/effort(f) and stops where
// handing over is cheaper (Heckerman, Breese and Rommelse, 1995).
func (p *planner) repair(weights Belief, at place) repair {
	mass := total(weights)
	best := p.handover(weights, mass)
	if at.fixes <= 0 {
		return best
	}
	w := p.take()
	defer p.give(w)
	copy(w, weights)
	p.hope(w)
	var first *kb.Fix
	spent := 0.0
	for range at.fixes {
		i := p.likeliest(mass, at)
		if i < 0 {
			break
		}
		r := p.fixes[i]
		if first == nil {
			first = r.fix
		}
		spent += p.effort(r, at) * mass
		at = p.tried(at, i)
		mass -= p.helps[i]
		p.fail(w, r)
		if stop := p.handover(w, mass); spent+stop.cost < best.cost {
			best = repair{spent + stop.cost, first}
		}
	}
	return best
}

// fairChance is the least chance of helping for which a merchant is sent to do
// something: below it even the cheapest fix looks arbitrary.
const fairChance = .10

// fair is the least chance that the next fix must have.
func (p *planner) fair(at place) float64 {
	if at.fixes == 1 {
		return max(fairChance, p.lastChance)
	}
	return fairChance
}

// hope reckons what every fix would cure.
func (p *planner) hope(w Belief) {
	clear(p.helps)
	for c, weight := range w {
		for _, cure := range p.cures[c] {
			p.helps[cure.fix] += weight * cure.works
		}
	}
}

// fail takes from the weights what a fix would have cured, and from what the
// others would cure.
func (p *planner) fail(w Belief, r *remedy) {
	for j, c := range r.causes {
		gone := w[c] * r.works[j]
		w[c] -= gone
		for _, cure := range p.cures[c] {
			p.helps[cure.fix] -= gone * cure.works
		}
	}
}

// likeliest gives the fix with the best chance for its effort, -1 if none has a
// fair one.
func (p *planner) likeliest(mass float64, at place) int {
	best := -1
	most, least := 0.0, p.fair(at)*mass
	for i, helps := range p.helps {
		if helps < least || at.done.has(i) {
			continue
		}
		r := p.fixes[i]
		if value := helps / (p.effort(r, at) + r.order/100); value > most {
			best, most = i, value
		}
	}
	return best
}

// effort is what a fix costs the merchant, with learning the charge's status
// before it where it repeats the payment.
func (p *planner) effort(r *remedy, at place) float64 {
	if r.fix.RepeatsPayment {
		return r.fix.Effort + at.pay
	}
	return r.fix.Effort
}

// tried is the place after a fix was tried: an attempt makes the charge's status
// unknown again.
func (p *planner) tried(at place, i int) place {
	if p.fixes[i].fix.RepeatsPayment {
		at.pay = p.again
	}
	at.fixes--
	at.done = at.done.with(i)
	return at
}

// chance gives the weight of the causes that a fix cures.
func (r *remedy) chance(w Belief) float64 {
	sum := 0.0
	for i, c := range r.causes {
		sum += w[c] * r.works[i]
	}
	return sum
}

// fail takes from the weights what a fix would have cured.
func (r *remedy) fail(w Belief) {
	for i, c := range r.causes {
		w[c] *= 1 - r.works[i]
	}
}

// handover gives the cost of ending with a person: with the best agent's fix as
// diagnosis if that is cheaper than without.
func (p *planner) handover(w Belief, mass float64) repair {
	best := repair{cost: p.params.HandoffCost * mass}
	for _, r := range p.agents {
		if cost := r.fix.Effort*mass + p.params.HandoffCost*(mass-r.chance(w)); cost < best.cost {
			best = repair{cost, r.fix}
		}
	}
	return best
}
