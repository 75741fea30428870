package nlu

import (
	"math"
	"strings"

	"github.com/s4bot/s4bot/internal/kb"
	"github.com/s4bot/s4bot/internal/nlu/bayes"
)

// Resemblance says what a text is like, by its words: the natural logarithm of
// how much likelier such words are in texts of each kind than in any.
type Resemblance struct {
	Cause, Area, Vague, Intent, Outside float64
	// Wish is the same for the likeliest intent alone.
	Wish float64
	// The likeliest area (an option of kb.SuspectedArea) and intent.
	BestArea   string
	BestIntent Intent
}

// examples knows the words of messages of every kind.
type examples struct {
	words *bayes.Model
	kinds []exampleKind // by class
}

type exampleKind byte

const (
	likeCause exampleKind = iota
	likeOutside
	likeArea
	likeIntent
	likeVague
)

func newExamples(base *kb.Base) *examples {
	e := &examples{}
	var classes []bayes.Class
	add := func(kind exampleKind, id string, texts ...string) {
		classes = append(classes, bayes.Class{ID: id, Texts: texts})
		e.kinds = append(e.kinds, kind)
	}
	for _, c := range base.Causes {
		add(likeCause, c.ID, append(c.Aliases.All(), c.Title.ZH, c.Title.EN)...)
	}
	for _, h := range base.Howtos {
		add(likeOutside, h.ID, append(h.Aliases.All(), h.Title.ZH, h.Title.EN)...)
	}
	for _, t := range base.Topics {
		add(likeOutside, t.ID, append(t.Aliases.All(), t.Title.ZH, t.Title.EN)...)
	}
	for _, x := range base.Examples {
		switch {
		case strings.HasPrefix(x.ID, kb.AreaExamples):
			add(likeArea, strings.TrimPrefix(x.ID, kb.AreaExamples), x.Texts.All()...)
		case strings.HasPrefix(x.ID, kb.IntentExamples):
			add(likeIntent, strings.TrimPrefix(x.ID, kb.IntentExamples), x.Texts.All()...)
		default:
			add(likeVague, x.ID, x.Texts.All()...)
		}
	}
	e.words = bayes.New(classes, bayes.Options{})
	return e
}

// resemble compares a text with all examples.
func (e *examples) resemble(text string) Resemblance {
	var sums [likeVague + 1]float64
	var best [likeVague + 1]float64
	var names [likeVague + 1]string
	ids := e.words.IDs()
	for i, score := range e.words.Scores(text) {
		k := e.kinds[i]
		p := math.Exp(bayes.Tempered * score)
		sums[k] += p
		if p > best[k] {
			best[k], names[k] = p, ids[i]
		}
	}
	return Resemblance{
		Cause: math.Log(sums[likeCause]), Area: math.Log(sums[likeArea]), Vague: math.Log(sums[likeVague]),
		Intent: math.Log(sums[likeIntent]), Outside: math.Log(sums[likeOutside]),
		Wish:     math.Log(best[likeIntent]),
		BestArea: names[likeArea], BestIntent: Intent(names[likeIntent]),
	}
}
