package nlu

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/s4bot/s4bot/internal/nlu/fold"
)

// view is a text as masking sees it: folded, the digits of every script as
// plain ones, its placeholders unreadable. Each byte of plain knows the bytes
// of the text that it stands for: from and to.
type view struct {
	text     string
	plain    string
	from, to []int
}

func newView(text string) view {
	var plain strings.Builder
	plain.Grow(len(text))
	v := view{text: text, from: make([]int, 0, len(text)), to: make([]int, 0, len(text))}
	for _, r := range fold.Runes(hidePlaceholders(text)) {
		before := plain.Len()
		if digits := plainDigits(r.R); digits != "" {
			plain.WriteString(digits)
		} else {
			plain.WriteRune(r.R)
		}
		for range plain.Len() - before {
			v.from, v.to = append(v.from, r.Start), append(v.to, r.End)
		}
	}
	v.plain = plain.String()
	return v
}

// hasDigits says that there is anything to mask.
func (v view) hasDigits() bool {
	return strings.ContainsFunc(v.plain, func(r rune) bool {
		_, _, ok := digitValue(r)
		return ok
	})
}

// hidePlaceholders fills the placeholders up with a letter, so that no pattern
// reads or crosses them; all keeps its place.
func hidePlaceholders(text string) string {
	if !strings.Contains(text, "[") {
		return text
	}
	return placeholder.ReplaceAllStringFunc(text, func(s string) string {
		return "[" + strings.Repeat("q", len(s)-2) + "]"
	})
}

// span gives the part of the text that plain[start:end] stands for, with the
// marks on its last character.
func (v view) span(start, end int, with string) span {
	to := v.to[end-1]
	for to < len(v.text) {
		r, size := utf8.DecodeRuneInString(v.text[to:])
		if !unicode.In(r, unicode.Mn, unicode.Me) {
			break
		}
		to += size
	}
	return span{v.from[start], to, with}
}

// touches says that nothing, not even an invisible character, stands between
// the bytes of plain that end at and begin at a place.
func (v view) touches(at int) bool {
	return v.from[at] <= v.to[at-1]
}

// before gives the last n runes of the plain text before a place.
func (v view) before(at, n int) string { return lastRunes(v.plain[:at], n) }

// after gives the first n runes of the plain text from a place on.
func (v view) after(at, n int) string { return firstRunes(v.plain[at:], n) }

// lastRunes gives the last n runes of a text.
func lastRunes(s string, n int) string {
	at := len(s)
	for ; n > 0 && at > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(s[:at])
		at -= size
	}
	return s[at:]
}

// firstRunes gives the first n runes of a text.
func firstRunes(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}
