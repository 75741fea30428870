// Package terms cuts texts into the terms by which they are compared: single
// Chinese characters and Latin words, pairs of characters, and sounds. Byte
// offsets are those of the text as it was given, whatever folding did to it.
package terms

import (
	"unicode"
	"unicode/utf8"

	"github.com/s4bot/s4bot/internal/nlu/fold"
	"github.com/s4bot/s4bot/internal/nlu/pinyin"
)

// Piece is one Chinese character, one Latin word or one number of a folded
// text. Adjacent says that nothing but another piece stands before it.
type Piece struct {
	Text       string
	Start, End int
	Han        bool
	Adjacent   bool
}

// Term is a term with the bytes of the text that it stands for.
type Term struct {
	Text       string
	Start, End int
}

// Pieces cuts a text.
func Pieces(text string) []Piece {
	var out []Piece
	inWord, adjacent := false, false
	for _, r := range fold.Runes(text) {
		switch {
		case fold.Han(r.R):
			out = append(out, Piece{string(r.R), r.Start, r.End, true, adjacent})
			inWord, adjacent = false, true
		case unicode.IsLetter(r.R) || unicode.IsDigit(r.R):
			if inWord {
				last := &out[len(out)-1]
				last.Text, last.End = last.Text+string(r.R), r.End
				continue
			}
			out = append(out, Piece{string(r.R), r.Start, r.End, false, adjacent})
			inWord, adjacent = true, true
		default:
			inWord = false
			adjacent = adjacent && r.R == ' '
		}
	}
	return out
}

// Characters gives single characters and whole Latin words.
func Characters(pieces []Piece) []Term {
	out := make([]Term, len(pieces))
	for i, p := range pieces {
		out[i] = Term{p.Text, p.Start, p.End}
	}
	return out
}

// Pairs gives pairs of neighbouring characters.
func Pairs(pieces []Piece) []Term {
	var out []Term
	for i, p := range pieces {
		if i > 0 && p.Adjacent && p.Han && pieces[i-1].Han {
			out = append(out, Term{pieces[i-1].Text + p.Text, pieces[i-1].Start, p.End})
		}
	}
	return out
}

// Sounds gives the toneless syllables of characters and of Latin words that
// spell some, each alone and with its neighbour; sounds that dialects mix up
// are the same.
func Sounds(pieces []Piece) []Term {
	var out []Term
	before, beforeStart := "", 0
	text := "" // right before the piece: as much as a reading depends on
	emit := func(sound string, p Piece, adjacent bool) {
		sound = pinyin.Fuzzy(sound)
		out = append(out, Term{sound, p.Start, p.End})
		if before != "" && adjacent {
			out = append(out, Term{before + " " + sound, beforeStart, p.End})
		}
		before, beforeStart = sound, p.Start
	}
	for _, p := range pieces {
		if !p.Adjacent {
			text = ""
		}
		if p.Han {
			if sound := pinyin.In(text, []rune(p.Text)[0]); sound != "" {
				emit(sound, p, p.Adjacent)
			}
			text = tail(text+p.Text, pinyin.Context)
			continue
		}
		parts, ok := pinyin.Split(p.Text)
		if !ok {
			before = ""
			continue
		}
		for i, part := range parts {
			emit(part, p, i > 0 || p.Adjacent)
		}
	}
	return out
}

// tail gives at most the last n bytes of a text, whole characters only.
func tail(text string, n int) string {
	for len(text) > n {
		_, size := utf8.DecodeRuneInString(text)
		text = text[size:]
	}
	return text
}

// Words gives the stems of Latin words, and pairs of neighbouring ones.
func Words(pieces []Piece) (stems, pairs []Term) {
	for i, p := range pieces {
		if p.Han {
			continue
		}
		stems = append(stems, Term{stem(p.Text), p.Start, p.End})
		if n := len(stems); i > 0 && p.Adjacent && !pieces[i-1].Han {
			pairs = append(pairs, Term{stems[n-2].Text + " " + stems[n-1].Text, pieces[i-1].Start, p.End})
		}
	}
	return stems, pairs
}

// Spelled says that a text is Chinese written in pinyin.
func Spelled(pieces []Piece) bool {
	var words []string
	for _, p := range pieces {
		if p.Han {
			return false
		}
		if r, _ := utf8.DecodeRuneInString(p.Text); unicode.IsLetter(r) {
			words = append(words, p.Text)
		}
	}
	return pinyin.Spelled(words)
}
