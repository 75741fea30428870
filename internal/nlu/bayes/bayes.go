// Package bayes tells how well a text fits what is known of several classes,
// by counting words: naive Bayes over terms with Dirichlet smoothing (C. Zhai
// and J. Lafferty, "A study of smoothing methods for language models applied
// to ad hoc information retrieval", SIGIR 2001). It is fast, needs no
// training beyond counting, and its scores can be explained term by term.
package bayes

import (
	"cmp"
	"math"
	"slices"

	"github.com/s4bot/s4bot/internal/nlu/terms"
)

// Class is something that texts are about, with texts known to be about it.
type Class struct {
	ID    string
	Texts []string
	// Body are texts that say something of it in other words than those
	// in which people write about it; they count less.
	Body []string
}

// The weights of terms by kind, chosen on imagined messages (docs/RESULTS.md).
// Characters and sounds say the same twice; so each counts half.
const (
	characterWeight = .5
	soundWeight     = .5
	wordWeight      = 1.5
	wordPairWeight  = .5
	bodyWeight      = .3
)

// Tempered is how much of a score is to be believed, chosen on imagined messages:
// the words of one text come together, but are counted as if each came alone.
const Tempered = .35

// smoothing is Dirichlet's μ: how many terms' worth of what everybody says each
// class starts with.
const smoothing = 2000

// Options change what counts.
type Options struct {
	NoSounds bool // spelling by sound says nothing; to measure what it gains
}

// Model knows how often each class uses each term. It is immutable.
type Model struct {
	options Options
	ids     []string
	start   []float64 // by class: log of the smoothing's share of the class
	terms   map[string]entry
}

// entry is a term: how far it speaks for each class that uses it, beyond what
// it does for those that don't.
type entry struct {
	classes []int32
	gains   []float32
}

// Term is a term's part in a comparison.
type Term struct {
	Text string  `json:"term"`
	Gain float64 `json:"gain"` // natural logarithm of the odds
}

// weighted is a term of a text with its weight.
type weighted struct {
	text   string // with a letter for its kind in front
	weight float64
}

// New counts the terms of classes. The same classes give the same model.
func New(classes []Class, options Options) *Model {
	m := &Model{options: options, terms: map[string]entry{}}
	c := newCounter()
	for _, class := range classes {
		m.ids = append(m.ids, class.ID)
		c.begin()
		for _, text := range class.Texts {
			c.add(m.cut(text), 1)
		}
		for _, text := range class.Body {
			c.add(m.cut(text), bodyWeight)
		}
	}
	for _, size := range c.sizes {
		m.start = append(m.start, math.Log(smoothing/(size+smoothing)))
	}
	for text, t := range c.terms {
		share := t.total / c.total
		e := entry{classes: t.classes, gains: make([]float32, len(t.counts))}
		for i, count := range t.counts {
			e.gains[i] = float32(math.Log(1 + count/(smoothing*share)))
		}
		m.terms[text] = e
	}
	return m
}

// IDs gives the classes in their order.
func (m *Model) IDs() []string { return m.ids }

// Scores gives for each class, in the order of IDs, the natural logarithm of
// how much likelier the text is from it than from anybody, up to a common
// sharpness. A text without a known term scores 0 everywhere.
func (m *Model) Scores(text string) []float64 {
	scores := make([]float64, len(m.ids))
	sum := 0.0
	for _, t := range m.cut(text) {
		e, ok := m.terms[t.text]
		if !ok {
			continue
		}
		sum += t.weight
		for i, class := range e.classes {
			scores[class] += t.weight * float64(e.gains[i])
		}
	}
	for i := range scores {
		scores[i] += sum * m.start[i]
	}
	return scores
}

// Explain gives the terms of a text that speak most for the first class
// against the second, strongest first.
func (m *Model) Explain(text, first, second string) []Term {
	a, b := int32(slices.Index(m.ids, first)), int32(slices.Index(m.ids, second))
	var out []Term
	for _, t := range m.cut(text) {
		e := m.terms[t.text]
		if gain := t.weight * (e.gain(a) - e.gain(b)); gain > 0 {
			out = append(out, Term{t.text[1:], gain})
		}
	}
	slices.SortStableFunc(out, func(x, y Term) int { return cmp.Compare(y.Gain, x.Gain) })
	return out
}

func (e entry) gain(class int32) float64 {
	for i, c := range e.classes {
		if c == class {
			return float64(e.gains[i])
		}
	}
	return 0
}

// cut gives the distinct terms of a text: what is said twice says no more.
func (m *Model) cut(text string) []weighted {
	pieces := terms.Pieces(text)
	var out []weighted
	seen := map[string]bool{}
	add := func(kind string, list []terms.Term, weight float64) {
		for _, t := range list {
			if key := kind + t.Text; !seen[key] {
				seen[key] = true
				out = append(out, weighted{key, weight})
			}
		}
	}
	sound := 2 * soundWeight // alone, sounds count for the characters too
	if !terms.Spelled(pieces) {
		sound = soundWeight
		words, pairs := terms.Words(pieces)
		add("c", terms.Characters(pieces), characterWeight)
		add("w", words, wordWeight)
		add("p", pairs, wordPairWeight)
	}
	if !m.options.NoSounds {
		add("s", terms.Sounds(pieces), sound)
	}
	return out
}
