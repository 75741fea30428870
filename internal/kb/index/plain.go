package index

import (
	"context"
	"fmt"

	"github.com/blevesearch/bleve/v2"

	"github.com/s4bot/s4bot/internal/kb"
)

// plainBoosts are the weights of the fields in DESIGN.md, section 4.
var plainBoosts = map[string]float64{fieldHan: 1, fieldPinyin: .6, fieldBody: .4, fieldEN: 1}

// Plain searches as DESIGN.md, section 4, began: one disjunction of match
// queries, BM25 alone. It is there to be measured against.
func (x *Index) Plain(ctx context.Context, text string) ([]kb.Hit, error) {
	any := bleve.NewDisjunctionQuery()
	for _, b := range boosts {
		q := bleve.NewMatchQuery(firstRunes(text, queryMost))
		q.SetField(b.field)
		q.SetBoost(plainBoosts[b.field])
		any.AddQuery(q)
	}
	result, err := x.bleve.SearchInContext(ctx, bleve.NewSearchRequestOptions(any, x.size, 0, false))
	if err != nil {
		return nil, fmt.Errorf("search the knowledge: %w", err)
	}
	hits := make([]kb.Hit, len(result.Hits))
	for i, h := range result.Hits {
		hits[i] = kb.Hit{ID: h.ID, Score: h.Score}
	}
	return hits, nil
}
