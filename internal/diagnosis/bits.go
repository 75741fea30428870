package diagnosis

import "math"

// Bits gives how much a belief has learned since another one, in bits: the
// Kullback–Leibler divergence Σ after·log₂(after/before), the information that an
// experiment's outcome provided. It is 0 where nothing moved and never negative.
// (Kullback and Leibler, On Information and Sufficiency, 1951; Lindley, On a Measure
// of the Information Provided by an Experiment, 1956.)
func Bits(before, after Belief) float64 {
	sum := 0.0
	for c, p := range after {
		if p > 0 && before[c] > 0 {
			sum += p * math.Log2(p/before[c])
		}
	}
	return max(0, sum)
}
