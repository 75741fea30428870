package index

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/search"
	"github.com/blevesearch/bleve/v2/search/query"
	bleveindex "github.com/blevesearch/bleve_index_api"
)

// A search of many articles takes shortcuts: it looks only for the rarest terms
// of a text, and takes only the best articles of each field.
const (
	many       = 2000
	rarestKept = 12
	bestKept   = 200
)

// searchField searches one field. The fields are searched one by one because a
// common query would scale the scores by how many fields apply, and a message
// in English would score a quarter of the same message in Chinese.
func (x *Index) searchField(ctx context.Context, field, text string) (search.DocumentMatchCollection, error) {
	most, q, err := x.size, query.Query(nil), error(nil)
	if x.size > many {
		most = bestKept
		q, err = x.rarest(ctx, field, text)
	} else {
		match := bleve.NewMatchQuery(text)
		match.SetField(field)
		q = match
	}
	if err != nil {
		return nil, err
	}
	request := bleve.NewSearchRequestOptions(q, most, 0, false)
	request.SortBy([]string{"-_score", "_id"}) // which of equals are kept must not depend on chance
	result, err := x.bleve.SearchInContext(ctx, request)
	if err != nil {
		return nil, fmt.Errorf("search the knowledge: %w", err)
	}
	return result.Hits, nil
}

// rarest asks for the rarest terms of a text, and for those that the field does
// not have: bleve counts how many of the terms a document has.
func (x *Index) rarest(ctx context.Context, field, text string) (query.Query, error) {
	advanced, err := x.bleve.Advanced()
	if err != nil {
		return nil, fmt.Errorf("look into the index: %w", err)
	}
	reader, err := advanced.Reader()
	if err != nil {
		return nil, fmt.Errorf("look into the index: %w", err)
	}
	defer reader.Close()
	type term struct {
		text string
		docs uint64
	}
	var terms []term
	any := bleve.NewDisjunctionQuery()
	ask := func(text string) {
		q := bleve.NewTermQuery(text)
		q.SetField(field)
		any.AddQuery(q)
	}
	seen := map[string]bool{}
	for _, token := range x.bleve.Mapping().AnalyzerNamed(analyzers[field]).Analyze([]byte(text)) {
		if seen[string(token.Term)] {
			continue
		}
		seen[string(token.Term)] = true
		docs, err := count(ctx, reader, token.Term, field)
		if err != nil {
			return nil, err
		}
		if docs > 0 {
			terms = append(terms, term{string(token.Term), docs})
		} else {
			ask(string(token.Term))
		}
	}
	slices.SortFunc(terms, func(a, b term) int {
		return cmp.Or(cmp.Compare(a.docs, b.docs), cmp.Compare(a.text, b.text))
	})
	if len(terms) == 0 {
		return bleve.NewMatchNoneQuery(), nil
	}
	for _, t := range terms[:min(len(terms), rarestKept)] {
		ask(t.text)
	}
	return any, nil
}

// count gives how many documents have a term.
func count(ctx context.Context, reader bleveindex.IndexReader, term []byte, field string) (uint64, error) {
	r, err := reader.TermFieldReader(ctx, term, field, false, false, false)
	if err != nil {
		return 0, fmt.Errorf("look into the index: %w", err)
	}
	defer r.Close()
	return r.Count(), nil
}
