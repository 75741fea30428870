package insight

import "math"

// counting is how many merchants may come by chance: the negative binomial
// distribution, which is what a Poisson count becomes when its rate is uncertain by a
// gamma distribution (Greenwood and Yule, 1920; Gelman et al., Bayesian Data
// Analysis, section 2.6).
type counting struct {
	mean  float64
	shape float64 // the smaller, the more uncertain
}

// log gives the logarithm of P(X = k).
func (c counting) log(k int) float64 {
	x := float64(k)
	a, _ := math.Lgamma(x + c.shape)
	b, _ := math.Lgamma(c.shape)
	d, _ := math.Lgamma(x + 1)
	return a - b - d - c.shape*math.Log1p(c.mean/c.shape) + x*math.Log(c.mean/(c.shape+c.mean))
}

// atLeast gives P(X ≥ k).
func (c counting) atLeast(k int) float64 {
	switch {
	case k <= 0:
		return 1
	case c.mean <= 0:
		return 0
	case float64(k) <= c.mean:
		sum := 0.0
		for j := range k {
			sum += math.Exp(c.log(j))
		}
		return max(0, 1-sum)
	}
	term, sum := math.Exp(c.log(k)), 0.0
	for j := float64(k); term > sum*1e-12; j++ { // beyond the mean terms only fall
		sum += term
		term *= (j + c.shape) / (j + 1) * c.mean / (c.shape + c.mean)
	}
	return min(1, sum)
}

// quantile gives the smallest count that is not exceeded with probability p.
func (c counting) quantile(p float64) int {
	if c.mean <= 0 {
		return 0
	}
	sum := 0.0
	for k := 0; ; k++ {
		if sum += math.Exp(c.log(k)); sum >= p || float64(k) > 20+20*c.mean {
			return k
		}
	}
}
