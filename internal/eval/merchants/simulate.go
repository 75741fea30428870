package merchants

import (
	"context"
	"errors"
	"runtime"
	"sync"

	"github.com/s4bot/s4bot/internal/diagnosis"
	"github.com/s4bot/s4bot/internal/dialog"
	"github.com/s4bot/s4bot/internal/kb"
)

// Plan says what is simulated.
type Plan struct {
	Worlds   int // world seeds
	Episodes int // merchants a world
	Policies []Policy
	// World makes the world of a seed.
	World func(seed uint64) *World
}

// Result holds the outcomes by policy, then world.
type Outcomes [][][]Outcome

// Simulate lets every policy serve every merchant.
func Simulate(ctx context.Context, plan Plan, base *kb.Base, params diagnosis.Params, search Searcher) (Outcomes, error) {
	managers := make([]*dialog.Manager, len(plan.Policies))
	for i, p := range plan.Policies {
		managers[i] = manager(base, params, p)
	}
	out := make(Outcomes, len(plan.Policies))
	for i := range out {
		out[i] = make([][]Outcome, plan.Worlds)
	}
	for seed := range plan.Worlds {
		w := plan.World(uint64(seed) + 1)
		for i := range out {
			out[i][seed] = make([]Outcome, plan.Episodes)
		}
		err := parallel(plan.Episodes, func(n int) error {
			for i, p := range plan.Policies {
				o, err := Play(ctx, w.Merchant(n), managers[i], p, search)
				if err != nil {
					return err
				}
				out[i][seed][n] = o
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

func manager(base *kb.Base, params diagnosis.Params, p Policy) *dialog.Manager {
	if p.Unbounded {
		params.MaxUnsure, params.MaxTurns = len(base.Questions), turnsMost
	}
	m := dialog.New(base, params)
	if p.Decide == nil {
		return m
	}
	return m.With(p.Decide)
}

// parallel calls do for every number below n, on all processors.
func parallel(n int, do func(int) error) error {
	workers := runtime.GOMAXPROCS(0)
	errs := make([]error, workers)
	var group sync.WaitGroup
	for k := range workers {
		group.Go(func() {
			for i := k; i < n; i += workers {
				if err := do(i); err != nil {
					errs[k] = err
					return
				}
			}
		})
	}
	group.Wait()
	return errors.Join(errs...)
}
