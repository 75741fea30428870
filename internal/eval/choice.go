package eval

import (
	"math"
	"slices"
)

// choice is how the causes of one message about a cause were ranked.
type choice struct {
	rank       int // of the best label, from 1; 0: not among the causes
	acceptable bool
	p          float64 // of the first cause
}

func choose(m Message, causes []Cause) choice {
	var c choice
	if len(causes) > 0 {
		c.p, c.acceptable = causes[0].P, slices.Contains(m.Causes, causes[0].ID)
	}
	c.rank = 1 + slices.IndexFunc(causes, func(x Cause) bool { return x.ID == m.Causes[0] })
	return c
}

func (c choice) within(n int) bool { return c.rank > 0 && c.rank <= n }

// choices are those of a whole set.
type choices []choice

func (cs choices) share(name string, hit func(choice) bool) Row {
	hits := 0
	for _, c := range cs {
		if hit(c) {
			hits++
		}
	}
	return share(name, hits, len(cs))
}

// rows gives the figures of a set.
func (cs choices) rows() []Row {
	return []Row{
		cs.first("first choice"),
		cs.share("acceptable first choice", func(c choice) bool { return c.acceptable }),
		cs.share("among three", func(c choice) bool { return c.within(3) }),
		bootstrap("mean reciprocal rank", cs, reciprocal),
		bootstrap("calibration error (ECE)", cs, calibrationError),
	}
}

func (cs choices) first(name string) Row {
	return cs.share(name, func(c choice) bool { return c.within(1) })
}

// reciprocal is the mean reciprocal rank; a cause that is not listed counts 0.
func reciprocal(cs []choice) float64 {
	sum := 0.0
	for _, c := range cs {
		if c.rank > 0 {
			sum += 1 / float64(c.rank)
		}
	}
	return sum / float64(len(cs))
}

// binCount is the number of equal bins of probability.
const binCount = 10

// reliability sorts first choices into bins by their probability.
func reliability(cs []choice) []Bin {
	bins := make([]Bin, binCount)
	for _, c := range cs {
		b := &bins[min(int(c.p*binCount), binCount-1)]
		b.Of++
		b.Confidence += c.p
		if c.within(1) {
			b.Accuracy++
		}
	}
	for i := range bins {
		b := &bins[i]
		b.Low, b.High = float64(i)/binCount, float64(i+1)/binCount
		if b.Of > 0 {
			b.Confidence /= float64(b.Of)
			b.Accuracy /= float64(b.Of)
		}
	}
	return bins
}

// calibrationError is the expected calibration error of the first choice (M. P.
// Naeini, G. Cooper and M. Hauskrecht, 2015): the mean gap between probability
// and accuracy over the bins.
func calibrationError(cs []choice) float64 {
	sum := 0.0
	for _, b := range reliability(cs) {
		sum += float64(b.Of) * math.Abs(b.Confidence-b.Accuracy)
	}
	return sum / float64(len(cs))
}
