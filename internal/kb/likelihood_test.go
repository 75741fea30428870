package kb_test

import (
	"math"
	"testing"

	"github.com/s4bot/s4bot/internal/kb"
	"github.com/s4bot/s4bot/knowledge"
)

func TestLikelihood(t *testing.T) {
	q := &kb.Question{ID: "q", Options: []*kb.Option{{ID: "a", Share: .5}, {ID: "b", Share: .3}, {ID: "c", Share: .2}}}
	for name, test := range map[string]struct {
		signs map[string]float64
		want  []float64
	}{
		"nothing listed: the usual shares":             {nil, []float64{.5, .3, .2}},
		"one listed: the rest in proportion to shares": {map[string]float64{"a": .8}, []float64{.8, .12, .08}},
		"two listed: the last takes the rest":          {map[string]float64{"a": .3, "b": .6}, []float64{.3, .6, .1}},
		"always":                                       {map[string]float64{"a": .95}, []float64{.95, .03, .02}},
		"never":                                        {map[string]float64{"c": .02}, []float64{.6125, .3675, .02}},
		"all listed and sound":                         {map[string]float64{"a": .6, "b": .3, "c": .1}, []float64{.6, .3, .1}},
		"all listed: scaled to 1":                      {map[string]float64{"a": .6, "b": .3, "c": .3}, []float64{.5, .25, .25}},
		"listed fill it up: the rest keeps a crumb":    {map[string]float64{"a": .6, "b": .4}, []float64{.6 / 1.02, .4 / 1.02, .02 / 1.02}},
	} {
		t.Run(name, func(t *testing.T) {
			got := q.Likelihood(&kb.Cause{Signs: map[string]map[string]float64{"q": test.signs}})
			for i := range test.want {
				if math.Abs(got[i]-test.want[i]) > 1e-9 {
					t.Fatalf("got %v, want %v", got, test.want)
				}
			}
		})
	}
}

// TestLikelihoodOfExclusiveOptions has two options that hardly any cause gives
// but those that list them.
func TestLikelihoodOfExclusiveOptions(t *testing.T) {
	q := &kb.Question{ID: "q", Options: []*kb.Option{
		{ID: "none", Share: .5}, {ID: "other", Share: .3}, {ID: "code51", Share: .15, Exclusive: true}, {ID: "code54", Share: .05, Exclusive: true},
	}}
	const stray = .01
	for name, test := range map[string]struct {
		signs map[string]float64
		want  []float64
	}{
		"nothing listed: exclusive ones keep little":          {nil, []float64{.5 / .802, .3 / .802, .15 * stray / .802, .05 * stray / .802}},
		"an exclusive one listed: as any other":               {map[string]float64{"code51": .8}, []float64{.2 * .5 / .8005, .2 * .3 / .8005, .8, .2 * .05 * stray / .8005}},
		"another one listed: exclusive ones keep little":      {map[string]float64{"none": .6}, []float64{.6, .4 * .3 / .302, .4 * .15 * stray / .302, .4 * .05 * stray / .302}},
		"only exclusive ones left: they share out what is":    {map[string]float64{"none": .6, "other": .2}, []float64{.6, .2, .15, .05}},
		"never, listed: more than a stray":                    {map[string]float64{"code54": .02}, []float64{.98 * .5 / .8015, .98 * .3 / .8015, .98 * .15 * stray / .8015, .02}},
		"both listed: the others keep their usual proportion": {map[string]float64{"code51": .6, "code54": .3}, []float64{.0625, .0375, .6, .3}},
		"all listed: exclusive or not is the same":            {map[string]float64{"none": .1, "other": .1, "code51": .6, "code54": .2}, []float64{.1, .1, .6, .2}},
	} {
		t.Run(name, func(t *testing.T) {
			c := &kb.Cause{ID: "c", Signs: map[string]map[string]float64{"q": test.signs}}
			checkLikelihood(t, q, c)
			got := q.Likelihood(c)
			for i := range test.want {
				if math.Abs(got[i]-test.want[i]) > 1e-9 {
					t.Fatalf("got %v, want %v", got, test.want)
				}
			}
		})
	}
}

func TestLikelihoodsOfTheEmbeddedKnowledge(t *testing.T) {
	b, err := kb.Load(knowledge.Files)
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range b.Questions {
		for _, c := range b.Causes {
			checkLikelihood(t, q, c)
		}
	}
}

// checkLikelihood asserts that a distribution sums to 1, has no zeros, and
// keeps the listed probabilities: exactly where they leave room for the other
// options, else their proportions.
func checkLikelihood(t *testing.T, q *kb.Question, c *kb.Cause) {
	t.Helper()
	got, sum, listed := q.Likelihood(c), 0.0, 0.0
	for i, p := range got {
		if !(p > 0 && p < 1) {
			t.Errorf("%s, %s: P(%s) = %v", c.ID, q.ID, q.Options[i].ID, p)
		}
		sum += p
		listed += c.Signs[q.ID][q.Options[i].ID]
	}
	if math.Abs(sum-1) > 1e-9 {
		t.Errorf("%s, %s: the sum is %v", c.ID, q.ID, sum)
	}
	scale := 1.0
	switch {
	case len(c.Signs[q.ID]) == len(q.Options):
		scale = listed
	case listed > .98:
		scale = listed + .02
	}
	for i, p := range got {
		if want, ok := c.Signs[q.ID][q.Options[i].ID]; ok && math.Abs(p*scale-want) > 1e-9 {
			t.Errorf("%s, %s: P(%s) = %v, listed %v", c.ID, q.ID, q.Options[i].ID, p, want)
		}
	}
}
