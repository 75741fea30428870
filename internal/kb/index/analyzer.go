package index

import (
	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/registry"

	"github.com/s4bot/s4bot/internal/nlu/terms"
)

// The analyzers; the first three are tokenizers of the same name.
const (
	analyzerHan    = "s4han"
	analyzerPinyin = "s4pinyin"
	analyzerBody   = "s4body"
	analyzerEN     = en.AnalyzerName
)

func init() {
	for name, tokenize := range map[string]tokenizer{
		analyzerHan: terms.Characters, analyzerPinyin: terms.Sounds, analyzerBody: terms.Pairs,
	} {
		build := func(map[string]any, *registry.Cache) (analysis.Tokenizer, error) { return tokenize, nil }
		if err := registry.RegisterTokenizer(name, build); err != nil {
			panic(err)
		}
	}
}

// tokenizer cuts the pieces of a text into terms; byte offsets are those of the
// text itself.
type tokenizer func(pieces []terms.Piece) []terms.Term

// Tokenize implements analysis.Tokenizer.
func (t tokenizer) Tokenize(input []byte) analysis.TokenStream {
	list := t(terms.Pieces(string(input)))
	out := make(analysis.TokenStream, len(list))
	for i, term := range list {
		out[i] = &analysis.Token{
			Term: []byte(term.Text), Start: term.Start, End: term.End, Position: i + 1, Type: analysis.AlphaNumeric,
		}
	}
	return out
}
