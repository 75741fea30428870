package index

import (
	"unicode"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/registry"

	"github.com/s4bot/s4bot/internal/nlu/fold"
	"github.com/s4bot/s4bot/internal/nlu/pinyin"
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
		analyzerHan: unigrams, analyzerPinyin: syllables, analyzerBody: bigrams,
	} {
		build := func(map[string]any, *registry.Cache) (analysis.Tokenizer, error) { return tokenize, nil }
		if err := registry.RegisterTokenizer(name, build); err != nil {
			panic(err)
		}
	}
}

// tokenizer cuts a text into tokens; byte offsets are those of the text itself.
type tokenizer func(pieces []piece) analysis.TokenStream

// Tokenize implements analysis.Tokenizer.
func (t tokenizer) Tokenize(input []byte) analysis.TokenStream { return t(piecesOf(string(input))) }

// piece is one Chinese character, one Latin word or one number of a folded
// text. adjacent says that nothing but another piece stands before it.
type piece struct {
	text       string
	start, end int
	han        bool
	adjacent   bool
}

func piecesOf(text string) []piece {
	var out []piece
	inWord, adjacent := false, false
	for _, r := range fold.Runes(text) {
		switch {
		case fold.Han(r.R):
			out = append(out, piece{string(r.R), r.Start, r.End, true, adjacent})
			inWord, adjacent = false, true
		case unicode.IsLetter(r.R) || unicode.IsDigit(r.R):
			if inWord {
				last := &out[len(out)-1]
				last.text, last.end = last.text+string(r.R), r.End
				continue
			}
			out = append(out, piece{string(r.R), r.Start, r.End, false, adjacent})
			inWord, adjacent = true, true
		default:
			inWord = false
			adjacent = adjacent && r.R == ' '
		}
	}
	return out
}

// stream builds tokens with positions.
type stream struct{ tokens analysis.TokenStream }

func (s *stream) add(term string, start, end int) {
	s.tokens = append(s.tokens, &analysis.Token{
		Term: []byte(term), Start: start, End: end, Position: len(s.tokens) + 1, Type: analysis.AlphaNumeric,
	})
}

// unigrams gives single characters and whole Latin words.
func unigrams(pieces []piece) analysis.TokenStream {
	var s stream
	for _, p := range pieces {
		s.add(p.text, p.start, p.end)
	}
	return s.tokens
}

// bigrams gives pairs of neighbouring characters.
func bigrams(pieces []piece) analysis.TokenStream {
	var s stream
	for i, p := range pieces {
		if i > 0 && p.adjacent && p.han && pieces[i-1].han {
			s.add(pieces[i-1].text+p.text, pieces[i-1].start, p.end)
		}
	}
	return s.tokens
}

// syllables gives the sounds of characters and of Latin words that spell some,
// each alone and with its neighbour.
func syllables(pieces []piece) analysis.TokenStream {
	var s stream
	before, beforeStart := "", 0
	text := "" // before the piece
	emit := func(sound string, p piece, adjacent bool) {
		sound = pinyin.Fuzzy(sound)
		s.add(sound, p.start, p.end)
		if before != "" && adjacent {
			s.add(before+" "+sound, beforeStart, p.end)
		}
		before, beforeStart = sound, p.start
	}
	for _, p := range pieces {
		if p.han {
			if sound := pinyin.In(text, []rune(p.text)[0]); sound != "" {
				emit(sound, p, p.adjacent)
			}
			text += p.text
			continue
		}
		parts, ok := pinyin.Split(p.text)
		if !ok {
			before = ""
			continue
		}
		for i, part := range parts {
			emit(part, p, i > 0 || p.adjacent)
		}
	}
	return s.tokens
}
