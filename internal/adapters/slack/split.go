package slack

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/rivo/uniseg"
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
			n = cut(text, n)
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
	if ends := characters(text, n); len(ends) > 0 {
		n = ends[len(ends)-1]
	}
	return strings.TrimRight(text[:n], " \n\t") + "…"
}

// cut says where to end a part of which n bytes fit: after a line, else after a
// sentence, else after a space, where there is one in the second half, else
// after a character as people see it, such as a flag or a family. Only such a one
// that is longer than a message is cut itself.
func cut(text string, n int) int {
	ends := characters(text, n)
	for _, good := range []func(before string) bool{endsLine, endsSentence, endsWord} {
		for i := len(ends) - 1; i >= 0 && ends[i] >= n/2; i-- {
			if good(text[:ends[i]]) {
				return ends[i]
			}
		}
	}
	if len(ends) == 0 {
		return n
	}
	return ends[len(ends)-1]
}

// characters says where the characters end that lie in the first n bytes.
func characters(text string, n int) []int {
	var ends []int
	state, at := -1, 0
	for rest := text; rest != ""; {
		var one string
		one, rest, _, state = uniseg.FirstGraphemeClusterInString(rest, state)
		if at += len(one); at > n {
			break
		}
		ends = append(ends, at)
	}
	return ends
}

func endsLine(before string) bool { return strings.HasSuffix(before, "\n") }

func endsWord(before string) bool { return strings.HasSuffix(before, " ") }

// endsSentence says that a sentence ends here: after a Chinese mark, or after a
// Western one and a space, as in "3.5 %" none ends. Closing quotes belong to it.
func endsSentence(before string) bool {
	words, spaced := strings.CutSuffix(before, " ")
	words = strings.TrimRight(words, `”’」』）)"'`)
	last, _ := utf8.DecodeLastRuneInString(words)
	return strings.ContainsRune("。！？", last) || spaced && strings.ContainsRune(".!?", last)
}
