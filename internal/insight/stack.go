package insight

import (
	"cmp"
	"slices"
	"time"
)

// dailyMost is how many days are shown each by itself; of more, weeks are.
const dailyMost = 45

// stack counts the groups of causes over time.
func (s *scope) stack() Stack {
	out := Stack{Weekly: len(s.starts) > dailyMost, Total: len(s.cases)}
	starts := s.columns(out.Weekly)
	for _, start := range starts {
		out.Columns = append(out.Columns, Column{start, s.day(start)})
	}
	layers := map[string]*Layer{}
	for _, c := range s.cases {
		id := group(c.cause())
		if layers[id] == nil {
			layers[id] = &Layer{Name: s.groupName(id), Counts: make([]int, len(starts))}
		}
		layers[id].Counts[placeOf(starts, c.Began)]++
		layers[id].Total++
	}
	for _, l := range layers {
		out.Layers = append(out.Layers, *l)
	}
	slices.SortFunc(out.Layers, func(a, b Layer) int {
		return cmp.Or(cmp.Compare(known(b.ID), known(a.ID)), cmp.Compare(b.Total, a.Total), cmp.Compare(a.ID, b.ID))
	})
	return out
}

// known is 1 for an id and 0 for none.
func known(id string) int { return min(1, len(id)) }

// groupName names a group, or says that it is not known.
func (s *scope) groupName(id string) Name {
	if id == "" {
		return Name{Label: unknown.In(s.lang)}
	}
	return s.of(s.in.Titles.Groups, id)
}

// columns gives the starts of the days, or of the weeks from Monday on.
func (s *scope) columns(weekly bool) []time.Time {
	if !weekly {
		return s.starts
	}
	var out []time.Time
	for i, start := range s.starts {
		if i == 0 || start.Weekday() == time.Monday {
			out = append(out, start)
		}
	}
	return out
}

// bars orders counts by name, the largest first.
func bars(counts map[string]int, name func(id string) Name) Bars {
	var out Bars
	for id, n := range counts {
		out.Bars = append(out.Bars, Bar{Name: name(id), Count: n})
		out.Total += n
	}
	for i := range out.Bars {
		out.Bars[i].Share = float64(out.Bars[i].Count) / float64(out.Total)
	}
	slices.SortFunc(out.Bars, func(a, b Bar) int { return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.ID, b.ID)) })
	return out
}
