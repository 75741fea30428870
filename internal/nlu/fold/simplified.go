package fold

import (
	_ "embed"
	"strings"
	"sync"
	"unicode/utf8"
)

//go:embed simplified.txt
var simplifiedText string

// unsimplified are characters that keep their form until the words are looked
// up: whether 係 is 系 (關係) or the Cantonese 是 depends on its neighbours.
const unsimplified = "係"

// simplified maps traditional to simplified characters.
var simplified = sync.OnceValue(func() map[rune]rune {
	table := make(map[rune]rune, 4200)
	for line := range strings.Lines(simplifiedText) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for _, pair := range strings.Fields(line) {
			from, n := utf8.DecodeRuneInString(pair)
			to, _ := utf8.DecodeRuneInString(pair[n:])
			table[from] = to
		}
	}
	for from, to := range table {
		if further, ok := table[to]; ok { // 薴 is 苧, and 苧 is 苎
			table[from] = further
		}
	}
	for _, r := range unsimplified {
		delete(table, r)
	}
	return table
})

func simplify(r rune) rune {
	if r < 0x3400 {
		return r
	}
	if s, ok := simplified()[r]; ok {
		return s
	}
	return r
}
