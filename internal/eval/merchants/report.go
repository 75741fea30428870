package merchants

import (
	"cmp"
	"slices"
	"time"
)

// Report is how a policy did: rows of figures with their intervals.
type Report struct {
	Policy string `json:"policy"`
	Cases  int    `json:"cases"`
	Rows   []Row  `json:"rows"`
	// Decision is the time of a step of the bot, search apart, in microseconds.
	Decision Times `json:"decision_us"`
	// Broken counts promises that were not kept.
	Broken map[string]int `json:"broken"`
}

// Row is a figure with its 95 % bootstrap interval.
type Row struct {
	Name  string  `json:"name"`
	Value float64 `json:"value"`
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
	Of    int     `json:"of"`
}

// Times are percentiles in microseconds.
type Times struct {
	P50 float64 `json:"p50"`
	P99 float64 `json:"p99"`
}

// Reports sums up what was simulated, in the order of the plan's policies.
func Reports(plan Plan, outcomes Outcomes) []Report {
	out := make([]Report, len(plan.Policies))
	for i, p := range plan.Policies {
		all := slices.Concat(outcomes[i]...)
		out[i] = Report{Policy: p.Name, Cases: len(all), Decision: times(all), Broken: map[string]int{}}
		for _, f := range figures {
			out[i].Rows = append(out[i].Rows, f.row(blocks(outcomes[i])))
		}
		for _, o := range all {
			if o.Broken != "" {
				out[i].Broken[o.Broken]++
			}
		}
	}
	return out
}

// Ratio gives the mean cost with one policy divided by that with another, on the
// same merchants.
func Ratio(outcomes Outcomes, policy, other int) Row {
	a, b := blocks(outcomes[policy]), blocks(outcomes[other])
	costs := make([]tally, len(a))
	for i := range a {
		for j := range a[i] {
			if !a[i][j].Charged {
				costs[i][0] += a[i][j].Cost
				costs[i][1] += b[i][j].Cost
			}
		}
	}
	return resample("cost ratio", costs, func(t tally) float64 { return t[0] / t[1] })
}

func (f figure) row(blocks [][]Outcome) Row {
	tallies := make([]tally, len(blocks))
	n := 0
	for i, b := range blocks {
		for _, o := range b {
			if f.of(o) {
				f.count(&tallies[i], o)
				n++
			}
		}
	}
	row := resample(f.name, tallies, f.value)
	row.Of = n
	return row
}

func times(os []Outcome) Times {
	var all []time.Duration
	for _, o := range os {
		all = append(all, o.Thinking...)
	}
	if len(all) == 0 {
		return Times{}
	}
	slices.SortFunc(all, func(a, b time.Duration) int { return cmp.Compare(a, b) })
	at := func(p float64) float64 { return float64(all[int(p*float64(len(all)-1))].Microseconds()) }
	return Times{at(.5), at(.99)}
}
