package eval

import (
	"context"
	"slices"

	"github.com/s4bot/s4bot/internal/diagnosis"
	"github.com/s4bot/s4bot/internal/dialog"
	"github.com/s4bot/s4bot/internal/kb"
	"github.com/s4bot/s4bot/internal/kb/index"
	"github.com/s4bot/s4bot/internal/nlu"
	"github.com/s4bot/s4bot/internal/nlu/bayes"
)

// Comparison holds the figures of the causes for one way of reading.
type Comparison struct {
	Name string `json:"name"`
	Rows []Row  `json:"rows"`
}

// Compare measures on the same messages how well the bot reads without one of
// its parts, and how well plain searches do.
func Compare(ctx context.Context, base *kb.Base, params diagnosis.Params, messages []Message) ([]Comparison, error) {
	var out []Comparison
	for _, v := range variants {
		rank, done, err := v.make(base, params)
		if err != nil {
			return nil, err
		}
		rows, err := compare(ctx, rank, messages)
		done()
		if err != nil {
			return nil, err
		}
		if v.uncalibrated {
			rows = rows[:len(rows)-1]
		}
		out = append(out, Comparison{v.name, rows})
	}
	return out, nil
}

// ranker ranks the causes that a text points to.
type ranker func(ctx context.Context, text string) ([]Cause, error)

func compare(ctx context.Context, rank ranker, messages []Message) ([]Row, error) {
	var all choices
	for _, m := range messages {
		if m.Kind != "cause" {
			continue
		}
		causes, err := rank(ctx, m.Text)
		if err != nil {
			return nil, err
		}
		all = append(all, choose(m, causes))
	}
	return all.rows(), nil
}

// variant is a way of reading. An uncalibrated one gives no probabilities.
type variant struct {
	name         string
	make         func(*kb.Base, diagnosis.Params) (rank ranker, done func(), err error)
	uncalibrated bool
}

// variants are compared in this order.
var variants = []variant{
	{name: "s4bot", make: bot(nil, nil, nil)},
	{name: "without aliases", make: bot([]index.Part{index.Aliases}, nil, nil)},
	{name: "without pinyin", make: bot([]index.Part{index.Pinyin}, nil, nil)},
	{name: "without body", make: bot([]index.Part{index.Body}, nil, nil)},
	{name: "without naive Bayes", make: bot([]index.Part{index.Bayes}, nil, nil)},
	{name: "without facts", make: bot(nil, []nlu.Part{nlu.Facts}, nil)},
	{name: "without codes", make: bot(nil, []nlu.Part{nlu.Codes}, nil)},
	{name: "without negation", make: bot(nil, []nlu.Part{nlu.Negation}, nil)},
	{name: "without calibration", make: bot(nil, nil, overconfident)},
	{name: "20 % of characters mistyped by sound", make: hard(mistyped)},
	{name: "in Traditional characters", make: hard(traditional)},
	{name: "bleve as in DESIGN.md, no facts", make: designSearch, uncalibrated: true},
	{name: "bleve cjk", make: cjkSearch, uncalibrated: true},
}

// overconfident takes every text match at its word.
func overconfident(p diagnosis.Params) diagnosis.Params {
	p.TextSharp, p.TextTrust = 1/bayes.Tempered, 1
	return p
}

// bot makes the bot's own reading, without some of its parts.
func bot(search []index.Part, reading []nlu.Part, change func(diagnosis.Params) diagnosis.Params) func(*kb.Base, diagnosis.Params) (ranker, func(), error) {
	return func(base *kb.Base, params diagnosis.Params) (ranker, func(), error) {
		if change != nil {
			params = change(params)
		}
		x, err := index.Build(base, search...)
		if err != nil {
			return nil, nil, err
		}
		r := &Reader{Manager: dialog.New(base, params, reading...), Search: x}
		rank := func(ctx context.Context, text string) ([]Cause, error) {
			read, err := r.Read(ctx, text)
			return read.Causes, err
		}
		return rank, func() { _ = x.Close() }, nil
	}
}

// hard makes the bot's own reading of harder texts.
func hard(how func(*kb.Base) disturb) func(*kb.Base, diagnosis.Params) (ranker, func(), error) {
	return func(base *kb.Base, params diagnosis.Params) (ranker, func(), error) {
		rank, done, err := bot(nil, nil, nil)(base, params)
		if err != nil {
			return nil, nil, err
		}
		return disturbed(rank, how(base)), done, nil
	}
}

// causesOf gives hits that are causes, with their scores.
func causesOf(base *kb.Base, hits []kb.Hit) []Cause {
	var out []Cause
	for _, h := range hits {
		if slices.ContainsFunc(base.Causes, func(c *kb.Cause) bool { return c.ID == h.ID }) {
			out = append(out, Cause{h.ID, h.Score})
		}
	}
	return out
}
