package learn

import "math"

// said gives how often each option is answered if table says how often each is
// true: an answer is wrong with probability e, and then any of the others.
func said(table []float64, e float64) []float64 {
	out := make([]float64, len(table))
	for i, p := range table {
		out[i] = (1-e)*p + e*(1-p)/float64(len(table)-1)
	}
	return out
}

// posterior gives the mean of a Dirichlet distribution over the true options,
// for an authored table that counts as worth cases and answers of which the
// share e is wrong.
//
// Each answer is shared out over the true options by Bayes. With the authored
// table alone, that would find in the answers what the table expects: where it
// says 2 % and the truth is 30 %, endless cases come to 4 %. So it is done again
// with what was found, until that no longer changes (expectation-maximisation,
// Dempster, Laird and Rubin, 1977).
func posterior(authored []float64, worth float64, counts []float64, e float64) []float64 {
	const rounds, settled = 500, 1e-7
	mean := authored
	for range rounds {
		next := shareOut(authored, worth, counts, mean, e)
		moved := 0.0
		for i := range next {
			moved = max(moved, math.Abs(next[i]-mean[i]))
		}
		mean = next
		if moved < settled {
			break
		}
	}
	return mean
}

// shareOut adds to the authored cases each answer, divided among the options
// that may be true by what table says of them.
func shareOut(authored []float64, worth float64, counts, table []float64, e float64) []float64 {
	out := make([]float64, len(table))
	for i, p := range authored {
		out[i] = worth * p
	}
	wrong := e / float64(len(table)-1)
	for i, p := range said(table, e) {
		if counts[i] == 0 {
			continue
		}
		for j := range table {
			says := wrong
			if i == j {
				says = 1 - e
			}
			out[j] += counts[i] * table[j] * says / p
		}
	}
	all := worth + total(counts)
	for i := range out {
		out[i] /= all
	}
	return out
}

// ratio gives the logarithm of how many times likelier the counts are under one
// table than under another.
func ratio(counts, table, other []float64) float64 {
	sum := 0.0
	for i, n := range counts {
		if n > 0 {
			sum += n * math.Log(table[i]/other[i])
		}
	}
	return sum
}

// away gives how far a table is from a mean (Kullback and Leibler's divergence,
// less what depends on the mean alone). Between two words for one option, what
// is nearer this way is nearer in log odds too, within half a per cent.
func away(mean, table []float64) float64 {
	sum := 0.0
	for i, p := range mean {
		if p > 0 {
			sum -= p * math.Log(table[i])
		}
	}
	return sum
}

func logit(p float64) float64 { return math.Log(p / (1 - p)) }
