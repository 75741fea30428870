package library

import (
	"slices"
	"time"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/kb"
)

// speaksMost is how many causes an answer is said to speak for, and speaksLeast
// how many times likelier than usual it must be with each.
const (
	speaksMost  = 6
	speaksLeast = 1.5
)

func (v view) wholeQuestion(q *kb.Question) adapters.Article {
	ask := &adapters.Ask{
		Why: q.Why.In(v.lang), Check: q.Check.In(v.lang), Takes: time.Duration(q.Effort * float64(unit)),
		Safety: q.Safety, Auto: q.Auto,
	}
	a := adapters.Article{Entry: v.question(q), Shelf: questions.In(v.lang), Ask: ask}
	var all kb.Texts
	for i, o := range q.Options {
		ask.Options = append(ask.Options, adapters.AskOption{Label: o.Label.In(v.lang), Share: o.Share, Speaks: v.speaks(q, i)})
		all.ZH, all.EN = append(all.ZH, o.Aliases.ZH...), append(all.EN, o.Aliases.EN...)
	}
	a.Words = v.words(all)
	return a
}

// speaks gives the causes for which an answer speaks: those whose articles list
// it as likelier than usual.
func (v view) speaks(q *kb.Question, option int) []adapters.Pointer {
	var out []adapters.Pointer
	for _, c := range v.Base.Causes {
		if _, listed := c.Signs[q.ID][q.Options[option].ID]; !listed {
			continue
		}
		if p := q.Likelihood(c)[option]; p >= speaksLeast*q.Options[option].Share {
			out = append(out, v.pointer(c, p))
		}
	}
	likeliest(out)
	return slices.Clip(out[:min(len(out), speaksMost)])
}
