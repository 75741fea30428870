package learn

import (
	"math"
	"slices"
)

// common proposes how common causes are. The words are relative weights, and a
// cause that is met much oftener makes all others seem rarer; so they are
// measured on a scale on which most causes stay where they are.
func (p *proposer) common() {
	if len(p.base.Causes) < 2 {
		return
	}
	w := p.weigh()
	if total(w.counts) < leastAnswers {
		return
	}
	words, then := w.ladder.words, slices.Clone(w.now)
	var changed []int
	for i, weight := range w.now {
		from := w.ladder.nearest(weight)
		to := w.ladder.nearest(w.mean[i] / w.scale)
		to = min(max(to, from-p.options.Steps), from+p.options.Steps)
		if to != from && w.evidence(i, words[to].Value) >= math.Log(commonRatio) {
			then[i] = words[to].Value
			changed = append(changed, i)
		}
	}
	for _, i := range changed {
		p.drafts = append(p.drafts, draft{changes: []Change{{
			File: causeFile(p.base.Causes[i].ID),
			Path: []string{"how_common"},
			From: words[w.ladder.nearest(w.now[i])].Name,
			To:   words[w.ladder.nearest(then[i])].Name,
			Evidence: Evidence{
				Given: int(w.counts[i]), Of: int(total(w.counts)),
				Now: w.now[i] / total(w.now), Mean: w.mean[i], Then: then[i] / total(then),
				Odds: odds(w.evidence(i, then[i])),
			},
		}}})
	}
}

// weights is how common the causes are, in their order.
type weights struct {
	ladder ladder
	now    []float64 // as authored
	counts []float64 // cases
	mean   []float64 // shares, by authors and cases together
	scale  float64   // the share that a weight of 1 stands for
}

func (p *proposer) weigh() *weights {
	w := &weights{ladder: commonLadder()}
	for _, c := range p.base.Causes {
		w.now = append(w.now, c.Prior)
		w.counts = append(w.counts, float64(p.tally.causes[c.ID]))
	}
	authored := slices.Clone(w.now)
	for i := range authored {
		authored[i] /= total(w.now)
	}
	// Nobody answers what the cause is, so there are no slips.
	w.mean = posterior(authored, commonWorth*p.options.Worth, w.counts, 0)
	ratios := make([]float64, len(w.now))
	for i := range ratios {
		ratios[i] = w.mean[i] / w.now[i]
	}
	slices.Sort(ratios)
	w.scale = ratios[len(ratios)/2]
	return w
}

// evidence gives the logarithm of how much likelier the cases are if a cause has
// another weight, the others together being what they are.
func (w *weights) evidence(cause int, weight float64) float64 {
	others := (1 - w.mean[cause]) / w.scale
	table := func(weight float64) []float64 {
		return []float64{weight / (weight + others), others / (weight + others)}
	}
	counts := []float64{w.counts[cause], total(w.counts) - w.counts[cause]}
	return ratio(counts, table(weight), table(w.now[cause]))
}
