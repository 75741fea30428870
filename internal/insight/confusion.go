package insight

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// mistakesMost is how many pairs of confused causes are listed.
const mistakesMost = 20

// judged gives the cases for which both what the bot thought and what turned out are
// known. They are no fair sample: an easy case is confirmed more often.
func (s *scope) judged() []Case {
	var out []Case
	for _, c := range s.cases {
		if c.Predicted != "" && c.Confirmed != "" && c.over() {
			out = append(out, c)
		}
	}
	return out
}

// confusion compares predicted and confirmed causes.
func (s *scope) confusion() Confusion {
	cases := s.judged()
	out := Confusion{N: len(cases)}
	ids, hits, near := map[string]bool{}, 0, 0
	mistakes := map[[2]string]*Mistake{}
	for _, c := range cases {
		ids[group(c.Predicted)], ids[group(c.Confirmed)] = true, true
		if group(c.Predicted) == group(c.Confirmed) {
			near++
		}
		if c.Predicted == c.Confirmed {
			hits++
			continue
		}
		pair := [2]string{c.Predicted, c.Confirmed}
		if mistakes[pair] == nil {
			mistakes[pair] = &Mistake{Predicted: s.cause(c.Predicted), Confirmed: s.cause(c.Confirmed)}
		}
		mistakes[pair].Count++
		mistakes[pair].Mean += c.P
	}
	out.Hits, out.Groups = share(hits, len(cases)), share(near, len(cases))
	out.Names, out.Counts = s.matrix(ids, cases)
	out.Mistakes = worst(mistakes)
	return out
}

func (s *scope) cause(id string) Name { return s.of(s.in.Titles.Causes, id) }

// matrix counts cases by predicted and confirmed group.
func (s *scope) matrix(ids map[string]bool, cases []Case) (names []Name, counts [][]int) {
	place := map[string]int{}
	for id := range ids {
		names = append(names, s.groupName(id))
	}
	slices.SortFunc(names, func(a, b Name) int { return cmp.Compare(a.ID, b.ID) })
	for i, n := range names {
		place[n.ID] = i
		counts = append(counts, make([]int, len(names)))
	}
	for _, c := range cases {
		counts[place[group(c.Predicted)]][place[group(c.Confirmed)]]++
	}
	return names, counts
}

// worst orders mistakes by how often they were made.
func worst(mistakes map[[2]string]*Mistake) []Mistake {
	var out []Mistake
	for _, m := range mistakes {
		m.Mean /= float64(m.Count)
		out = append(out, *m)
	}
	slices.SortFunc(out, func(a, b Mistake) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Predicted.ID, b.Predicted.ID), cmp.Compare(a.Confirmed.ID, b.Confirmed.ID))
	})
	return out[:min(len(out), mistakesMost)]
}

// claims is how many bins the claimed beliefs fall into.
const claims = 10

// calibration compares how sure the bot was with how often it was right, in bins of
// equal width. Error is the expected calibration error Σ n/N·|right − claimed|
// (Naeini, Cooper and Hauskrecht, Obtaining Well Calibrated Probabilities Using
// Bayesian Binning, 2015), Brier the mean of (claim − right)² (Brier, Verification of
// Forecasts Expressed in Terms of Probability, 1950, for one event).
func (s *scope) calibration() Calibration {
	var n, hits [claims]int
	var sum [claims]float64
	out := Calibration{}
	for _, c := range s.judged() {
		p, right := min(1, max(0, c.P)), 0
		if c.Predicted == c.Confirmed {
			right = 1
		}
		bin := min(claims-1, int(p*claims+1e-9))
		n[bin], hits[bin], sum[bin] = n[bin]+1, hits[bin]+right, sum[bin]+p
		out.N++
		out.Brier += (p - float64(right)) * (p - float64(right))
	}
	for i := range claims {
		if n[i] == 0 {
			continue
		}
		claim := Claim{
			Label: fmt.Sprintf("%d–%d %%", i*100/claims, (i+1)*100/claims), Low: float64(i) / claims, High: float64(i+1) / claims,
			Mean: sum[i] / float64(n[i]), Hits: share(hits[i], n[i]),
		}
		out.Claims = append(out.Claims, claim)
		out.Error += float64(n[i]) / float64(out.N) * math.Abs(claim.Mean-claim.Hits.Value)
	}
	if out.N > 0 {
		out.Brier /= float64(out.N)
	}
	return out
}
