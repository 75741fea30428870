package diagnosis

import (
	"cmp"
	"math"
	"slices"
)

// Reason is how much one piece of evidence speaks for a cause (Weight > 0) or
// against it, in decibans: 10·log10 of the likelihood ratio of the cause
// against all others, weighted by the belief without that evidence.
type Reason struct {
	Evidence Evidence
	Weight   float64
}

// Reasons gives the reasons for and against a cause, the strongest first.
// Evidence that hardly matters (under one deciban) is left out.
func (m *Model) Reasons(log []Evidence, cause string) []Reason {
	at, ok := m.index[cause]
	if !ok {
		return nil
	}
	var out []Reason
	for i, e := range log {
		weight := m.likelihood(e)
		if weight == nil {
			continue
		}
		rest := m.Belief(slices.Concat(log[:i], log[i+1:]))
		others, mass := 0.0, 0.0
		for c := range rest {
			if c != at {
				others += rest[c] * weight(c)
				mass += rest[c]
			}
		}
		if mass == 0 || others == 0 || weight(at) == 0 {
			continue
		}
		if w := 10 * math.Log10(weight(at)*mass/others); math.Abs(w) >= 1 {
			out = append(out, Reason{e, w})
		}
	}
	slices.SortStableFunc(out, func(a, b Reason) int {
		return cmp.Compare(math.Abs(b.Weight), math.Abs(a.Weight))
	})
	return out
}

// Odds gives how far a piece of evidence speaks for one cause against another:
// the natural logarithm of the likelihood ratio; 0 where it says nothing.
func (m *Model) Odds(e Evidence, first, second string) float64 {
	a, okA := m.index[first]
	b, okB := m.index[second]
	weight := m.likelihood(e)
	if weight == nil || !okA || !okB {
		return 0
	}
	return math.Log(weight(a) / weight(b))
}
