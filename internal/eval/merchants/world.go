// Package merchants simulates merchants who talk with the bot: in a world whose
// tables in general differ from the bot's own, with slips, with answers that
// they do not know, with two faults at once, and with faults that nobody has
// written about. They see what merchants see, posts and options, and answer by
// tapping or typing.
//
// Everything that happens to a merchant is drawn from the world's seed, the
// merchant's number and what is drawn for, so that every policy that is
// compared meets the same merchants with the same luck.
package merchants

import (
	"math"

	"github.com/s4bot/s4bot/internal/kb"
)

// World is what is true of the merchants.
type World struct {
	base  *kb.Base
	seed  uint64
	rates Rates
	prior []float64            // by cause; sums to 1
	usual map[string][]float64 // P(option) by question where the cause does not matter
	// answers holds P(option | cause) by question, then cause; nil where the
	// answers are the usual ones.
	answers map[string][][]float64
	// first holds what merchants write first: by cause, and ("") what tells
	// nothing.
	first map[string][]string
}

// Rates are how merchants are in general.
type Rates struct {
	Slip        [2]float64 `yaml:"slip"`          // share of wrong answers, drawn for each merchant between these
	DontKnow    [2]float64 `yaml:"dont_know"`     // share of answers not known, likewise; times how hard a question is
	Informative float64    `yaml:"informative"`   // share of first messages that tell of the cause
	Unknown     float64    `yaml:"unknown"`       // share of causes that nobody has written about
	TwoFaults   float64    `yaml:"two_faults"`    // share of merchants with two faults at once
	FalseReport float64    `yaml:"false_reports"` // share of wrong reports on a fix
	Charged     float64    `yaml:"charged"`       // share of customers who were debited
	Typed       float64    `yaml:"typed"`         // share of answers that are typed, not tapped
}

// DefaultRates gives the rates that are measured with where nothing else is said.
func DefaultRates() Rates {
	return Rates{
		Slip: [2]float64{.05, .20}, DontKnow: [2]float64{.10, .25}, Informative: .6,
		Unknown: .03, TwoFaults: .05, FalseReport: .03, Charged: .03, Typed: .25,
	}
}

// How far a world of the bot's own tables is moved away from them.
const (
	oddsNoise  = .7  // of the log-odds of every answer
	blankRows  = .08 // share of a cause's rows that become the usual ones
	priorNoise = .5  // of the logarithm of how common causes are
)

// Perturbed makes a world of the bot's own tables with errors: as wrong as
// authors are who know the trade.
func Perturbed(base *kb.Base, seed uint64, rates Rates, first map[string][]string) *World {
	w := newWorld(base, seed, rates, first)
	luck := luck{seed}
	for i, c := range base.Causes {
		w.prior[i] = c.Prior * math.Exp(priorNoise*luck.normal("prior", c.ID))
		for _, q := range base.Questions {
			if luck.share("blank", c.ID, q.ID) < blankRows {
				continue
			}
			w.answers[q.ID][i] = luck.noisy(q.Likelihood(c), c.ID+q.ID)
		}
	}
	normalise(w.prior)
	return w
}

func newWorld(base *kb.Base, seed uint64, rates Rates, first map[string][]string) *World {
	w := &World{
		base: base, seed: seed, rates: rates, prior: make([]float64, len(base.Causes)),
		usual: map[string][]float64{}, answers: map[string][][]float64{}, first: first,
	}
	for _, q := range base.Questions {
		w.answers[q.ID] = make([][]float64, len(base.Causes))
		for _, o := range q.Options {
			w.usual[q.ID] = append(w.usual[q.ID], o.Share)
		}
	}
	return w
}

// noisy moves the log-odds of probabilities by normal noise.
func (l luck) noisy(p []float64, of string) []float64 {
	out := make([]float64, len(p))
	for i, x := range p {
		x = min(max(x, 1e-4), 1-1e-4)
		odds := math.Log(x/(1-x)) + oddsNoise*l.normal("noise", of, string(rune('a'+i)))
		out[i] = 1 / (1 + math.Exp(-odds))
	}
	normalise(out)
	return out
}

func normalise(p []float64) {
	sum := 0.0
	for _, x := range p {
		sum += x
	}
	for i := range p {
		p[i] /= sum
	}
}
