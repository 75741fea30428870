package optimum

import (
	"math/rand/v2"
	"slices"
	"sync"

	"github.com/s4bot/s4bot/internal/diagnosis"
	"github.com/s4bot/s4bot/internal/kb"
)

// Gap is how much more the bot's choices cost than the optimum, over random
// instances: ratios of expected costs, 1 being the optimum.
type Gap struct {
	Instances int     `json:"instances"`
	Mean      float64 `json:"mean"`
	P90       float64 `json:"p90"`
	Most      float64 `json:"most"`
	// Repair is the mean ratio of repairing at once, without a question.
	Repair float64 `json:"repair_at_once"`
}

// Size is how large an instance is.
type Size struct{ Causes, Questions, Options int }

// Reduced is the size that is measured: 8 causes, 6 questions, up to 3 fixes in
// a row. Questions with more options than five are left out, to keep it exact
// within seconds.
var Reduced = Size{8, 6, 5}

// Measure draws instances of a knowledge base and solves them. The worlds are
// exactly as the articles say; the policy keeps its doubts.
func Measure(base *kb.Base, params diagnosis.Params, size Size, n int) (Gap, error) {
	ratios, repair, errs := make([]float64, n), make([]float64, n), make([]error, n)
	var group sync.WaitGroup
	room := make(chan struct{}, 2) // each needs up to 300 MB
	for i := range n {
		group.Go(func() {
			room <- struct{}{}
			defer func() { <-room }()
			part := Draw(base, size.Causes, size.Questions, size.Options, rand.New(rand.NewPCG(uint64(i), 1)).IntN)
			x, err := New(part, params)
			if err != nil {
				errs[i] = err
				return
			}
			m, best := diagnosis.New(part, params), x.Optimum()
			ratios[i], repair[i] = x.Cost(m.Next)/best, x.Cost(m.Repair)/best
		})
	}
	group.Wait()
	for _, err := range errs {
		if err != nil {
			return Gap{}, err
		}
	}
	g := Gap{Instances: n}
	for i := range n {
		g.Mean += ratios[i] / float64(n)
		g.Repair += repair[i] / float64(n)
	}
	slices.Sort(ratios)
	g.P90, g.Most = ratios[min(n-1, n*9/10)], ratios[n-1]
	return g, nil
}
