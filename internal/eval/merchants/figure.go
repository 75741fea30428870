package merchants

import "github.com/s4bot/s4bot/internal/dialog"

// tally sums up cases: what of, is up to the figure. Tallies of several cases
// add up.
type tally [40]float64

func (t *tally) add(u tally) {
	for i := range t {
		t[i] += u[i]
	}
}

// figure is something that is measured over cases.
type figure struct {
	name string
	// of says which cases count.
	of func(Outcome) bool
	// count adds a case to a tally; value gives the figure of a tally.
	count func(*tally, Outcome)
	value func(tally) float64
}

// Cases whose customer was debited go to a person at once, as they must; they
// count in no other figure.
func uncharged(o Outcome) bool { return o.Handoff != dialog.WasCharged }

// single are the cases with one fault that somebody has written about.
func single(o Outcome) bool { return uncharged(o) && !o.Unknown && !o.TwoFaults }

var figures = []figure{
	mean("mean questions", uncharged, questions),
	{"questions, p90", uncharged, func(t *tally, o Outcome) { t[min(o.Questions, len(t)-1)]++ }, nineTenths},
	share("first choice right when first deciding", single, func(o Outcome) bool { return o.Right == 0 }),
	share("among the first three", single, func(o Outcome) bool { return o.Right >= 0 && o.Right < 3 }),
	share("solved within two fixes", uncharged, func(o Outcome) bool { return o.Solved && o.Fixes <= 2 }),
	share("handed over without a diagnosis", uncharged, func(o Outcome) bool { return o.Handoff != "" && !o.Diagnosed }),
	share("closed wrongly", uncharged, func(o Outcome) bool { return o.Lost }),
	mean("mean cost", uncharged, func(o Outcome) float64 { return o.Cost }),
	mean("Brier score of the first choice", single, brier),
	{"calibration error (ECE)", single, bin, calibration},
	share("unknown cause: a person within 6 questions, 2 fixes", func(o Outcome) bool { return uncharged(o) && o.Unknown },
		func(o Outcome) bool { return o.Handoff != "" && o.Questions <= 6 && o.Fixes <= 2 }),
	share("two faults: solved", func(o Outcome) bool { return uncharged(o) && o.TwoFaults }, func(o Outcome) bool { return o.Solved }),
}

func questions(o Outcome) float64 { return float64(o.Questions) }

func mean(name string, of func(Outcome) bool, value func(Outcome) float64) figure {
	return figure{name, of, func(t *tally, o Outcome) { t[0] += value(o); t[1]++ }, func(t tally) float64 { return t[0] / max(1, t[1]) }}
}

func share(name string, of, ok func(Outcome) bool) figure {
	return mean(name, of, func(o Outcome) float64 {
		if ok(o) {
			return 1
		}
		return 0
	})
}

// nineTenths gives the least number that at most a tenth of the counted exceed.
func nineTenths(t tally) float64 {
	all := 0.0
	for _, n := range t {
		all += n
	}
	below := 0.0
	for i, n := range t {
		if below += n; below >= .9*all {
			return float64(i)
		}
	}
	return 0
}

// confidence gives the probability of the first choice, and 1 if it was right.
func confidence(o Outcome) (p, right float64) {
	if len(o.Decided) == 0 {
		return 0, 0
	}
	if o.Right == 0 {
		right = 1
	}
	return o.Decided[0].P, right
}

func brier(o Outcome) float64 {
	p, right := confidence(o)
	return (p - right) * (p - right)
}

const bins = 10

// bin counts a first choice in one of ten bins of equal width.
func bin(t *tally, o Outcome) {
	p, right := confidence(o)
	b := t[3*min(bins-1, int(p*bins)):]
	b[0], b[1], b[2] = b[0]+1, b[1]+p, b[2]+right
}

// calibration is the expected calibration error (Guo et al., "On calibration of
// modern neural networks", 2017).
func calibration(t tally) float64 {
	sum, n := 0.0, 0.0
	for b := range bins {
		n += t[3*b]
		sum += max(t[3*b+1]-t[3*b+2], t[3*b+2]-t[3*b+1])
	}
	return sum / max(1, n)
}
