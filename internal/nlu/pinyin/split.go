package pinyin

import "strings"

// longestPiece is "anzhuang", splitMost how long a word may be to be split.
const longestPiece, splitMost = 8, 60

// compounds are words of this trade that the fewest syllables, or the shortest,
// would cut wrongly: 金额, 限额, 余额不…, 账户余额, 长按, 安装.
var compounds = compoundsOf("jin'e", "xian'e", "yu'e'bu", "yu'e'gou", "yu'e'mei", "yu'e'tai", "yu'e'zhi", "yu'e'di",
	"hu'yu'e", "li'yu'e", "cha'yu'e", "yong'yu'e", "chang'an", "an'zhuang", "ping'an")

func compoundsOf(words ...string) map[string][]string {
	table := map[string][]string{}
	for _, word := range words {
		parts := strings.Split(word, "'")
		table[strings.Join(parts, "")] = parts
	}
	return table
}

// Split cuts a word of small Latin letters into as few syllables as it can; of
// equal cuts it takes the one with the shorter syllables first (dangao is dan
// gao: a syllable that begins with a vowel has an apostrophe before it). A
// compound counts for less than any other cut of its letters. ok is false where
// the word does not divide into syllables entirely, or is an English one.
func Split(word string) (parts []string, ok bool) {
	if len(word) == 0 || len(word) > splitMost || english[word] {
		return nil, false
	}
	// best[i] is the best cut of word[i:].
	best := make([]cut, len(word)+1)
	best[len(word)] = cut{parts: []string{}}
	for i := len(word) - 1; i >= 0; i-- {
		for j := i + 1; j <= min(i+longestPiece, len(word)); j++ {
			if rest := best[j]; rest.parts != nil {
				best[i] = best[i].orBetter(pieceOf(word[i:j]), rest)
			}
		}
	}
	return best[0].parts, best[0].parts != nil
}

// cut is a way to cut a word and what it costs; the zero cut is none.
type cut struct {
	parts []string
	cost  int
}

// A syllable costs two; a compound costs three, whatever its length: less than
// two syllables.
const syllableCost, compoundCost = 2, 3

// pieceOf gives the cut of a single syllable or compound.
func pieceOf(s string) cut {
	if parts, ok := compounds[s]; ok {
		return cut{parts, compoundCost}
	}
	if s = typed(s); syllables()[s] {
		return cut{[]string{s}, syllableCost}
	}
	return cut{}
}

// orBetter gives the cut that a piece and the rest make, if it is cheaper.
func (c cut) orBetter(piece, rest cut) cut {
	cost := piece.cost + rest.cost
	if piece.parts == nil || c.parts != nil && cost >= c.cost {
		return c
	}
	return cut{append(append(make([]string, 0, len(piece.parts)+len(rest.parts)), piece.parts...), rest.parts...), cost}
}
