package optimum

import (
	"math"
	"math/bits"
)

// state is where a case stands: what was answered to each question, and which
// fixes failed. Only these matter, neither the order nor how they came.
type state struct {
	// code is a number in mixed radix, a digit a question: 0 not asked, 1 not
	// known, then the options.
	code  int
	asked uint // the questions whose digit is not 0
	tried uint
	pays  bool // a fix that repeats the payment was tried
}

// fixesTried counts the fixes that were tried.
func (s state) fixesTried() int { return bits.OnesCount(s.tried) }

// follow gives the cost of what remains after an act, weighted by the mass of w.
type follow func(w *weights, at state) float64

// ask gives the cost of asking question i and going on.
func (x *Instance) ask(w *weights, at state, i int, goOn follow) float64 {
	q, d := &x.questions[i], x.params.DontKnow
	cost := q.Effort * x.total(w)
	next := at
	next.asked |= 1 << i
	var after weights
	for o := range q.p {
		p := &q.p[o]
		for c := range x.causes {
			after[c] = (1 - d) * w[c] * p[c]
		}
		next.code = at.code + (o+2)*q.stride
		cost += goOn(&after, next)
	}
	for c := range x.causes {
		after[c] = d * w[c]
	}
	next.code = at.code + q.stride
	return cost + goOn(&after, next)
}

// try gives the cost of doing fix i and going on if it fails.
func (x *Instance) try(w *weights, at state, i int, goOn follow) float64 {
	f := &x.fixes[i]
	cost := f.Effort
	if f.RepeatsPayment && at.pays {
		cost += x.again
	}
	cost *= x.total(w)
	var after weights
	for c := range x.causes {
		after[c] = w[c] * (1 - f.works[c])
	}
	at.tried, at.pays = at.tried|1<<i, at.pays || f.RepeatsPayment
	return cost + goOn(&after, at)
}

// handover gives the cost of ending with a person, with or without a diagnosis.
func (x *Instance) handover(w *weights) float64 {
	best := x.params.HandoffCost * x.total(w)
	for i := range x.agents {
		best = min(best, x.handoff(w, &x.agents[i]))
	}
	return best
}

func (x *Instance) handoff(w *weights, f *fix) float64 {
	cost := 0.0
	for c := range x.causes {
		cost += w[c] * (f.Effort + x.params.HandoffCost*(1-f.works[c]))
	}
	return cost
}

// helps says that a fix has a chance at all.
func (x *Instance) helps(w *weights, f *fix) bool {
	for c := range x.causes {
		if w[c]*f.works[c] > 0 {
			return true
		}
	}
	return false
}

// Optimum gives the least expected cost of a case, in units of 15 seconds.
func (x *Instance) Optimum() float64 {
	s := &solver{Instance: x, known: map[uint]*[]float64{}}
	for c := range x.causes {
		var w weights
		w[c] = 1
		s.least[c] = x.told(&w, state{})
	}
	return s.value(&x.prior, state{})
}

// told gives the least cost if nothing is asked: exact where only one cause has
// any weight.
func (x *Instance) told(w *weights, at state) float64 {
	best := x.handover(w)
	if at.fixesTried() == x.params.MaxFixes {
		return best
	}
	for i := range x.fixes {
		if at.tried&(1<<i) == 0 && x.helps(w, &x.fixes[i]) {
			best = min(best, x.try(w, at, i, x.told))
		}
	}
	return best
}

// solver searches all acts, leaving out those that can't be the best: knowing
// the cause for certain never costs more than not knowing it, which bounds from
// below what any state costs.
type solver struct {
	*Instance
	known map[uint]*[]float64 // by tried, then code: the cost scaled to a mass of 1
	least weights             // by cause: the cost if it were known
}

// bound gives a cost that no way on from w can beat.
func (s *solver) bound(w *weights, _ state) float64 {
	sum := 0.0
	for c := range s.causes {
		sum += w[c] * s.least[c]
	}
	return sum
}

// slot is where the cost of a state is kept; NaN until it is known.
func (s *solver) slot(at state) *float64 {
	list := s.known[at.tried]
	if list == nil {
		values := make([]float64, s.codes)
		for i := range values {
			values[i] = math.NaN()
		}
		list = &values
		s.known[at.tried] = list
	}
	return &(*list)[at.code]
}

// value gives the least cost of what remains, weighted by the mass of w.
func (s *solver) value(w *weights, at state) float64 {
	mass := s.total(w)
	if mass < 1e-12 {
		return s.params.HandoffCost * mass
	}
	slot := s.slot(at)
	if !math.IsNaN(*slot) {
		return *slot * mass
	}
	best := s.handover(w)
	if at.fixesTried() < s.params.MaxFixes {
		for i := range s.fixes {
			if at.tried&(1<<i) == 0 && s.helps(w, &s.fixes[i]) && s.try(w, at, i, s.bound) < best {
				best = min(best, s.try(w, at, i, s.value))
			}
		}
	}
	bound := s.bound(w, at)
	for i := range s.questions {
		if at.asked&(1<<i) == 0 && s.questions[i].Effort*mass+bound < best {
			best = min(best, s.ask(w, at, i, s.value))
		}
	}
	*slot = best / mass
	return best
}
