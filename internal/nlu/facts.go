package nlu

import (
	"slices"

	"github.com/s4bot/s4bot/internal/kb"
)

// Fact is an answer to a question that a text already gives.
type Fact struct {
	Question string `json:"question"`
	Option   string `json:"option"`
	// Slip is how often such a reading is wrong; 0 stands for that of answers
	// given to a question.
	Slip float64 `json:"-"`
}

// How often facts that are read are wrong, by how they are read: set a little
// above what was seen on imagined messages (docs/RESULTS.md), for merchants
// err as well.
const (
	CodeSlip       = .005 // of a printed code that is typed
	phraseSlip     = .2
	comparisonSlip = .2
	GuessSlip      = .25 // of a suspected area
)

// withCodes turns fact matches into facts and adds the one that a response
// code gives; the code wins, for it is printed.
func (r *Reader) withCodes(matches []match, codes []string) []Fact {
	var out []Fact
	if len(codes) > 0 {
		out = append(out, Fact{Question: kb.ResponseCode, Option: r.base.Codes.Code(codes[len(codes)-1]).Option, Slip: CodeSlip})
	}
	for _, m := range matches {
		f := r.factOf[m.means]
		if f.Question != kb.ResponseCode || len(codes) == 0 {
			out = append(out, f)
		}
	}
	return out
}

// withComparisons adds what a message compares to facts that do not tell it.
func (r *Reader) withComparisons(facts []Fact, text []unit) []Fact {
	if r.lacks(Facts) {
		return facts
	}
	found := r.contrasts.read(text)
	if f, ok := r.amountFact(text); ok {
		found = append(found, f)
	}
	for _, f := range found {
		if !slices.ContainsFunc(facts, func(have Fact) bool { return have.Question == f.Question }) {
			f.Slip = comparisonSlip
			facts = append(facts, f)
		}
	}
	return facts
}

// facts gives the best match for each question. Denied and doubtful phrases say
// nothing, but a suspicion may be a question.
func (r *Reader) facts(text []unit) []match {
	if r.lacks(Facts) {
		return nil
	}
	var out []match
	have := map[string]bool{}
	found := r.factBook.find(text)
	for _, m := range found {
		f := r.factOf[m.means]
		if r.lacks(Negation) {
			m.negated, m.doubtful = false, false
		}
		if m.negated || m.doubtful && f.Question != kb.SuspectedArea || have[f.Question] {
			continue
		}
		if r.base.Question(f.Question).Safety {
			if m = r.safest(m, found, text); m.phrase == nil {
				have[f.Question] = true
				continue
			}
		}
		have[f.Question] = true
		out = append(out, m)
	}
	return out
}

// tried gives the fixes that a text says were done. Of two that share words the
// longer phrase counts: "路由器重启过" restarts no terminal.
func (r *Reader) tried(text []unit) []string {
	var out []string
	var taken []match
	for _, m := range r.triedBook.find(text) {
		shares := func(o match) bool { return o.means != m.means && overlaps(o, m) }
		if m.negated || m.doubtful || slices.ContainsFunc(taken, shares) {
			continue
		}
		taken = append(taken, m)
		out = appendNew(out, r.base.Fixes[m.means].ID)
	}
	return out
}

// saysCharge says that the facts answer the safety question.
func (r *Reader) saysCharge(facts []Fact) bool {
	for _, f := range facts {
		if q := r.base.Question(f.Question); q != nil && q.Safety {
			return true
		}
	}
	return false
}
