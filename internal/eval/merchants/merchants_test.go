package merchants_test

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/s4bot/s4bot/internal/diagnosis"
	"github.com/s4bot/s4bot/internal/dialog"
	"github.com/s4bot/s4bot/internal/eval/merchants"
	"github.com/s4bot/s4bot/internal/kb"
	"github.com/s4bot/s4bot/internal/kb/index"
	"github.com/s4bot/s4bot/knowledge"
)

type mind struct {
	base  *kb.Base
	index *index.Index
}

var ready = sync.OnceValues(func() (mind, error) {
	base, err := kb.Load(knowledge.Files)
	if err != nil {
		return mind{}, err
	}
	x, err := index.Build(base)
	return mind{base, x}, err
})

func load(t *testing.T) mind {
	t.Helper()
	m, err := ready()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func perturbed(base *kb.Base, rates merchants.Rates) func(uint64) *merchants.World {
	return func(seed uint64) *merchants.World { return merchants.Perturbed(base, seed, rates, nil) }
}

// TestPromises: whatever the policy, no simulated merchant meets a broken
// promise: a known fact asked again, an unsafe payment, a loop, a dead end.
func TestPromises(t *testing.T) {
	m := load(t)
	plan := merchants.Plan{Worlds: 2, Episodes: 15, Policies: merchants.Policies(), World: perturbed(m.base, merchants.DefaultRates())}
	outcomes, err := merchants.Simulate(t.Context(), plan, m.base, diagnosis.Defaults(), m.index)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range merchants.Reports(plan, outcomes) {
		for promise, n := range r.Broken {
			t.Errorf("%s: in %d of %d cases %s", r.Policy, n, r.Cases, promise)
		}
		if len(r.Rows) == 0 || r.Cases != 30 {
			t.Errorf("%s: %d cases, %d rows", r.Policy, r.Cases, len(r.Rows))
		}
	}
}

// TestTheBotBeatsTheOthers: the order is clear even on few merchants.
func TestTheBotBeatsTheOthers(t *testing.T) {
	m := load(t)
	all := merchants.Policies()
	policies := []merchants.Policy{all[0], all[2], all[3], all[4]} // those that it beats by far
	plan := merchants.Plan{Worlds: 1, Episodes: 80, Policies: policies, World: perturbed(m.base, merchants.DefaultRates())}
	outcomes, err := merchants.Simulate(t.Context(), plan, m.base, diagnosis.Defaults(), m.index)
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range plan.Policies[1:] {
		if r := merchants.Ratio(outcomes, 0, i+1); r.Value >= 1 {
			t.Errorf("the bot costs %.2f of %s", r.Value, p.Name)
		}
	}
}

// TestSameLuck: a merchant is the same whoever asks, and another one is not.
func TestSameLuck(t *testing.T) {
	m := load(t)
	a := merchants.Perturbed(m.base, 3, merchants.DefaultRates(), nil)
	b := merchants.Perturbed(m.base, 3, merchants.DefaultRates(), nil)
	other, questions := 0, 0
	for n := range 50 {
		x, y, z := a.Merchant(n), b.Merchant(n), a.Merchant(n+1000)
		for i := len(m.base.Questions) - 1; i >= 0; i-- { // y is asked in another order
			y.Answer(m.base.Questions[i], 0)
		}
		for _, q := range m.base.Questions {
			ox, kx := x.Answer(q, 0)
			oy, ky := y.Answer(q, 0)
			oz, kz := z.Answer(q, 0)
			if ox != oy || kx != ky {
				t.Fatalf("merchant %d answers %s by who asks", n, q.ID)
			}
			questions++
			if ox != oz || kx != kz {
				other++
			}
		}
	}
	if other < questions/5 {
		t.Errorf("two merchants differ in only %d of %d answers", other, questions)
	}
}

// TestRates: merchants slip, do not know and suffer as often as the rates say.
func TestRates(t *testing.T) {
	m := load(t)
	rates := merchants.DefaultRates()
	w := merchants.Perturbed(m.base, 1, rates, nil)
	const n = 4000
	unknown, two, charged := 0, 0, 0
	for i := range n {
		x := w.Merchant(i)
		unknown += count(x.Cause == "")
		two += count(x.TwoFaults)
		charged += count(x.Charged)
	}
	for name, c := range map[string][2]float64{"unknown": {float64(unknown), rates.Unknown}, "two faults": {float64(two), rates.TwoFaults * .9}, "charged": {float64(charged), rates.Charged}} {
		if got := c[0] / n; math.Abs(got-c[1]) > .012 {
			t.Errorf("%s: %.3f, want about %.3f", name, got, c[1])
		}
	}
}

func count(ok bool) int {
	if ok {
		return 1
	}
	return 0
}

// TestOnlyTheRightFixHelps: a fix that cures nothing of the merchant's never
// works, and one that does works about as often as its article says.
func TestOnlyTheRightFixHelps(t *testing.T) {
	m := load(t)
	rates := merchants.DefaultRates()
	rates.Unknown, rates.TwoFaults = 0, 0
	w := merchants.Perturbed(m.base, 2, rates, nil)
	expected, worked := 0.0, 0.0
	for i := range 600 {
		for _, f := range m.base.Fixes {
			x := w.Merchant(i)
			cures := 0.0
			for _, cure := range m.base.Cause(x.Cause).Cures {
				if cure.Fix == f {
					cures = cure.Works
				}
			}
			r := x.Try(f)
			if r == merchants.Works && cures == 0 || r == merchants.Different {
				t.Fatalf("%s gives %v for %s", f.ID, r, x.Cause)
			}
			expected += cures
			worked += float64(count(r == merchants.Works))
		}
	}
	if math.Abs(worked/expected-1) > .08 {
		t.Errorf("fixes worked %.0f times, %.0f expected", worked, expected)
	}
}

// TestTreeKnowsTheKnowledge: the tree of the comparison asks and concludes what
// there is.
func TestTreeKnowsTheKnowledge(t *testing.T) {
	m := load(t)
	manager := dialog.New(m.base, diagnosis.Defaults())
	for _, p := range merchants.Policies()[1:] {
		known := map[string]bool{}
		for range len(m.base.Questions) + 5 {
			act := p.Decide(manager.Model(), nil, diagnosis.Situation{Known: known, Tried: map[string]bool{}})
			if act.Question == nil {
				break
			}
			if known[act.Question.ID] {
				t.Fatalf("%s asks %s again", p.Name, act.Question.ID)
			}
			known[act.Question.ID] = true
		}
	}
}

func TestFile(t *testing.T) {
	m := load(t)
	write := func(text string) string {
		path := filepath.Join(t.TempDir(), "merchants.yaml")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	good := write("causes:\n  card.expired: {prior: 2, answers: {card_itself: {expired: 9, fine: 1}}}\nquestions:\n  pin: {right: 1}\nrates: {unknown: 0}\n")
	f, err := merchants.Load(good, m.base)
	if err != nil {
		t.Fatal(err)
	}
	w := f.World(1, map[string][]string{"card.expired": {"卡过期了"}, "": {"刷不了"}})
	told, expired := 0, 0
	for i := range 500 {
		x := w.Merchant(i)
		if x.Cause != "card.expired" {
			t.Fatalf("a merchant has %q", x.Cause)
		}
		told += count(x.First() == "卡过期了")
		o, ok := x.Answer(m.base.Question("card_itself"), 0)
		expired += count(ok && o.ID == "expired")
	}
	if told < 250 || told > 350 || expired < 300 {
		t.Errorf("%d of 500 tell the cause first, %d see the date", told, expired)
	}
	for text, want := range map[string]string{
		"causes: {card.gone: {prior: 1}}":                                  "causes.card.gone: there is no such cause",
		"causes: {card.expired: {prior: 1, answers: {pin: {yellow: 1}}}}":  "causes.card.expired.answers.pin.yellow: the question has no such option",
		"causes: {card.expired: {prior: 1, answers: {nose: {right: 1}}}}":  `there is no question "nose"`,
		"causes: {card.expired: {prior: -1}}":                              "is negative",
		"causes: {card.expired: {prior: 1}}\nprice: 3":                     "line 2: field price not found",
		"questions: {pin: {right: 0}}\ncauses: {card.expired: {prior: 1}}": "at least one answer needs a number above 0",
		"causes: {}":  "at least one cause needs a prior above 0",
		"causes: [1]": "cannot unmarshal",
	} {
		if _, err := merchants.Load(write(text), m.base); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q", text, err, want)
		}
	}
	if _, err := merchants.Load("gone.yaml", m.base); err == nil {
		t.Error("a missing file loads")
	}
}
