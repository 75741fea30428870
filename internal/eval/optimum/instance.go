// Package optimum solves small instances of the diagnosis exactly: which
// question or fix to choose at every point so that a case costs least in
// expectation. No policy can do better in a world that is as the tables say, so
// it tells how much the bot's choices cost beyond what is unavoidable.
//
// The arithmetic is written anew from DESIGN.md, section 3, on plain arrays;
// it shares nothing with package diagnosis but the knowledge, so that each
// checks the other.
package optimum

import (
	"fmt"

	"github.com/s4bot/s4bot/internal/diagnosis"
	"github.com/s4bot/s4bot/internal/kb"
)

// The bounds of an instance: memory and time grow with the product of the
// questions' options.
const (
	maxCauses    = 10 // the unnamed one included
	maxQuestions = 7
	maxFixes     = 24
)

// weights are unnormalised probabilities of the causes. Causes are counted from
// 0; the last one is the unnamed cause, which no fix cures.
type weights [maxCauses]float64

// Instance is a small world.
type Instance struct {
	params diagnosis.Params

	causes    int // the unnamed one included
	prior     weights
	questions []question
	fixes     []fix // that the merchant does
	agents    []fix // handoffs with a diagnosis
	again     float64
	codes     int // how many codes states have
}

// question is a question with P(option | cause), slips included.
type question struct {
	*kb.Question
	p      []weights // by option
	stride int       // what one step of its answer adds to a state's code
}

type fix struct {
	*kb.Fix
	works weights
}

// New makes an instance of a small knowledge base; the error says what is too
// large.
func New(base *kb.Base, params diagnosis.Params) (*Instance, error) {
	x := &Instance{params: params, causes: len(base.Causes) + 1, again: base.SafetyQuestion().Effort}
	if x.causes > maxCauses || len(base.Fixes) > maxFixes {
		return nil, fmt.Errorf("%d causes and %d fixes are too many to solve exactly; at most %d and %d", len(base.Causes), len(base.Fixes), maxCauses-1, maxFixes)
	}
	sum := 0.0
	for _, c := range base.Causes {
		sum += c.Prior
	}
	for i, c := range base.Causes {
		x.prior[i] = (1 - params.OtherPrior) * c.Prior / sum
	}
	x.prior[x.causes-1] = params.OtherPrior
	x.addQuestions(base)
	if len(x.questions) > maxQuestions {
		return nil, fmt.Errorf("%d questions are too many to solve exactly; at most %d", len(x.questions), maxQuestions)
	}
	for _, f := range base.Fixes {
		y := fix{Fix: f}
		for c, cause := range base.Causes {
			for _, cure := range cause.Cures {
				if cure.Fix == f {
					y.works[c] = cure.Works
				}
			}
		}
		if f.Agent {
			x.agents = append(x.agents, y)
		} else {
			x.fixes = append(x.fixes, y)
		}
	}
	return x, nil
}

func (x *Instance) addQuestions(base *kb.Base) {
	stride := 1
	for _, q := range base.Questions {
		if q.Safety || q.Auto != "" {
			continue
		}
		slip, k := x.params.Slip, len(q.Options)
		if q.ID == kb.ResponseCode {
			slip = x.params.Slip
		}
		y := question{q, make([]weights, k), stride}
		for c := range x.causes {
			var cause *kb.Cause // nil: the unnamed one
			if c < len(base.Causes) {
				cause = base.Causes[c]
			}
			for o, p := range q.Likelihood(cause) {
				y.p[o][c] = (1-slip)*p + slip*(1-p)/float64(k-1)
			}
		}
		x.questions = append(x.questions, y)
		stride *= k + 2
	}
	x.codes = stride
}

func (x *Instance) total(w *weights) float64 {
	sum := 0.0
	for _, p := range w[:x.causes] {
		sum += p
	}
	return sum
}
