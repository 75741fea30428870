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
	var first *kb.Fix
	spent := 0.0
	for range at.fixes {
		i, chance := p.likeliest(w, mass, at)
		if i < 0 {
			break
		}
		r := p.fixes[i]
		if first == nil {
			first = r.fix
		}
		spent += p.effort(r, at) * mass
		at = p.tried(at, i)
		r.fail(w)
		mass -= chance
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

// likeliest gives the fix with the best chance for its effort, and that chance;
// -1 if none has a fair one.
func (p *planner) likeliest(w Belief, mass float64, at place) (best int, chance float64) {
	best = -1
	most, least := 0.0, p.fair(at)*mass
	for i, r := range p.fixes {
		if at.done.has(i) {
			continue
		}
		helps := r.chance(w)
		if helps < least {
			continue
		}
		if value := helps / (p.effort(r, at) + r.order/100); value > most {
			best, most, chance = i, value, helps
		}
	}
	return best, chance
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
