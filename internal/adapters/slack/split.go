package slack

import (
	"strings"
	"unicode/utf16"

	"github.com/s4bot/s4bot/internal/adapters"
)

// cost is how much room a character takes at most, wherever Slack counts: in UTF-16,
// escaped or not, as it is or in JSON.
func cost(r rune) int {
	switch r {
	case '&', '<', '>', '\u2028', '\u2029':
		return 6
	case '"', '\\', '\n', '\t':
		return 2
	}
	return max(1, utf16.RuneLen(r))
}

// length is how much room a text takes.
func length(text string) int {
	n := 0
	for _, r := range text {
		n += cost(r)
	}
	return n
}

// fits is how many bytes of the text find room.
func fits(text string, room int) int {
	used := 0
	for i, r := range text {
		if used += cost(r); used > room {
			return i
		}
	}
	return len(text)
}

// split cuts a clean text into parts that Slack takes. Blank parts are left away.
func split(text string) []string {
	var parts []string
	for text != "" {
		n := fits(text, textMost)
		if n < len(text) {
			n = adapters.Cut(text, n)
		}
		if !blank(text[:n]) {
			parts = append(parts, strings.Trim(text[:n], "\n"))
		}
		text = text[n:]
	}
	return parts
}

// shorten gives a text that takes no more than the room, with "…" where it ends
// early. It ends after a character as people see it.
func shorten(text string, room int) string {
	if length(text) <= room {
		return text
	}
	n := fits(text, max(0, room-1))
	if ends := adapters.Characters(text, n); len(ends) > 0 {
		n = ends[len(ends)-1]
	}
	return strings.TrimRight(text[:n], " \n\t") + "…"
}
