package insight

import (
	"cmp"
	"slices"
)

// worth says which questions earn their place. What an answer was worth is how far it
// moved the belief, in bits (the information provided, Lindley 1956; computed when
// the case ended); an answer that never came was worth nothing. Bits over effort is
// what the bot's choice of questions trades off (DESIGN, section 3).
func (s *scope) worth() []Worth {
	type sum struct {
		asked, answered, changed int
		bits                     float64
	}
	sums := map[string]*sum{}
	for _, c := range s.cases {
		for _, q := range c.Questions {
			if q.Open && !c.over() {
				continue // it waits for its answer
			}
			if sums[q.Question] == nil {
				sums[q.Question] = &sum{}
			}
			x := sums[q.Question]
			x.asked++
			if !q.Open && !q.Unsure {
				x.answered++
				x.bits += max(0, q.Bits)
				x.changed += count(q.Changed)
			}
		}
	}
	var out []Worth
	for id, x := range sums {
		w := Worth{
			Name: s.of(s.in.Titles.Questions, id), Asked: x.asked, Answered: share(x.answered, x.asked), Changed: share(x.changed, x.asked),
			Bits: x.bits / float64(x.asked), Effort: max(0, s.in.Titles.Efforts[id]),
		}
		if w.Effort > 0 {
			w.Rate = w.Bits / w.Effort
		}
		out = append(out, w)
	}
	slices.SortFunc(out, func(a, b Worth) int {
		return cmp.Or(cmp.Compare(b.Rate, a.Rate), cmp.Compare(b.Bits, a.Bits), cmp.Compare(a.ID, b.ID))
	})
	return out
}

func count(yes bool) int {
	if yes {
		return 1
	}
	return 0
}
