package diagnosis_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/s4bot/s4bot/internal/diagnosis"
	"github.com/s4bot/s4bot/internal/kb"
	"github.com/s4bot/s4bot/knowledge"
)

func newModel(t testing.TB) *diagnosis.Model {
	t.Helper()
	base, err := kb.Load(knowledge.Files)
	if err != nil {
		t.Fatal(err)
	}
	return diagnosis.New(base, diagnosis.Defaults())
}

// evidence draws a piece of evidence of any kind, also such that names nothing
// known.
func evidence(base *kb.Base) *rapid.Generator[diagnosis.Evidence] {
	return rapid.Custom(func(t *rapid.T) diagnosis.Evidence {
		switch rapid.IntRange(0, 3).Draw(t, "kind") {
		case 0:
			q := rapid.SampledFrom(base.Questions).Draw(t, "question")
			o := rapid.SampledFrom(q.Options).Draw(t, "option")
			return diagnosis.Evidence{Kind: diagnosis.Answered, Question: q.ID, Option: o.ID, Confirmed: rapid.Bool().Draw(t, "confirmed")}
		case 1:
			c := rapid.SampledFrom(base.Causes).Draw(t, "cause")
			return diagnosis.Evidence{Kind: diagnosis.Searched, Hits: []kb.Hit{{ID: c.ID, Score: rapid.Float64Range(0, 2).Draw(t, "score")}}, Trust: rapid.Float64Range(0, 1).Draw(t, "trust")}
		case 2:
			return diagnosis.Evidence{Kind: diagnosis.Failed, Fix: rapid.SampledFrom(base.Fixes).Draw(t, "fix").ID}
		}
		return diagnosis.Evidence{Kind: diagnosis.Answered, Question: "gone", Option: "gone"}
	})
}

func TestBeliefIsAProbability(t *testing.T) {
	m := newModel(t)
	rapid.Check(t, func(t *rapid.T) {
		log := rapid.SliceOfN(evidence(m.Base()), 0, 30).Draw(t, "log")
		sum := 0.0
		for _, p := range m.Belief(log) {
			if p < 0 || p > 1 || math.IsNaN(p) {
				t.Fatalf("a probability of %v", p)
			}
			sum += p
		}
		if math.Abs(sum-1) > 1e-9 {
			t.Fatalf("the belief sums to %v", sum)
		}
	})
}

func TestOrderOfEvidenceDoesNotMatter(t *testing.T) {
	m := newModel(t)
	rapid.Check(t, func(t *rapid.T) {
		log := rapid.SliceOfN(evidence(m.Base()), 2, 10).Draw(t, "log")
		shuffled := rapid.Permutation(log).Draw(t, "shuffled")
		a, b := m.Belief(log), m.Belief(shuffled)
		for i := range a {
			if math.Abs(a[i]-b[i]) > 1e-9 {
				t.Fatalf("%v against %v in another order", a[i], b[i])
			}
		}
	})
}

func TestAnswersOverturnTheText(t *testing.T) {
	m := newModel(t)
	log := []diagnosis.Evidence{
		{Kind: diagnosis.Searched, Hits: []kb.Hit{{ID: "network.disconnected", Score: 1}}, Trust: 1},
		{Kind: diagnosis.Answered, Question: "response_code", Option: "pin"},
		{Kind: diagnosis.Answered, Question: "pin", Option: "wrong"},
		{Kind: diagnosis.Answered, Question: "network_state", Option: "good"},
		{Kind: diagnosis.Answered, Question: "which_cards", Option: "this_card"},
	}
	if best := m.Ranked(m.Belief(log))[0]; best.Cause != "operation.wrong-pin" {
		t.Errorf("four answers for a wrong PIN lose against one text match: %+v", best)
	}
}

func TestFailedFixSpeaksAgainstWhatItCures(t *testing.T) {
	m := newModel(t)
	before := m.P(m.Prior(), "network.weak-signal")
	after := m.P(m.Belief([]diagnosis.Evidence{{Kind: diagnosis.Failed, Fix: "move-to-signal"}}), "network.weak-signal")
	if after >= before {
		t.Errorf("moving did not help, and weak signal went from %.3f to %.3f", before, after)
	}
}

func TestOtherGrowsWhenNothingFits(t *testing.T) {
	m := newModel(t)
	var log []diagnosis.Evidence
	for _, f := range m.Base().Fixes {
		log = append(log, diagnosis.Evidence{Kind: diagnosis.Failed, Fix: f.ID})
	}
	if p := m.P(m.Belief(log), diagnosis.Other); p < .15 {
		t.Errorf("every fix failed, and the unnamed cause has only %.2f", p)
	}
}

func TestNext(t *testing.T) {
	m := newModel(t)
	answer := func(q, o string) diagnosis.Evidence {
		return diagnosis.Evidence{Kind: diagnosis.Answered, Question: q, Option: o}
	}
	tests := []struct {
		name string
		log  []diagnosis.Evidence
		s    diagnosis.Situation
		want string // question, fix, agent or handoff
	}{
		{"knowing nothing it asks", nil, diagnosis.Situation{}, "question"},
		{"knowing the cause it fixes", []diagnosis.Evidence{answer("printer", "no_paper"), answer("fails_at", "printing"), answer("screen_message", "paper")}, diagnosis.Situation{}, "fix"},
		{"a cause that only an agent cures goes to him", []diagnosis.Evidence{answer("merchant_status", "not_authorised"), answer("response_code", "terminal"), answer("screen_message", "merchant")}, diagnosis.Situation{NoPayment: true}, "agent"},
		{"at both caps it hands over", nil, diagnosis.Situation{Questions: 8, Fixes: 3}, "handoff"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			act := m.Next(m.Belief(tt.log), tt.s)
			got := "handoff"
			switch {
			case act.Question != nil:
				got = "question"
			case act.Fix != nil && act.Fix.Agent:
				got = "agent"
			case act.Fix != nil:
				got = "fix"
			}
			if got != tt.want {
				t.Errorf("got %s (%+v), want %s", got, act, tt.want)
			}
		})
	}
}

