package fold

import "sync"

// traditionals maps simplified to traditional characters; of several, to the one
// with the lowest code point, which is mostly the commonest.
var traditionals = sync.OnceValue(func() map[rune]rune {
	table := map[rune]rune{}
	for from, to := range simplified() {
		if have, ok := table[to]; !ok || from < have {
			table[to] = from
		}
	}
	return table
})

// Traditional gives a traditional form of a simplified character, and any other
// character as it is. Which of several forms is right depends on the word; so
// this is for measuring, not for writing to people.
func Traditional(r rune) rune {
	if t, ok := traditionals()[r]; ok && r >= 0x3400 {
		return t
	}
	return r
}
