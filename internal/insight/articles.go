package insight

import (
	"cmp"
	"slices"
	"time"
)

// articles says how the article of each cause has done.
func (s *scope) articles() []Article {
	type sum struct {
		used, confirmed, led, right, over, solved int
		last                                      time.Time
	}
	sums := map[string]*sum{}
	of := func(id string) *sum {
		if sums[id] == nil {
			sums[id] = &sum{}
		}
		return sums[id]
	}
	for _, c := range s.cases { // oldest first
		for _, id := range slices.Compact([]string{c.Predicted, c.Confirmed}) {
			if id == "" {
				continue
			}
			x := of(id)
			x.used++
			x.last = c.Began
			x.confirmed += count(c.Confirmed == id)
			x.led += count(c.Predicted == id && c.Confirmed != "" && c.over())
			x.right += count(c.Predicted == id && c.Confirmed == id && c.over())
			x.over += count(c.over())
			x.solved += count(c.solved())
		}
	}
	var out []Article
	for id, x := range sums {
		out = append(out, Article{
			Name: s.cause(id), Used: x.used, Confirmed: x.confirmed, Right: share(x.right, x.led), Solved: share(x.solved, x.over),
			Last: x.last, LastLabel: s.day(x.last),
		})
	}
	slices.SortFunc(out, func(a, b Article) int { return cmp.Or(cmp.Compare(b.Used, a.Used), cmp.Compare(a.ID, b.ID)) })
	return out
}
