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

// toldApart is among how many of the likeliest causes a question is explained.
const toldApart = 6

// Tells gives the two likely causes that a question tells apart best by the
// belief, the likelier first; "" if it tells none apart.
func (m *Model) Tells(b Belief, question string) (first, second string) {
	t := m.tables[question]
	if t == nil {
		return "", ""
	}
	ranked := m.Ranked(b)[:min(toldApart, m.n)]
	most := 0.0
	for i, x := range ranked {
		for _, y := range ranked[i+1:] {
			apart := 0.0
			for _, p := range t.p {
				apart += math.Abs(p[m.index[x.Cause]]-p[m.index[y.Cause]]) / 2
			}
			if value := x.P * y.P * apart; apart >= tellsLeast && value > most {
				first, second, most = x.Cause, y.Cause, value
			}
		}
	}
	return first, second
}

// tellsLeast is how differently two causes must answer (total variation
// distance) for a question to tell them apart.
const tellsLeast = .3

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
