package insight

import (
	"cmp"
	"slices"
)

// failures counts what did not plainly arrive.
func (s *scope) failures() Failures {
	out := Failures{Days: make([]int, len(s.starts))}
	rows := map[[4]string]*Failure{}
	for _, l := range s.in.Losses {
		if !s.holds(l.At) {
			continue
		}
		out.Total++
		out.Days[placeOf(s.starts, l.At)]++
		key := [4]string{l.Side, l.Fate, l.Kind, l.Reason}
		if rows[key] == nil {
			rows[key] = &Failure{Side: s.of(sides, l.Side), Fate: s.of(fates, l.Fate), Kind: s.of(kinds, l.Kind), Reason: l.Reason}
		}
		rows[key].Count++
		if l.At.After(rows[key].Last) {
			rows[key].Last, rows[key].LastLabel = l.At, s.day(l.At)
		}
	}
	for _, r := range rows {
		out.Rows = append(out.Rows, *r)
	}
	slices.SortFunc(out.Rows, func(a, b Failure) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), b.Last.Compare(a.Last), cmp.Compare(a.Side.ID+a.Fate.ID+a.Kind.ID+a.Reason, b.Side.ID+b.Fate.ID+b.Kind.ID+b.Reason))
	})
	return out
}
