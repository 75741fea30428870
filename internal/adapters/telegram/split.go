package telegram

import (
	"strings"
	"unicode/utf8"
)

// textUnits is how long a message may be, in UTF-16 units.
const textUnits = 4096

// split cuts a text into messages that Telegram takes: after a line where
// there is one in the second half of what fits, else after a space, else
// between characters. Blank parts are left away.
func split(text string) []string {
	text = strings.ToValidUTF8(text, "\uFFFD")
	var parts []string
	for text != "" {
		n := fits(text)
		if n < len(text) {
			n = cut(text, n)
		}
		if part := strings.TrimSpace(text[:n]); part != "" {
			parts = append(parts, strings.Trim(text[:n], "\n"))
		}
		text = text[n:]
	}
	return parts
}

// fits is how many bytes of the text one message takes.
func fits(text string) int {
	units := 0
	for i, r := range text {
		units++
		if r > 0xFFFF {
			units++
		}
		if units > textUnits {
			return i
		}
	}
	return len(text)
}

// cut says where to end a part of which n bytes fit.
func cut(text string, n int) int {
	for _, at := range []string{"\n", " "} {
		if i := strings.LastIndex(text[:n], at); i >= n/2 {
			return i + 1
		}
	}
	// What belongs to the character before it stays with it.
	for m := n; m > n/2; {
		before, size := utf8.DecodeLastRuneInString(text[:m])
		next, _ := utf8.DecodeRuneInString(text[m:])
		if before != joiner && !attaches(next) {
			return m
		}
		m -= size
	}
	return n
}

const joiner = 0x200D

// attaches says that a character belongs to the one before it: joiners,
// variation selectors, combining marks, skin tones.
func attaches(r rune) bool {
	return r == joiner || r >= 0xFE00 && r <= 0xFE0F || r >= 0x0300 && r <= 0x036F || r >= 0x1F3FB && r <= 0x1F3FF
}
