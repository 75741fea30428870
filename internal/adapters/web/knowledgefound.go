package web

import (
	"html/template"
	"strings"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/chart"
)

// knowledgeFound is what a search found.
type knowledgeFound struct {
	adapters.Found
	Codes string
	Hits  []hitCard
}

// hitCard is an article that was found.
type hitCard struct {
	adapters.FoundArticle
	Score       string
	Belief      template.HTML // a bar; empty: it is no cause
	BeliefText  string
	Title       []piece
	Words, Body [][]piece
}

// piece is a part of a text, matched or not.
type piece struct {
	Text        string
	Mark, Sound bool
}

func newKnowledgeFound(f adapters.Found, lang string) *knowledgeFound {
	out := &knowledgeFound{Found: f, Codes: strings.Join(f.Codes, pick(lang, "、", ", "))}
	for _, h := range f.Hits {
		card := hitCard{
			FoundArticle: h, Score: chart.Number(float64(int(h.Score*10)) / 10), Title: pieces(h.Title), Words: allPieces(h.Words), Body: allPieces(h.Body),
		}
		if h.Kind == adapters.AboutCause {
			card.BeliefText = chart.Percent(h.Belief)
			card.Belief = chart.Gauge(h.Belief)
		}
		out.Hits = append(out.Hits, card)
	}
	return out
}

func allPieces(list []adapters.Marked) [][]piece {
	out := make([][]piece, len(list))
	for i, m := range list {
		out[i] = pieces(m)
	}
	return out
}

// pieces cuts a text where it is marked. Marks that don't fit the text are left out.
func pieces(m adapters.Marked) []piece {
	var out []piece
	at := 0
	for _, k := range m.Marks {
		if k.Start < at || k.End <= k.Start || k.End > len(m.Text) {
			continue
		}
		if k.Start > at {
			out = append(out, piece{Text: m.Text[at:k.Start]})
		}
		out = append(out, piece{m.Text[k.Start:k.End], true, k.Sound})
		at = k.End
	}
	if at < len(m.Text) {
		out = append(out, piece{Text: m.Text[at:]})
	}
	return out
}
