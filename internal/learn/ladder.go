package learn

import (
	"math"

	"github.com/s4bot/s4bot/internal/kb"
)

// unlisted is the place of what has no word.
const unlisted = -1

// ladder is a scale of words, largest first, with the height of each.
type ladder struct {
	words  []kb.Word
	height func(value float64) float64
}

// signLadder measures probabilities by their log odds.
func signLadder() ladder { return ladder{kb.SignWords(), logit} }

// commonLadder measures weights by their logarithm.
func commonLadder() ladder { return ladder{kb.CommonWords(), math.Log} }

// nearest gives the word that is nearest to a value.
func (l ladder) nearest(value float64) int {
	best, least := 0, math.Inf(1)
	for i, w := range l.words {
		if d := math.Abs(l.height(w.Value) - l.height(value)); d < least {
			best, least = i, d
		}
	}
	return best
}

// between gives how many words lie between two values, in parts of a word; beyond
// the last word, they go on as far apart as the last two.
func (l ladder) between(a, b float64) float64 { return math.Abs(l.place(a) - l.place(b)) }

// place gives where a value stands among the words: 0 is the first.
func (l ladder) place(value float64) float64 {
	h := l.height(value)
	i := 1
	for i < len(l.words)-1 && h < l.height(l.words[i].Value) {
		i++
	}
	above, below := l.height(l.words[i-1].Value), l.height(l.words[i].Value)
	return float64(i-1) + (above-h)/(above-below)
}

// nearer says that a is nearer to the aim than b, by height.
func (l ladder) nearer(aim, a, b float64) bool {
	return math.Abs(l.height(a)-l.height(aim)) < math.Abs(l.height(b)-l.height(aim))-1e-9
}
