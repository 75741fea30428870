// Package fold makes different spellings of the same words equal: compatibility
// forms (NFKC), case, accents, traditional characters, invisible characters,
// regional words and spellings that dodge filters.
//
// It keeps for every folded rune where it came from, so that what is found in
// the folded text can be shown in the original. It knows nothing of meaning.
package fold

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Rune is one folded rune with the bytes of the original that it stands for.
type Rune struct {
	R          rune
	Start, End int
}

// Runes folds a text. Invalid UTF-8 and control characters, line breaks apart,
// become spaces; invisible characters vanish; nothing else is added or lost.
// Start and End never decrease from one rune to the next.
func Runes(s string) []Rune {
	out := make([]Rune, 0, len(s)/2+1)
	for start := 0; start < len(s); {
		r, size := utf8.DecodeRuneInString(s[start:])
		out = appendFolded(out, r, start, start+size)
		start += size
	}
	return replaceWords(out)
}

// String gives the folded text.
func String(s string) string {
	runes := Runes(s)
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range runes {
		b.WriteRune(r.R)
	}
	return b.String()
}

// appendFolded folds a rune of the original, which may vanish or become many.
func appendFolded(out []Rune, r rune, start, end int) []Rune {
	switch {
	case r > ' ' && r < 0x7f:
		return append(out, Rune{unicode.ToLower(r), start, end})
	case r == '\n':
		return append(out, Rune{r, start, end})
	case blank(r):
		return append(out, Rune{' ', start, end})
	case Invisible(r):
		return out
	case plainHan(r):
		return append(out, Rune{simplify(r), start, end})
	}
	for _, c := range compatible(r) {
		if !Invisible(c) {
			out = append(out, Rune{simplify(unicode.ToLower(c)), start, end})
		}
	}
	return out
}

// compatible gives the compatibility form of a rune; letters of the alphabets
// lose their accents, so that pinyin with tone marks is pinyin.
func compatible(r rune) string {
	if unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic) {
		return norm.NFKD.String(string(r))
	}
	return norm.NFKC.String(string(r))
}

// blank says that a rune shows as empty space, or as nothing that can be read.
func blank(r rune) bool {
	return r == ' ' || unicode.IsControl(r) || unicode.In(r, unicode.Zs, unicode.Zl, unicode.Zp) || r == unicode.ReplacementChar || r == '\u2800'
}

// Invisible says that a rune shows nothing of its own: format characters,
// variation selectors, combining and enclosing marks, fillers.
func Invisible(r rune) bool {
	switch r {
	case '\u115f', '\u1160', '\u3164', '\uffa0':
		return true
	}
	return unicode.In(r, unicode.Cf, unicode.Mn, unicode.Me)
}

// Han says that a rune is a Chinese character.
func Han(r rune) bool { return r >= 0x2e80 && unicode.Is(unicode.Han, r) }

// plainHan says that a rune is a Chinese character and no compatibility form of
// another: the common case, which needs no tables.
func plainHan(r rune) bool {
	return r >= 0x3400 && r < 0xf900 && unicode.Is(unicode.Han, r)
}
