package nlu

import (
	"strings"
	"unicode"

	"github.com/s4bot/s4bot/internal/nlu/fold"
)

// unit is the smallest piece that phrases are compared by: one Chinese
// character, one Latin word or number, or a mark that ends a clause.
type unit struct {
	text string
	kind unitKind
}

type unitKind byte

const (
	hanUnit unitKind = iota
	wordUnit
	numberUnit
	starUnit // only in phrases: up to gapMost units
	endUnit  // ends a clause
)

// unitsOf cuts a folded text into units. Spaces vanish; apostrophes join
// ("isn't" is one word, isnt).
func unitsOf(folded string) []unit {
	var out []unit
	var word strings.Builder
	digits := false
	flush := func() {
		if word.Len() == 0 {
			return
		}
		kind := wordUnit
		if digits {
			kind = numberUnit
		}
		out = append(out, unit{word.String(), kind})
		word.Reset()
	}
	for _, r := range folded {
		switch {
		case fold.Han(r):
			flush()
			out = append(out, unit{string(r), hanUnit})
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			isDigit := unicode.IsDigit(r)
			if word.Len() > 0 && isDigit != digits {
				flush()
			}
			digits = isDigit
			word.WriteRune(r)
		case r == '\'' || r == '’':
		case r == '*':
			flush()
			out = append(out, unit{"*", starUnit})
		default:
			flush()
			if endsClause(r) {
				out = append(out, unit{string(r), endUnit})
			}
		}
	}
	flush()
	return out
}

// endsClause says that a mark separates what stands before it from what
// follows.
func endsClause(r rune) bool {
	return strings.ContainsRune(",.;!?。，；！？、:：…\n~～()（）", r)
}

// questions are the marks that make a clause a question.
func isQuestionMark(u unit) bool { return u.kind == endUnit && (u.text == "?" || u.text == "？") }
