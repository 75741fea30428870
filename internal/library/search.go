package library

import (
	"context"
	"fmt"
	"strings"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/kb"
	"github.com/s4bot/s4bot/internal/kb/index"
	"github.com/s4bot/s4bot/internal/nlu"
)

// How much of a search is shown.
const (
	hitsShown  = 10
	wordsShown = 4
	bodyShown  = 2
	// textMost caps the characters that are searched for: more than any message
	// that a person writes, and than the index looks at.
	textMost = 1000
)

// Search implements adapters.Librarian.
func (l *Library) Search(ctx context.Context, text, lang string) (adapters.Found, error) {
	v := l.view(ctx, lang)
	text = nlu.Mask(strings.TrimSpace(firstRunes(text, textMost)), nlu.MaskOptions{Phones: l.config.MaskPhones})
	out := adapters.Found{Text: text, Query: v.Manager.Query(text)}
	if text == "" {
		return out, nil
	}
	hits, err := v.Index.Search(ctx, out.Query)
	if err != nil {
		return out, fmt.Errorf("search the knowledge for a page: %w", err)
	}
	u := v.Manager.Understand(text, hits)
	out.Kind = kinds[string(u.Kind)].In(v.lang)
	for _, c := range u.Codes {
		out.Codes = append(out.Codes, string(c))
	}
	for _, f := range u.Facts {
		out.Facts = append(out.Facts, v.heard(f))
	}
	model := v.Manager.Model()
	belief := model.Belief(u.Evidence)
	matcher := v.Index.Match(out.Query)
	for _, h := range hits[:min(hitsShown, len(hits))] {
		if found, ok := v.found(h, matcher); ok {
			if found.Kind == adapters.AboutCause {
				found.Belief = model.P(belief, h.ID)
			}
			out.Hits = append(out.Hits, found)
		}
	}
	out.More = len(hits) - len(out.Hits)
	return out, nil
}

// heard is a fact in words.
func (v view) heard(f nlu.Fact) adapters.Heard {
	q := v.Base.Question(f.Question)
	if q == nil || q.Option(f.Option) == nil {
		return adapters.Heard{Question: f.Question, Answer: f.Option}
	}
	return adapters.Heard{Question: q.Ask.In(v.lang), Answer: q.Option(f.Option).Label.In(v.lang)}
}

// found gives a hit with what is matched in it. The bot searches both languages at
// once, so both are shown.
func (v view) found(h kb.Hit, m *index.Matcher) (adapters.FoundArticle, bool) {
	a, ok := v.article(h.ID)
	if !ok {
		return adapters.FoundArticle{}, false
	}
	out := adapters.FoundArticle{Entry: a.Entry, Score: h.Score, Title: mark(m, a.Title)}
	var words []string
	for _, w := range a.Words {
		words = append(words, w.List...)
	}
	body := append([]string{a.Explain}, a.Steps...)
	for _, f := range a.Fixes {
		body = append(body, f.Title)
	}
	out.Words, out.Body = best(m, words, wordsShown), best(m, append(body, a.Prevent...), bodyShown)
	return out, true
}

// best gives the texts of which most is matched.
func best(m *index.Matcher, texts []string, most int) []adapters.Marked {
	var out []adapters.Marked
	for _, i := range m.Best(texts, most) {
		out = append(out, mark(m, texts[i]))
	}
	return out
}

func mark(m *index.Matcher, text string) adapters.Marked {
	out := adapters.Marked{Text: text}
	for _, s := range m.Spans(text) {
		out.Marks = append(out.Marks, adapters.Mark(s))
	}
	return out
}

func firstRunes(text string, most int) string {
	for i := range text {
		if most == 0 {
			return text[:i]
		}
		most--
	}
	return text
}