// TestNextKeepsItsLimits: whatever the belief, the act keeps to the situation.
func TestNextKeepsItsLimits(t *testing.T) {
	m := newModel(t)
	rapid.Check(t, func(t *rapid.T) {
		log := rapid.SliceOfN(evidence(m.Base()), 0, 12).Draw(t, "log")
		s := diagnosis.Situation{
			Known: map[string]bool{}, Tried: map[string]bool{},
			Questions: rapid.IntRange(0, 9).Draw(t, "questions"), Fixes: rapid.IntRange(0, 3).Draw(t, "fixes"),
			NoPayment: rapid.Bool().Draw(t, "no payment"), NoTests: rapid.Bool().Draw(t, "no tests"), PaymentCost: 2,
		}
		for _, e := range log {
			s.Known[e.Question] = true
			s.Tried[e.Fix] = true
		}
		act := m.Next(m.Belief(log), s)
		if q := act.Question; q != nil && (s.Known[q.ID] || q.Auto != "" || q.Safety || s.Questions >= 8) {
			t.Fatalf("asks %s", q.ID)
		}
		if f := act.Fix; f != nil && (s.Tried[f.ID] || f.RepeatsPayment && s.NoPayment || !f.Agent && s.Fixes >= 3) {
			t.Fatalf("proposes %s", f.ID)
		}
		if act.Cost > m.Params().HandoffCost+1e-9 {
			t.Fatalf("costs %v, more than handing over at once", act.Cost)
		}
	})
}

func TestReasons(t *testing.T) {
	m := newModel(t)
	log := []diagnosis.Evidence{
		{Kind: diagnosis.Answered, Question: "card_itself", Option: "expired"},
		{Kind: diagnosis.Answered, Question: "which_cards", Option: "every_card"},
	}
	reasons := m.Reasons(log, "card.expired")
	if len(reasons) != 2 || reasons[0].Weight <= 0 || reasons[0].Evidence.Option != "expired" || reasons[1].Weight >= 0 {
		t.Errorf("want the date for and every card against, strongest first: %+v", reasons)
	}
}

func BenchmarkNext(b *testing.B) {
	m := newModel(b)
	belief := m.Prior()
	for b.Loop() {
		m.Next(belief, diagnosis.Situation{PaymentCost: 2})
	}
}

// TestLookingAheadIsNeverWorse: asking is chosen only where it costs less than
// repairing at once.
func TestLookingAheadIsNeverWorse(t *testing.T) {
	m := newModel(t)
	rapid.Check(t, func(t *rapid.T) {
		log := rapid.SliceOfN(evidence(m.Base()), 0, 8).Draw(t, "log")
		s := diagnosis.Situation{Fixes: rapid.IntRange(0, 3).Draw(t, "fixes"), Questions: rapid.IntRange(0, 6).Draw(t, "questions")}
		b := m.Belief(log)
		if next, repair := m.Next(b, s), m.Repair(b, s); next.Cost > repair.Cost+1e-9 {
			t.Fatalf("%+v costs more than %+v", next, repair)
		}
	})
}

func TestSlipped(t *testing.T) {
	m := newModel(t)
	sure := m.Belief([]diagnosis.Evidence{
		{Kind: diagnosis.Answered, Question: "network_state", Option: "none", Confirmed: true},
		{Kind: diagnosis.Answered, Question: "screen_message", Option: "network", Confirmed: true},
	})
	odd, plain := m.Slipped(sure, "fails_at", "printing"), m.Slipped(sure, "fails_at", "long_wait")
	if odd < .3 || plain > .2 {
		t.Errorf("printing is a slip with %.2f, a long wait with %.2f", odd, plain)
	}
	if m.Slipped(sure, "gone", "x") != 0 || m.Slipped(sure, "fails_at", "gone") != 0 {
		t.Error("what is unknown is a slip")
	}
}

func TestTells(t *testing.T) {
	m := newModel(t)
	b := m.Prior()
	first, second := m.Tells(b, "network_state")
	if first == second || m.P(b, first) < m.P(b, second) || m.Base().Cause(first) == nil {
		t.Errorf("got %q and %q", first, second)
	}
	if first, _ := m.Tells(b, "gone"); first != "" {
		t.Error("an unknown question tells something")
	}
}

func TestBits(t *testing.T) {
	for _, tt := range []struct {
		before, after diagnosis.Belief
		want          float64
	}{
		{diagnosis.Belief{.5, .5}, diagnosis.Belief{.5, .5}, 0},
		{diagnosis.Belief{.5, .5}, diagnosis.Belief{1, 0}, 1},
		{diagnosis.Belief{.25, .25, .25, .25}, diagnosis.Belief{0, 0, 1, 0}, 2},
		{diagnosis.Belief{.8, .2}, diagnosis.Belief{.2, .8}, .2*math.Log2(.25) + .8*2},
	} {
		if got := diagnosis.Bits(tt.before, tt.after); math.Abs(got-tt.want) > 1e-12 {
			t.Errorf("from %v to %v are %v bits, want %v", tt.before, tt.after, got, tt.want)
		}
	}
}
