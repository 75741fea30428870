package eval

import (
	"math"
	"math/rand/v2"
	"slices"
)

// resamples is how many bootstrap samples an interval is drawn from.
const resamples = 1000

// share gives a share with its 95 % score interval (E. B. Wilson, 1927).
func share(name string, hits, of int) Row {
	const z = 1.959964
	if of == 0 {
		return Row{Name: name}
	}
	n, p := float64(of), float64(hits)/float64(of)
	mid := (p + z*z/(2*n)) / (1 + z*z/n)
	half := z / (1 + z*z/n) * math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
	return Row{name, hits, of, p, max(0, mid-half), min(1, mid+half)}
}

// bootstrap gives a statistic of a sample with its 95 % percentile interval (B.
// Efron, 1979). The same sample gives the same interval.
func bootstrap[T any](name string, sample []T, statistic func([]T) float64) Row {
	row := Row{Name: name, Of: len(sample)}
	if len(sample) == 0 {
		return row
	}
	random := rand.New(rand.NewPCG(1, uint64(len(sample))))
	values, drawn := make([]float64, resamples), make([]T, len(sample))
	for i := range values {
		for j := range drawn {
			drawn[j] = sample[random.IntN(len(sample))]
		}
		values[i] = statistic(drawn)
	}
	slices.Sort(values)
	row.Value = statistic(sample)
	row.Low, row.High = values[resamples*25/1000], values[resamples*975/1000]
	return row
}
