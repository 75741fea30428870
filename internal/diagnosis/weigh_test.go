package diagnosis_test

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/s4bot/s4bot/internal/diagnosis"
)

// situated draws a belief with a situation in which the case may be.
func situated(t *rapid.T, m *diagnosis.Model) (diagnosis.Belief, diagnosis.Situation) {
	log := rapid.SliceOfN(evidence(m.Base()), 0, 6).Draw(t, "log")
	s := diagnosis.Situation{Known: map[string]bool{}, Tried: map[string]bool{}, LastChance: .7}
	for _, e := range log {
		s.Known[e.Question] = true
		s.Tried[e.Fix] = true
	}
	s.Questions = rapid.IntRange(0, 6).Draw(t, "questions")
	s.Fixes = rapid.IntRange(0, 3).Draw(t, "fixes")
	s.PaymentCost = rapid.SampledFrom([]float64{0, 2}).Draw(t, "payment")
	return m.Belief(log), s
}

func TestWhatIsDoneNextIsAmongWhatIsWeighed(t *testing.T) {
	m := newModel(t)
	rapid.Check(t, func(t *rapid.T) {
		b, s := situated(t, m)
		act, all := m.Next(b, s), m.Weigh(b, s)
		i := slices.IndexFunc(all, func(a diagnosis.Act) bool { return a.Question == act.Question && a.Fix == act.Fix })
		if i < 0 || math.Abs(all[i].Cost-act.Cost) > 1e-9 {
			t.Fatalf("%+v is not weighed, or else: %+v", act, all)
		}
		for i, a := range all {
			if i > 0 && a.Cost < all[i-1].Cost {
				t.Fatalf("%v after %v", a.Cost, all[i-1].Cost)
			}
			if q := a.Question; q != nil && (s.Known[q.ID] || q.Safety || q.Auto != "") || a.Fix != nil && s.Tried[a.Fix.ID] {
				t.Fatalf("%+v is no choice", a)
			}
		}
	})
}

// Who can't do what was chosen fares worse.
func TestAnActSavesWhatItIsChosenFor(t *testing.T) {
	m := newModel(t)
	const tie = .01
	rapid.Check(t, func(t *rapid.T) {
		b, s := situated(t, m)
		act := m.Next(b, s)
		without := m.Without(b, s, act)
		if without < act.Cost-tie {
			t.Fatalf("%+v is worse than to go without: %v", act, without)
		}
		if act.Question != nil && without > m.Repair(b, s).Cost+1e-9 {
			t.Fatalf("without a question it costs %v, and %v without any", without, m.Repair(b, s).Cost)
		}
	})
}

func TestAFixHelpsAsOftenAsItsCausesSay(t *testing.T) {
	m := newModel(t)
	prior := m.Prior()
	for _, f := range m.Base().Fixes {
		want := 0.0
		for i, c := range m.Base().Causes {
			for _, cure := range c.Cures {
				if cure.Fix == f {
					want += prior[i] * cure.Works
				}
			}
		}
		if got := m.Helps(prior, f.ID); math.Abs(got-want) > 1e-9 {
			t.Errorf("%s helps with %v, want %v", f.ID, got, want)
		}
	}
	if m.Helps(prior, "no-such") != 0 {
		t.Error("an unknown fix helps")
	}
}
