package merchants

import (
	"math/rand/v2"
	"slices"
)

const (
	resamples  = 1000
	fewWorlds  = 8   // fewer worlds than these are no sample
	blockCases = 100 // cases of a block otherwise
)

// blocks gives what is resampled: whole worlds, which differ from each other
// more than their merchants do, or blocks of cases where there are few worlds.
func blocks(worlds [][]Outcome) [][]Outcome {
	if len(worlds) >= fewWorlds {
		return worlds
	}
	return slices.Collect(slices.Chunk(slices.Concat(worlds...), blockCases))
}

// resample gives a statistic of summed blocks with its 95 % percentile interval
// (B. Efron, 1979). The same blocks give the same interval.
func resample(name string, blocks []tally, statistic func(tally) float64) Row {
	var all tally
	for _, b := range blocks {
		all.add(b)
	}
	random := rand.New(rand.NewPCG(1, uint64(len(blocks))))
	values := make([]float64, resamples)
	for i := range values {
		var sum tally
		for range blocks {
			sum.add(blocks[random.IntN(len(blocks))])
		}
		values[i] = statistic(sum)
	}
	slices.Sort(values)
	return Row{Name: name, Value: statistic(all), Low: values[resamples*25/1000], High: values[resamples*975/1000], Of: len(blocks)}
}
