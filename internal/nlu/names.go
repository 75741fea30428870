package nlu

import (
	"slices"

	"github.com/s4bot/s4bot/internal/kb"
)

// elsewhereMeant stands in the book of names for phrases in which a name means
// something else.
const elsewhereMeant = -1

// nameSoundLeast is how many characters a name needs to be known when it is spelled
// in pinyin.
const nameSoundLeast = 3

// nameBook holds the words for institutions.
func nameBook(base *kb.Base) *phraseBook {
	book := newPhraseBook()
	book.soundLeast = nameSoundLeast
	for i, n := range base.Institutions {
		book.add(i, n.Aliases.All())
		book.add(elsewhereMeant, n.Except)
	}
	return book
}

// names gives the ids of the institutions that a text names, sorted. Where names
// overlap the longest counts: 银联商务 does not name 银联.
func (r *Reader) names(text []unit) []string {
	var out []string
	taken := make([]bool, len(text))
	for _, m := range r.nameBook.find(text) { // the longest come first
		if slices.Contains(taken[m.start:m.end], true) {
			continue
		}
		for i := m.start; i < m.end; i++ {
			taken[i] = true
		}
		if m.means != elsewhereMeant {
			out = append(out, r.base.Institutions[m.means].ID)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
