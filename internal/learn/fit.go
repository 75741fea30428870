package learn

import (
	"math"
	"slices"
)

// fit is a table that is written in words, and the answers that it should fit.
type fit struct {
	ladder ladder
	// words gives the word of each entry, or unlisted.
	words []int
	// table gives what words are loaded as, or nil if they cannot be.
	table  func(words []int) []float64
	counts []float64
	mean   []float64 // what the entries are by authors and answers together
	slip   float64

	authored []int // the words that were there before
	start    []int // the words from which steps are counted
}

// newFit begins with the authored words.
func newFit(f fit) *fit {
	f.authored, f.start = slices.Clone(f.words), slices.Clone(f.words)
	for i, p := range f.table(f.words) {
		if f.start[i] == unlisted {
			f.start[i] = f.ladder.nearest(p)
		}
	}
	return &f
}

// rule says whether an entry may move from one table to another.
type rule func(entry int, now, then []float64) bool

// improve changes words, one after another, each time the one that brings the
// table nearest to the mean, as long as that entry comes nearer itself, has not
// moved more than so many steps, and may.
func (f *fit) improve(steps int, may rule) {
	for {
		now := f.table(f.words)
		best, least := []int(nil), away(f.mean, now)-1e-9
		for i := range f.words {
			for w := max(0, f.start[i]-steps); w <= min(len(f.ladder.words)-1, f.start[i]+steps); w++ {
				words := f.with(i, w)
				then := f.table(words)
				if w == f.words[i] || then == nil || !f.ladder.nearer(f.mean[i], then[i], now[i]) {
					continue
				}
				if d := away(f.mean, then); d < least && may(i, now, then) {
					best, least = words, d
				}
			}
		}
		if best == nil {
			return
		}
		f.words = best
	}
}

// prune takes back what the answers no longer speak for, now that other entries
// have changed too.
func (f *fit) prune(needs func(entry int) float64) {
	for again := true; again; {
		again = false
		for _, i := range f.changed() {
			back := f.with(i, f.authored[i])
			if f.table(back) != nil && f.evidence(i) < math.Log(needs(i)) {
				f.words, again = back, true
			}
		}
	}
}

// changed gives the entries whose words are no longer the authored ones.
func (f *fit) changed() []int {
	var out []int
	for i := range f.words {
		if f.words[i] != f.authored[i] {
			out = append(out, i)
		}
	}
	return out
}

// evidence gives the logarithm of how much likelier the answers are with an
// entry's change than without. A change that makes room for another counts with
// all of them.
func (f *fit) evidence(entry int) float64 {
	without := f.table(f.with(entry, f.authored[entry]))
	if without == nil {
		without = f.table(f.authored)
	}
	return f.ratio(f.table(f.words), without)
}

// ratio compares two tables by the answers, slips included.
func (f *fit) ratio(table, other []float64) float64 {
	return ratio(f.counts, said(table, f.slip), said(other, f.slip))
}

// with gives the words with one entry changed.
func (f *fit) with(entry, word int) []int {
	words := slices.Clone(f.words)
	words[entry] = word
	return words
}
