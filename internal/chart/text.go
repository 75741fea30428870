package chart

import (
	"strings"
	"unicode"
)

// The sizes of texts.
const (
	large = 13.0
	small = 11.5
)

// textMost caps the characters of a text that is only heard or shown on pointing.
const textMost = 120

// clean takes away what can't be seen, or turns the direction of what can:
// control and format characters. White space becomes a space.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == unicode.ReplacementChar || r == 0xFFFE || r == 0xFFFF:
			return -1
		}
		return r
	}, s)
}

// width estimates how wide a text is.
func width(s string, size float64) float64 {
	sum := 0.0
	for _, r := range s {
		sum += widthOf(r)
	}
	return sum * size
}

func widthOf(r rune) float64 {
	switch {
	case r >= 0x1100 && wide(r):
		return 1
	case strings.ContainsRune("mwMW@%", r):
		return .9
	case strings.ContainsRune("iljtfrI.,:;'|!()[] ", r):
		return .34
	case unicode.IsUpper(r):
		return .68
	case unicode.Is(unicode.Mn, r):
		return 0
	}
	return .57
}

// wide says that a character is as wide as it is high, or may be.
func wide(r rune) bool {
	return r < 0x1200 || r >= 0x2E80 && r < 0xD7FF || r >= 0xF900 && r < 0xFE00 || r >= 0xFE30
}

// fit cuts a text to a width, with an ellipsis.
func fit(s string, size, most float64) string {
	s = strings.TrimSpace(clean(s))
	if cut(s, textMost) == s && width(s, size) <= most {
		return s
	}
	room, sum := most-size, 0.0
	for i, r := range s {
		if sum += widthOf(r) * size; sum > room {
			return strings.TrimSpace(s[:i]) + "…"
		}
	}
	return s
}

// cut gives at most so many characters of a text.
func cut(s string, most int) string {
	for i := range s {
		if most == 0 {
			return s[:i] + "…"
		}
		most--
	}
	return s
}
