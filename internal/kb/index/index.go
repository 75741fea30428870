// Package index searches the knowledge base.
//
// Two opinions are added up. bleve's BM25 says which article has the text's
// words: one document holds an article's title and all its aliases, searched in
// four fields (single Chinese characters; toneless pinyin syllables and their
// pairs, for typing by sound; pairs of characters of the body; English words).
// Naive Bayes says for which article the text's words are typical. Each errs on
// other messages than the other does; docs/RESULTS.md has the figures.
//
// An Index never changes; a new knowledge base gets a new Index. It gives
// scores, not probabilities: those are package diagnosis's.
package index

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/custom"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/search/searcher"

	"github.com/s4bot/s4bot/internal/kb"
	"github.com/s4bot/s4bot/internal/nlu/bayes"
)

// The fields of a document, with the weight of each in a search.
const (
	fieldHan    = "han"
	fieldPinyin = string(Pinyin)
	fieldBody   = string(Body)
	fieldEN     = "en"
)

var boosts = []struct {
	field string
	boost float64
}{{fieldHan, 1}, {fieldPinyin, .3}, {fieldBody, .4}, {fieldEN, 1.2}}

// analyzers are those of the fields.
var analyzers = map[string]string{
	fieldHan: analyzerHan, fieldPinyin: analyzerPinyin, fieldBody: analyzerBody, fieldEN: analyzerEN,
}

// queryMost caps the runes of a text that are searched: what matters stands at
// the beginning, and a long text costs as much as many short ones.
const queryMost = 200

// bleve's heap adds up the scores of a document in an order that depends on
// how the documents are numbered, and that differs from one Build to the next:
// the last digits of the scores with it. Its slice always adds in one order.
func init() { searcher.DisjunctionHeapTakeover = math.MaxInt }

// bm25Weight is how much bleve's opinion counts in a score, in which 1 more means
// about e times as likely. Chosen on imagined messages (docs/RESULTS.md).
const bm25Weight = 20

// Index is a searchable knowledge base.
type Index struct {
	bleve   bleve.Index
	words   *bayes.Model
	size    int
	without []Part
}

// Part is a part of a search that Build can leave out, to measure what it gains.
type Part string

// The parts.
const (
	Aliases Part = "aliases"
	Pinyin  Part = "pinyin"
	Body    Part = "body"
	Bayes   Part = "naive bayes"
)

// Build indexes every cause, how-to and topic of a base, and its table of
// response codes, without the parts named.
func Build(base *kb.Base, without ...Part) (*Index, error) {
	m, err := newMapping()
	if err != nil {
		return nil, err
	}
	// NewMemOnly would silently ignore the scoring model.
	b, err := bleve.NewUsing("", m, scorch.Name, scorch.Name, nil)
	if err != nil {
		return nil, fmt.Errorf("open an index in memory: %w", err)
	}
	batch := b.NewBatch()
	docs := documents(base, without)
	for _, d := range docs {
		if err := batch.Index(d.id, d.fields); err != nil {
			return nil, fmt.Errorf("index %s: %w", d.id, err)
		}
	}
	if err := b.Batch(batch); err != nil {
		return nil, fmt.Errorf("index the knowledge: %w", err)
	}
	return &Index{bleve: b, words: words(docs, without), size: len(docs), without: without}, nil
}

// Close frees what the index holds.
func (x *Index) Close() error { return x.bleve.Close() }

// Search gives every article that shares something with the text, best first.
// The text may hold anything: it is analysed, never parsed.
func (x *Index) Search(ctx context.Context, text string) ([]kb.Hit, error) {
	text = firstRunes(text, queryMost)
	scores, err := x.bm25(ctx, text)
	if err != nil {
		return nil, err
	}
	if len(scores) > 0 && !slices.Contains(x.without, Bayes) {
		for i, score := range x.words.Scores(text) {
			if have, ok := scores[x.words.IDs()[i]]; ok {
				scores[x.words.IDs()[i]] = have + bayes.Tempered*score
			}
		}
	}
	hits := make([]kb.Hit, 0, len(scores))
	for id, score := range scores {
		hits = append(hits, kb.Hit{ID: id, Score: score})
	}
	slices.SortFunc(hits, func(a, b kb.Hit) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.ID, b.ID))
	})
	return hits, nil
}

// Explain gives the terms of a text that speak most for the first article
// against the second, strongest first.
func (x *Index) Explain(text, first, second string) []bayes.Term {
	return x.words.Explain(firstRunes(text, queryMost), first, second)
}

// bm25 gives bleve's opinion of every article that shares a term with the text:
// the mean over the fields that found something.
func (x *Index) bm25(ctx context.Context, text string) (map[string]float64, error) {
	scores, weight := map[string]float64{}, 0.0
	sounds := spelled(text)
	for _, b := range boosts {
		if slices.Contains(x.without, Part(b.field)) || sounds && b.field != fieldPinyin {
			continue
		}
		found, err := x.searchField(ctx, b.field, text)
		if err != nil {
			return nil, err
		}
		if len(found) == 0 {
			continue
		}
		weight += b.boost
		for _, h := range found {
			scores[h.ID] += b.boost * h.Score
		}
	}
	for id := range scores {
		scores[id] *= bm25Weight / weight
	}
	return scores, nil
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

func newMapping() (*mapping.IndexMappingImpl, error) {
	m := bleve.NewIndexMapping()
	m.ScoringModel = "bm25"
	doc := bleve.NewDocumentStaticMapping()
	for field, analyzer := range analyzers {
		if analyzer != analyzerEN {
			if err := m.AddCustomAnalyzer(analyzer, map[string]any{"type": custom.Name, "tokenizer": analyzer}); err != nil {
				return nil, fmt.Errorf("add analyzer %s: %w", analyzer, err)
			}
		}
		f := bleve.NewTextFieldMapping()
		f.Analyzer, f.Store, f.IncludeTermVectors, f.IncludeInAll, f.DocValues = analyzer, false, false, false, false
		doc.AddFieldMappingsAt(field, f)
	}
	m.DefaultMapping = doc
	return m, nil
}
