package optimum_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/s4bot/s4bot/internal/diagnosis"
	"github.com/s4bot/s4bot/internal/eval/optimum"
	"github.com/s4bot/s4bot/internal/kb"
	"github.com/s4bot/s4bot/knowledge"
)

func load(t *testing.T) *kb.Base {
	t.Helper()
	base, err := kb.Load(knowledge.Files)
	if err != nil {
		t.Fatal(err)
	}
	return base
}

// small is a size that is solved in milliseconds.
var small = optimum.Size{Causes: 5, Questions: 3, Options: 4}

// TestNoPolicyBeatsTheOptimum: the optimum is computed by other code than the
// bot's; if either were wrong, some policy would cost less.
func TestNoPolicyBeatsTheOptimum(t *testing.T) {
	base, params := load(t), diagnosis.Defaults()
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 7))
		part := optimum.Draw(base, small.Causes, small.Questions, small.Options, r.IntN)
		x, err := optimum.New(part, params)
		if err != nil {
			t.Fatal(err)
		}
		best := x.Optimum()
		m := diagnosis.New(part, params)
		random := func(b diagnosis.Belief, s diagnosis.Situation) diagnosis.Act {
			for _, q := range part.Questions {
				if q.Auto == "" && !q.Safety && !s.Known[q.ID] && r.IntN(3) == 0 {
					return diagnosis.Act{Question: q}
				}
			}
			return m.Repair(b, s)
		}
		handOver := func(diagnosis.Belief, diagnosis.Situation) diagnosis.Act { return diagnosis.Act{} }
		for name, policy := range map[string]optimum.Chooser{"next": m.Next, "repair": m.Repair, "random": random, "hand over": handOver} {
			if cost := x.Cost(policy); cost < best-1e-9 {
				t.Errorf("seed %d: %s costs %.4f, less than the optimum %.4f", seed, name, cost, best)
			}
		}
		if cost := x.Cost(handOver); math.Abs(cost-params.HandoffCost) > 1e-9 {
			t.Errorf("seed %d: handing over at once costs %v", seed, cost)
		}
	}
}

// TestOptimumByHand solves an instance that can be reckoned on paper: without
// questions, the best order of fixes and of giving up.
func TestOptimumByHand(t *testing.T) {
	base, params := load(t), diagnosis.Defaults()
	part := base.Part(func(id string) bool { return id == "operation.step-skipped" })
	x, err := optimum.New(part, params)
	if err != nil {
		t.Fatal(err)
	}
	// Both fixes repeat the payment; the second also asks for the charge anew.
	// re-enter: effort 2, works .80; step-by-step: effort 4, works .95.
	p, again := 1-params.OtherPrior, part.SafetyQuestion().Effort
	afterOne := p*.2 + params.OtherPrior
	want := 2 + afterOne*(4+again) + (p*.2*.05+params.OtherPrior)*params.HandoffCost
	if got := x.Optimum(); math.Abs(got-want) > 1e-9 {
		t.Errorf("the optimum costs %v, on paper %v", got, want)
	}
}

func TestBotComesCloseToTheOptimum(t *testing.T) {
	gap, err := optimum.Measure(load(t), diagnosis.Defaults(), small, 40)
	if err != nil {
		t.Fatal(err)
	}
	if gap.Mean > 1.02 || gap.Mean < 1 || gap.Repair < gap.Mean {
		t.Errorf("%+v; want under 2 %% above the optimum on small instances, and better than without questions", gap)
	}
}

func TestTooLarge(t *testing.T) {
	if _, err := optimum.New(load(t), diagnosis.Defaults()); err == nil {
		t.Error("the whole knowledge is no small instance")
	}
}
