package insight

import (
	"cmp"
	"slices"
	"time"
)

// The radar asks of everything that is watched: are there more different merchants
// with a case about it at the same time than chance gives?
//
// What is usual comes from up to four weeks before the day that is looked at, as far
// as no case of that time is forgotten. With n
// merchant-hours in an exposure E, the rate has the posterior Gamma(n+½, E) (Jeffreys'
// prior for a Poisson rate), so that the count in a window of exposure e is negative
// binomial with mean (n+½)·e/E and shape n+½ (Gelman et al., Bayesian Data Analysis,
// 2013, sections 2.6 and 2.8). Exposure is time weighted by how busy each hour of the
// day is, over everything; and as days differ, the shape s becomes s', 1/s' = 1/s + φ,
// for a rate that varies by √φ from day to day (overdispersion, as in Noufaily et
// al., An Improved Algorithm for Outbreak Detection, 2013).
//
// The day is scanned with windows of three lengths that end at every quarter of an
// hour (scan statistic: Naus 1965, Kulldorff 2001). A window is out of the ordinary if
// P(X ≥ count), times the number of things watched, of ends and of lengths (Bonferroni:
// it needs no independence, which overlapping windows have not), is below 10⁻⁴, and
// at least three merchants are in it. So a quiet day gives a false alarm once in ten
// thousand days at most, as far as the model holds; radar_test.go measures it.
const (
	radarStep   = 15 * time.Minute
	radarSteps  = 96 // a day
	radarPast   = 28 * 24 * time.Hour
	radarLeast  = 24 * time.Hour // of history
	improbable  = 1e-4
	fewest      = 3 // merchants
	dayToDay    = .06
	prior       = .5
	signalsMost = 12
	bandTail    = .025
	// quietest is the share of the mean below which no hour is taken to be quieter.
	quietest = .1
)

// lengths of the windows, in steps: a quarter of an hour, an hour, four hours.
var lengths = []int{1, 4, 16}

// sky is the day that the radar looks at.
type sky struct {
	*scope
	start, end, past time.Time
	busy             [24]float64 // weight of each hour of the day, 1 on average
	exposure         float64     // of the history
	weights          []float64   // exposure of each step
	tests            float64
}

// radar looks at the last day.
func (s *scope) radar() Radar {
	end := s.in.Now.Truncate(radarStep).Add(radarStep)
	k := &sky{scope: s, end: end, start: end.Add(-radarSteps * radarStep)}
	out := Radar{Step: radarStep}
	if len(s.in.Cases) == 0 {
		return out
	}
	k.measure()
	watches := k.watches()
	out.Watched = len(watches)
	k.tests = float64(len(watches) * radarSteps * len(lengths))
	for i := range radarSteps {
		at := k.start.Add(time.Duration(i) * radarStep).In(s.zone)
		out.Times, out.Labels = append(out.Times, at), append(out.Labels, at.Format("15:04"))
	}
	if k.exposure > 0 {
		out.History = k.start.Sub(k.past)
	}
	for _, w := range watches {
		if len(w.day) > 0 {
			out.Signals = append(out.Signals, k.signal(w))
		}
	}
	out.Signals = loudest(out.Signals)
	return out
}

// loudest orders signals, and leaves the quiet ones out.
func loudest(all []Signal) []Signal {
	alarms := 0
	for _, x := range all {
		alarms += count(x.Alarm != nil)
	}
	slices.SortFunc(all, func(a, b Signal) int {
		if a.Alarm != nil && b.Alarm != nil {
			return cmp.Or(b.Alarm.Since.Compare(a.Alarm.Since), cmp.Compare(b.Alarm.Merchants, a.Alarm.Merchants), cmp.Compare(a.ID, b.ID))
		}
		return cmp.Or(cmp.Compare(count(b.Alarm != nil), count(a.Alarm != nil)), cmp.Compare(b.Total, a.Total), cmp.Compare(a.ID, b.ID))
	})
	return all[:min(len(all), max(signalsMost, alarms))]
}

// measure finds how long the history is and how busy the hours of a day are.
func (k *sky) measure() {
	k.past = k.start
	for _, c := range k.in.Cases {
		if c.Began.Before(k.past) && !c.Began.IsZero() {
			k.past = c.Began
		}
	}
	for _, bound := range []time.Time{k.start.Add(-radarPast), k.kept()} {
		if k.past.Before(bound) {
			k.past = bound
		}
	}
	if k.start.Sub(k.past) < radarLeast {
		k.past = k.start
	}
	k.weighHours()
	for at := k.past; at.Before(k.start); at = at.Add(time.Hour) {
		k.exposure += k.busy[at.In(k.zone).Hour()]
	}
	for i := range radarSteps {
		k.weights = append(k.weights, k.busy[k.start.Add(time.Duration(i)*radarStep).In(k.zone).Hour()]*radarStep.Hours())
	}
}

// weighHours takes the weights of the hours from all cases of the history.
func (k *sky) weighHours() {
	all := 0.0
	for _, c := range k.in.Cases {
		if !c.Began.Before(k.past) && c.Began.Before(k.start) {
			k.busy[c.Began.In(k.zone).Hour()]++
			all++
		}
	}
	floor := quietest*all/24 + 1
	for h := range k.busy {
		k.busy[h] = 24 * (k.busy[h] + floor) / (all + 24*floor)
	}
}

// usual is what chance gives in a window of some exposure.
func (k *sky) usual(w *watch, exposure float64) counting {
	n := float64(len(w.past)) + prior
	return counting{mean: n * exposure / k.exposure, shape: 1 / (1/n + dayToDay)}
}

// signal is the series of one thing.
func (k *sky) signal(w *watch) Signal {
	s := Signal{Name: k.nameOf(w), Kind: w.kind, KindLabel: watched[w.kind].In(k.lang), Total: different(w.day)}
	s.Counts = make([]int, radarSteps)
	s.Usual, s.Low, s.High = make([]float64, radarSteps), make([]float64, radarSteps), make([]float64, radarSteps)
	for i := range radarSteps {
		s.Counts[i] = different(w.within(i, i+1))
		if k.exposure > 0 {
			chance := k.usual(w, k.weights[i])
			s.Usual[i], s.Low[i], s.High[i] = chance.mean, float64(chance.quantile(bandTail)), float64(chance.quantile(1-bandTail))
		}
	}
	if k.exposure > 0 {
		s.Rate = k.usual(w, 1).mean
		s.Alarm = k.alarm(w, s.Label)
	}
	return s
}

func (k *sky) nameOf(w *watch) Name {
	switch w.kind {
	case OfCause:
		return k.cause(w.id)
	case OfGroup:
		return k.groupName(w.id)
	}
	return k.of(map[string]Title{w.id: k.in.Titles.Names[w.id].Title}, w.id)
}

func sum(list []float64) float64 {
	total := 0.0
	for _, x := range list {
		total += x
	}
	return total
}
