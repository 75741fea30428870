package insight

import (
	"math"
	"slices"
)

// share gives a share with its 95 % score interval, which holds its promise for few
// cases and for shares near 0 and 1, too (E. B. Wilson, Probable Inference, the Law
// of Succession, and Statistical Inference, 1927).
func share(hits, of int) Share {
	const z = 1.959964
	if of == 0 {
		return Share{High: 1}
	}
	n, p := float64(of), float64(hits)/float64(of)
	mid := (p + z*z/(2*n)) / (1 + z*z/n)
	half := z / (1 + z*z/n) * math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
	return Share{hits, of, p, max(0, min(p, mid-half)), min(1, max(p, mid+half))}
}

// quantile gives the p-quantile of sorted values, between neighbours on a straight
// line (type 7 of Hyndman and Fan, Sample Quantiles in Statistical Packages, 1996);
// 0 if there are none.
func quantile(sorted []float64, p float64) float64 {
	if len(sorted) == 0 {
		return 0
	}
	at := p * float64(len(sorted)-1)
	i := int(at)
	if i+1 >= len(sorted) {
		return sorted[len(sorted)-1]
	}
	return sorted[i] + (at-float64(i))*(sorted[i+1]-sorted[i])
}

// histogram counts values into bins, whose last has no end, and says the quantiles.
func histogram(values []float64, bins []Bin, say func(float64) string) Histogram {
	h := Histogram{N: len(values), Bins: bins}
	slices.Sort(values)
	for _, v := range values {
		for i := len(bins) - 1; i >= 0; i-- {
			if v >= bins[i].From || i == 0 {
				bins[i].Count++
				break
			}
		}
	}
	if h.N > 0 {
		h.Median, h.P90 = quantile(values, .5), quantile(values, .9)
		h.MedianText, h.P90Text = say(h.Median), say(h.P90)
	}
	return h
}
