package learn

import "github.com/s4bot/s4bot/internal/kb"

// tally counts what the cases say.
type tally struct {
	causes  map[string]int
	answers map[answerOf][]float64 // by option, in the question's order
}

// answerOf is a question under a cause.
type answerOf struct{ cause, question string }

// count counts the cases. What the base does not have is passed over.
func count(base *kb.Base, cases []Case) *tally {
	t := &tally{map[string]int{}, map[answerOf][]float64{}}
	for _, c := range cases {
		if base.Cause(c.Cause) == nil {
			continue
		}
		t.causes[c.Cause]++
		last := map[string]int{}
		for i, a := range c.Answers {
			last[a.Question] = i
		}
		for i, a := range c.Answers {
			if last[a.Question] == i {
				t.add(base, c.Cause, a)
			}
		}
	}
	return t
}

func (t *tally) add(base *kb.Base, cause string, a Answer) {
	q := base.Question(a.Question)
	if q == nil {
		return
	}
	for i, o := range q.Options {
		if o.ID != a.Option {
			continue
		}
		at := answerOf{cause, q.ID}
		if t.answers[at] == nil {
			t.answers[at] = make([]float64, len(q.Options))
		}
		t.answers[at][i]++
	}
}

// of gives the answers to a question under a cause, by option.
func (t *tally) of(c *kb.Cause, q *kb.Question) []float64 {
	if counts := t.answers[answerOf{c.ID, q.ID}]; counts != nil {
		return counts
	}
	return make([]float64, len(q.Options))
}

func total(counts []float64) float64 {
	sum := 0.0
	for _, n := range counts {
		sum += n
	}
	return sum
}
