// Package eval measures the program: how well messages are read, and (with
// simulated merchants) how well it diagnoses. It promises honest figures:
// every share comes with its 95 % interval.
package eval

import (
	"context"
	"encoding/json"

	"github.com/s4bot/s4bot/internal/diagnosis"
	"github.com/s4bot/s4bot/internal/dialog"
	"github.com/s4bot/s4bot/internal/kb"
	"github.com/s4bot/s4bot/internal/nlu"
	"github.com/s4bot/s4bot/internal/nlu/bayes"
)

// Searcher finds the articles that a text matches, best first.
type Searcher interface {
	Search(ctx context.Context, text string) ([]kb.Hit, error)
}

// Reader reads single messages as the bot does.
type Reader struct {
	Manager *dialog.Manager
	Search  Searcher
	Mask    nlu.MaskOptions
}

// Read is what a message means by itself; DESIGN.md, section 8, fixes the form.
type Read struct {
	ID       json.RawMessage    `json:"id,omitempty"`
	Kind     dialog.MessageKind `json:"kind"`
	Intent   nlu.Intent         `json:"intent"`
	Group    string             `json:"group"`
	Language kb.Lang            `json:"language"`
	Causes   []Cause            `json:"causes"` // best first
	Codes    []string           `json:"codes"`
	Facts    []nlu.Fact         `json:"facts"`
	Masked   string             `json:"masked_text"`

	evidence []diagnosis.Evidence
}

// Cause is a cause with its probability by the text alone. For a message out of
// scope that an article answers, it is that article.
type Cause struct {
	ID string  `json:"id"`
	P  float64 `json:"p"`
}

// Read reads a text.
func (r *Reader) Read(ctx context.Context, text string) (Read, error) {
	masked := nlu.Mask(text, r.Mask)
	hits, err := r.Search.Search(ctx, r.Manager.Query(masked))
	if err != nil {
		return Read{}, err
	}
	u := r.Manager.Understand(masked, hits)
	out := Read{
		Kind: u.Kind, Intent: u.Intent(), Group: u.Group, Language: u.Lang,
		Codes: u.Codes, Facts: u.Facts, Masked: masked, Causes: r.causes(u),
		evidence: u.Evidence,
	}
	if out.Kind == dialog.Unreadable {
		out.Kind = dialog.OutOfScope
	}
	if out.Language == "" {
		out.Language = kb.Chinese
	}
	if out.Codes == nil {
		out.Codes = []string{}
	}
	if out.Facts == nil {
		out.Facts = []nlu.Fact{}
	}
	return out, nil
}

// leadMost is how many terms, and how much evidence, explain a miss.
const leadMost = 5

// astray gives the terms and the evidence of a message that speak most for one
// cause against another.
func (r *Reader) astray(read Read, got, wanted string) (words, facts []Weight) {
	if x, ok := r.Search.(explainer); ok {
		for _, t := range x.Explain(r.Manager.Query(read.Masked), got, wanted) {
			words = append(words, Weight{t.Text, t.Gain})
		}
	}
	for _, e := range read.evidence {
		if e.Kind != diagnosis.Answered {
			continue
		}
		if gain := r.Manager.Model().Odds(e, got, wanted); gain > 0 {
			facts = append(facts, Weight{e.Question + " " + e.Option, gain})
		}
	}
	return words[:min(len(words), leadMost)], facts[:min(len(facts), leadMost)]
}

// explainer is a Searcher that can say why.
type explainer interface {
	Explain(text, first, second string) []bayes.Term
}

// causes gives the causes that the text points to.
func (r *Reader) causes(u dialog.Understanding) []Cause {
	switch u.Kind {
	case dialog.AboutCause, dialog.AboutGroup, dialog.Vague:
		model := r.Manager.Model()
		return fromProbabilities(model.Ranked(model.Belief(u.Evidence)))
	case dialog.OutOfScope:
		if u.Howto {
			return []Cause{{u.Article, 1}}
		}
	}
	return []Cause{}
}

func fromProbabilities(ps []diagnosis.Probability) []Cause {
	out := make([]Cause, len(ps))
	for i, p := range ps {
		out[i] = Cause{p.Cause, p.P}
	}
	return out
}
