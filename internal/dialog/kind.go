package dialog

import (
	_ "embed"
	"encoding/json"
	"math"
	"slices"

	"github.com/s4bot/s4bot/internal/kb"
	"github.com/s4bot/s4bot/internal/nlu"
)

// MessageKind says what a message is about. The values are part of the JSON
// interface.
type MessageKind string

// The kinds of messages.
const (
	AboutCause MessageKind = "cause"  // tells signs of a cause
	AboutGroup MessageKind = "group"  // suspects an area, without signs
	Vague      MessageKind = "vague"  // says only that it fails
	IntentOnly MessageKind = "intent" // greets, thanks, asks for a person …
	OutOfScope MessageKind = "oos"    // about something else; Article may know it
	Unreadable MessageKind = ""       // carries no words
)

// Kinds are the kinds that are told apart by weighing features.
var Kinds = []MessageKind{AboutCause, AboutGroup, Vague, IntentOnly, OutOfScope}

// KindFeatures are the names of the features, in the order of Features.
var KindFeatures = []string{
	"like a cause", "like an area", "like vague", "like an intent", "like outside",
	"best cause", "best outside", "signs", "charge told", "fixes tried", "names S4", "names cards",
	"content", "beyond wishes", "length", "wish", "suspected area", "constant",
}

// Features describes a message for telling its kind.
func (m *Manager) Features(r nlu.Reading, hits []kb.Hit) []float64 {
	causes, outside := m.splitHits(hits)
	like := func(x float64) float64 { return max(-15, min(25, x)) / 3 }
	return []float64{
		like(r.Like.Cause), like(r.Like.Area), like(r.Like.Vague), like(r.Like.Intent), like(r.Like.Outside),
		top(causes) / 3, top(outside) / 3, flag(m.signs(r) > 0), flag(r.Fact(m.safety().ID) != ""), flag(len(r.Tried) > 0),
		flag(slices.Contains(r.Codes, nlu.S4)), flag(r.Domain),
		math.Log1p(float64(r.Content)), math.Log1p(float64(r.Beyond)), math.Log1p(float64(r.Length)),
		flag(len(r.Intents) > 0), flag(r.Fact(kb.SuspectedArea) != ""), 1,
	}
}

func flag(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// kindsJSON holds the weight of every feature for every kind, by multinomial
// logistic regression on imagined messages: "make fit" writes it, and
// docs/RESULTS.md says how well it does on messages that it has not seen.
//
//go:embed kinds.json
var kindsJSON []byte

// KindWeights holds by kind the weight of each feature by name.
type KindWeights map[MessageKind]map[string]float64

// kindWeights are those of kindsJSON as rows, in the order of Kinds.
var kindWeights = rows(kindsJSON)

func rows(data []byte) [][]float64 {
	var weights KindWeights
	if err := json.Unmarshal(data, &weights); err != nil {
		panic("kinds.json: " + err.Error())
	}
	out := make([][]float64, len(Kinds))
	for i, kind := range Kinds {
		for _, name := range KindFeatures {
			out[i] = append(out[i], weights[kind][name])
		}
	}
	return out
}

// kindsOf gives the probability of each kind of a message. A response code points
// to causes, whatever stands around it.
func (m *Manager) kindsOf(r nlu.Reading, hits []kb.Hit) map[MessageKind]float64 {
	switch {
	case r.Length == 0:
		return map[MessageKind]float64{Unreadable: 1}
	case m.strange(r, hits):
		return map[MessageKind]float64{OutOfScope: 1}
	case r.Fact(kb.ResponseCode) != "" && r.Fact(kb.ResponseCode) != noCode:
		return map[MessageKind]float64{AboutCause: 1}
	}
	out := map[MessageKind]float64{}
	for i, p := range Softmax(kindWeights, m.Features(r, hits)) {
		out[Kinds[i]] = p
	}
	m.exclude(out, r, hits)
	sum := 0.0
	for _, k := range Kinds {
		sum += out[k]
	}
	for k := range out {
		out[k] /= sum
	}
	return out
}

// exclude takes away kinds that a message cannot be of, whatever its words are
// like.
func (m *Manager) exclude(out map[MessageKind]float64, r nlu.Reading, hits []kb.Hit) {
	if len(r.Intents) == 0 && r.Like.Wish < likeLeast {
		delete(out, IntentOnly) // like no intent, for all that it is like nothing else
	}
	if r.Fact(kb.SuspectedArea) != "" {
		delete(out, IntentOnly) // it suspects something, however it sounds
		delete(out, Vague)
	}
	causes, _ := m.splitHits(hits)
	near := r.Like.Outside-r.Like.Cause < outsideClear
	switch signs := m.signs(r); {
	case signs > 1: // whatever else it is, it describes the trouble
		delete(out, OutOfScope)
		delete(out, IntentOnly)
		delete(out, Vague)
	case signs > 0 && r.Terminal, near && (signs > 0 || top(causes) >= causeClear):
		delete(out, OutOfScope) // "没网", said to this bot, is about the terminal's
	}
}

// strange says that a message has no words that tell anything: "asdf".
func (m *Manager) strange(r nlu.Reading, hits []kb.Hit) bool {
	return len(r.Intents) == 0 && len(r.Facts) == 0 && !r.Domain &&
		r.Like.Wish < likeLeast && r.Like.Vague < likeLeast && top(hits) <= strangeMost
}

// likeliest gives the kind with the highest probability, of equal ones the first.
func likeliest(kinds map[MessageKind]float64) (best MessageKind, p float64) {
	best, p = Unreadable, kinds[Unreadable]
	for _, k := range Kinds {
		if kinds[k] > p {
			best, p = k, kinds[k]
		}
	}
	return best, p
}

// outsideClear is how much likelier the words must be outside than about a
// cause for a message to be about something else, where it has a sign or finds a
// cause with a score of causeClear.
const (
	outsideClear = .75
	causeClear   = 5
)

// noCode is the option that there is no response code.
const noCode = "none"

// Softmax gives the probability of each row of weights.
func Softmax(weights [][]float64, features []float64) []float64 {
	p, most, sum := make([]float64, len(weights)), math.Inf(-1), 0.0
	for i, row := range weights {
		for j, w := range row {
			p[i] += w * features[j]
		}
		most = max(most, p[i])
	}
	for i := range p {
		p[i] = math.Exp(p[i] - most)
		sum += p[i]
	}
	for i := range p {
		p[i] /= sum
	}
	return p
}
