// Package index searches the knowledge base with bleve.
//
// One document holds an article's title and all its aliases; short colloquial
// messages match best against everything that people call a thing. Four fields
// are searched together: single Chinese characters, toneless pinyin syllables
// and their pairs (for typing by sound), pairs of characters of the body, and
// English words. See DESIGN.md, section 4, for the measurements behind it.
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
	"strings"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/custom"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/search"
	"github.com/blevesearch/bleve/v2/search/searcher"

	"github.com/s4bot/s4bot/internal/kb"
)

// The fields of a document, with the weight of each in a search.
const (
	fieldHan    = "han"
	fieldPinyin = "pinyin"
	fieldBody   = "body"
	fieldEN     = "en"
)

var boosts = []struct {
	field string
	boost float64
}{{fieldHan, 1}, {fieldPinyin, .3}, {fieldBody, .4}, {fieldEN, 1.2}}

// queryMost caps the runes of a text that are searched: what matters stands at
// the beginning, and a long text costs as much as many short ones.
const queryMost = 200

// bleve's heap adds up the scores of a document in an order that depends on
// how the documents are numbered, and that differs from one Build to the next:
// the last digits of the scores with it. Its slice always adds in one order.
func init() { searcher.DisjunctionHeapTakeover = math.MaxInt }

// Index is a searchable knowledge base.
type Index struct {
	bleve bleve.Index
	size  int
}

// Build indexes every cause, how-to and topic of a base, and its table of
// response codes.
func Build(base *kb.Base) (*Index, error) {
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
	docs := documents(base)
	for _, d := range docs {
		if err := batch.Index(d.id, d.fields); err != nil {
			return nil, fmt.Errorf("index %s: %w", d.id, err)
		}
	}
	if err := b.Batch(batch); err != nil {
		return nil, fmt.Errorf("index the knowledge: %w", err)
	}
	return &Index{bleve: b, size: len(docs)}, nil
}

// Close frees what the index holds.
func (x *Index) Close() error { return x.bleve.Close() }

// Search gives every article that shares something with the text, best first.
// The text may hold anything: it is analysed, never parsed.
func (x *Index) Search(ctx context.Context, text string) ([]kb.Hit, error) {
	text = firstRunes(text, queryMost)
	scores, weight := map[string]float64{}, 0.0
	for _, b := range boosts {
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
	hits := make([]kb.Hit, 0, len(scores))
	for id, score := range scores {
		hits = append(hits, kb.Hit{ID: id, Score: score / weight})
	}
	slices.SortFunc(hits, func(a, b kb.Hit) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.ID, b.ID))
	})
	return hits, nil
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

// searchField searches one field. The fields are searched one by one because a
// common query would scale the scores by how many fields apply, and a message
// in English would score a quarter of the same message in Chinese.
func (x *Index) searchField(ctx context.Context, field, text string) (search.DocumentMatchCollection, error) {
	q := bleve.NewMatchQuery(text)
	q.SetField(field)
	result, err := x.bleve.SearchInContext(ctx, bleve.NewSearchRequestOptions(q, x.size, 0, false))
	if err != nil {
		return nil, fmt.Errorf("search the knowledge: %w", err)
	}
	return result.Hits, nil
}

func newMapping() (*mapping.IndexMappingImpl, error) {
	m := bleve.NewIndexMapping()
	m.ScoringModel = "bm25"
	doc := bleve.NewDocumentStaticMapping()
	for field, analyzer := range map[string]string{
		fieldHan: analyzerHan, fieldPinyin: analyzerPinyin, fieldBody: analyzerBody, fieldEN: analyzerEN,
	} {
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

// document is one article as it is indexed.
type document struct {
	id     string
	fields map[string]any
}

func documents(base *kb.Base) []document {
	var docs []document
	for _, c := range base.Causes {
		docs = append(docs, newDocument(c.ID, c.Title, c.Aliases, causeBody(c)))
	}
	for _, h := range base.Howtos {
		docs = append(docs, newDocument(h.ID, h.Title, h.Aliases, strings.Join(h.Steps.ZH, "\n")))
	}
	for _, t := range base.Topics {
		docs = append(docs, newDocument(t.ID, t.Title, t.Aliases, ""))
	}
	return append(docs, newDocument(kb.CodesArticle, base.Codes.Title, base.Codes.Aliases, ""))
}

func newDocument(id string, title kb.Text, aliases kb.Texts, body string) document {
	han := title.ZH + "\n" + strings.Join(aliases.ZH, "\n")
	return document{id, map[string]any{
		fieldHan:    han,
		fieldPinyin: han,
		fieldBody:   han + "\n" + body,
		fieldEN:     title.EN + "\n" + strings.Join(aliases.EN, "\n"),
	}}
}

// causeBody is what an article says beside its names.
func causeBody(c *kb.Cause) string {
	parts := []string{c.Explain.ZH}
	for _, cure := range c.Cures {
		parts = append(parts, cure.Fix.Title.ZH)
	}
	return strings.Join(append(parts, c.Prevent.ZH...), "\n")
}
