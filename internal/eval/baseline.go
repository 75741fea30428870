package eval

import (
	"context"
	"fmt"
	"strings"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/lang/cjk"
	"github.com/blevesearch/bleve/v2/index/scorch"

	"github.com/s4bot/s4bot/internal/diagnosis"
	"github.com/s4bot/s4bot/internal/kb"
	"github.com/s4bot/s4bot/internal/kb/index"
)

// designSearch is the search with which DESIGN.md, section 4, began, by itself:
// no facts, no codes, and the whole text as it is.
func designSearch(base *kb.Base, _ diagnosis.Params) (ranker, func(), error) {
	x, err := index.Build(base)
	if err != nil {
		return nil, nil, err
	}
	rank := func(ctx context.Context, text string) ([]Cause, error) {
		hits, err := x.Plain(ctx, text)
		return causesOf(base, hits), err
	}
	return rank, func() { _ = x.Close() }, nil
}

// cjkSearch is what a newcomer to bleve builds in an afternoon: all text of an
// article in one field, with the analyzer for Chinese that comes with bleve.
func cjkSearch(base *kb.Base, _ diagnosis.Params) (ranker, func(), error) {
	m := bleve.NewIndexMapping()
	m.DefaultAnalyzer = cjk.AnalyzerName
	x, err := bleve.NewUsing("", m, scorch.Name, scorch.Name, nil)
	if err != nil {
		return nil, nil, fmt.Errorf("open an index in memory: %w", err)
	}
	for _, c := range base.Causes {
		parts := []string{c.Title.ZH, c.Title.EN, c.Explain.ZH, c.Explain.EN}
		parts = append(append(parts, c.Aliases.All()...), c.Prevent.All()...)
		if err := x.Index(c.ID, map[string]any{"text": strings.Join(parts, "\n")}); err != nil {
			return nil, nil, fmt.Errorf("index %s: %w", c.ID, err)
		}
	}
	rank := func(ctx context.Context, text string) ([]Cause, error) {
		q := bleve.NewMatchQuery(text)
		result, err := x.SearchInContext(ctx, bleve.NewSearchRequestOptions(q, len(base.Causes), 0, false))
		if err != nil {
			return nil, fmt.Errorf("search: %w", err)
		}
		var out []Cause
		for _, h := range result.Hits {
			out = append(out, Cause{h.ID, h.Score})
		}
		return out, nil
	}
	return rank, func() { _ = x.Close() }, nil
}
