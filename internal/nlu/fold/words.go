package fold

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
)

// wordsText holds the regional words of Taiwan, Hong Kong and the dialects, the
// spellings that dodge filters, and the ordinary words that look like one.
//
//go:embed words.txt
var wordsText string

// word is an entry of the table: runes of a text and what stands for them.
type word struct {
	from, to []rune
	// beforeHan says that it counts only before a Chinese character: 唔 is "not"
	// in 唔得, but no more than a sigh at the end of a clause.
	beforeHan bool
}

// wordsByFirst gives the words by their first rune, longest first.
var wordsByFirst = sync.OnceValue(func() map[rune][]word {
	table := map[rune][]word{}
	for line := range strings.Lines(wordsText) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for _, entry := range strings.Fields(line) {
			for _, w := range parseWord(entry) {
				table[w.from[0]] = insertByLength(table[w.from[0]], w)
			}
		}
	}
	return table
})

// parseWord reads an entry, which is two words where one of its characters
// keeps its traditional form (see unsimplified).
func parseWord(entry string) []word {
	from, to, replaced := strings.Cut(entry, "=")
	if !replaced {
		to = from
	}
	from, beforeHan := strings.CutSuffix(from, "~")
	from = strings.Map(simplify, from)
	words := []word{{[]rune(from), []rune(to), beforeHan}}
	if kept := strings.ReplaceAll(from, "系", "係"); kept != from {
		words = append(words, word{[]rune(kept), []rune(to), beforeHan})
	}
	return words
}

func insertByLength(list []word, w word) []word {
	at := 0
	for at < len(list) && len(list[at].from) >= len(w.from) {
		at++
	}
	return append(list[:at:at], append([]word{w}, list[at:]...)...)
}

// replaceWords puts plain words for regional ones; each rune of a replaced word
// stands for the whole original word.
func replaceWords(in []Rune) []Rune {
	table := wordsByFirst()
	out := make([]Rune, 0, len(in))
	for i := 0; i < len(in); {
		w, ok := wordAt(table[in[i].R], in, i)
		if !ok {
			out = append(out, in[i])
			i++
			continue
		}
		out = w.appendTo(out, in[i:i+len(w.from)])
		i += len(w.from)
	}
	return out
}

// appendTo puts the plain word for the runes of the regional one. An ordinary
// word is its own plain word, and each rune keeps its place.
func (w word) appendTo(out, found []Rune) []Rune {
	if string(w.from) == string(w.to) {
		return append(out, found...)
	}
	for _, r := range w.to {
		out = append(out, Rune{r, found[0].Start, found[len(found)-1].End})
	}
	return out
}

func wordAt(list []word, in []Rune, at int) (word, bool) {
	for _, w := range list {
		if w.standsAt(in, at) {
			return w, true
		}
	}
	return word{}, false
}

func (w word) standsAt(in []Rune, at int) bool {
	end := at + len(w.from)
	if end > len(in) {
		return false
	}
	for i, r := range w.from {
		if in[at+i].R != r {
			return false
		}
	}
	if w.beforeHan && (end == len(in) || !Han(in[end].R)) {
		return false
	}
	return !insideLatin(in, at) && !insideLatin(in, end)
}

// insideLatin says that a place lies between two letters of one Latin word:
// "刷kakao" has no 卡 in it.
func insideLatin(in []Rune, at int) bool {
	return at > 0 && at < len(in) && latin(in[at-1].R) && latin(in[at].R)
}

func latin(r rune) bool {
	return r < unicode.MaxASCII && unicode.IsLetter(r)
}
