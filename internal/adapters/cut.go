package adapters

import (
	"strings"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

// Cut says where to end the first part of a text of which n bytes fit: after a line, else after a
// sentence, else after a space, where there is one in the second half, else
// after a character as people see it, such as a flag or a family. Only such a one
// that is longer than a message is cut itself.
func Cut(text string, n int) int {
	ends := Characters(text, n)
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

// Characters says where the characters end, as people see them, that lie in the
// first n bytes of a text.
func Characters(text string, n int) []int {
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
