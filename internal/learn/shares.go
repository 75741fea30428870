package learn

import (
	"math"
	"slices"
	"strconv"

	"github.com/s4bot/s4bot/internal/kb"
)

// slipDoubt is by how much the share of slips may be other than thought without
// the answers speaking otherwise. The more people slip, the rarer seem the usual
// answers, to all questions alike.
var slipDoubt = [...]float64{.5, 1, 1.5}

// shares proposes how usual a question's options are, from the answers under
// causes that list no signs for it. Exclusive options keep their share: such
// causes hardly give them.
func (p *proposer) shares(q *kb.Question) {
	counts, each := p.unlistedAnswers(q, nil)
	if total(counts) < leastNew {
		return
	}
	wanted := p.pooled(q, nil)
	moved := moveShares(q, wanted, p.options.ShareShift)
	now, then := q.Likelihood(nil), moved.Likelihood(nil)
	slip := p.options.slipOf(q)
	for _, doubt := range slipDoubt {
		e := min(1, doubt*slip)
		if !speakFor(said(then, e), said(now, e), counts, each) {
			return
		}
	}
	d, mean := draft{q: moved}, wanted.Likelihood(nil)
	odds := odds(ratio(counts, said(then, slip), said(now, slip)))
	for i, o := range q.Options {
		if moved.Options[i].Percent == o.Percent {
			continue
		}
		d.changes = append(d.changes, Change{
			File: questionFile(q.ID),
			Path: []string{"options", o.ID, "share"},
			From: number(o.Percent),
			To:   number(moved.Options[i].Percent),
			Evidence: Evidence{
				Given: int(counts[i]), Of: int(total(counts)),
				Now: now[i], Mean: mean[i], Then: then[i], Odds: odds,
			},
		})
	}
	p.drafts = append(p.drafts, d)
}

// speakFor says that answers speak for one table against another: that for some
// option, taken against all others, they are clearly likelier, and would be
// without any one of the causes. One cause alone needs a sign, not other shares.
func speakFor(then, now, counts []float64, each [][]float64) bool {
	for i := range counts {
		least := math.Inf(1)
		for _, under := range each {
			given := counts[i] - under[i]
			others := total(counts) - total(under) - given
			least = min(least, ratio([]float64{given, others}, []float64{then[i], 1 - then[i]}, []float64{now[i], 1 - now[i]}))
		}
		if least >= math.Log(shareRatio) {
			return true
		}
	}
	return false
}

// unlistedAnswers counts the answers to a question under the causes that list
// no signs for it, but one: all together, and under each cause that has any.
func (p *proposer) unlistedAnswers(q *kb.Question, but *kb.Cause) (counts []float64, each [][]float64) {
	counts = make([]float64, len(q.Options))
	for _, c := range p.base.Causes {
		under := p.tally.of(c, q)
		if c == but || p.lists(c, q) || total(under) == 0 {
			continue
		}
		each = append(each, under)
		for i, n := range under {
			counts[i] += n
		}
	}
	return counts, each
}

// pooled gives a question as its shares would be by the causes that list no
// signs for it, but one, if they could move freely.
func (p *proposer) pooled(q *kb.Question, but *kb.Cause) *kb.Question {
	counts, _ := p.unlistedAnswers(q, but)
	mean := posterior(q.Likelihood(nil), p.options.Worth, counts, p.options.slipOf(q))
	seen, free := 0.0, 0.0
	for i, o := range q.Options {
		if !o.Exclusive {
			seen += mean[i]
			free += o.Percent
		}
	}
	return withPercents(q, func(i int, o *kb.Option) float64 {
		if o.Exclusive {
			return o.Percent
		}
		return free * mean[i] / seen
	})
}

// moveShares brings a question's shares as near to the wanted ones as whole
// points allow, one point from an option that has most too much to one that has
// most too little, none moving further than most. Their sum stays.
func moveShares(q, wanted *kb.Question, most float64) *kb.Question {
	points := math.Floor(100*most + 1e-9)
	percents := make([]float64, len(q.Options))
	for i, o := range q.Options {
		percents[i] = o.Percent
	}
	for {
		from, to := -1, -1
		for i, o := range q.Options {
			over := percents[i] - wanted.Options[i].Percent
			if o.Percent-percents[i] < points && percents[i] > 1 && over > .5 && (from < 0 || over > percents[from]-wanted.Options[from].Percent) {
				from = i
			}
			if percents[i]-o.Percent < points && over < -.5 && (to < 0 || over < percents[to]-wanted.Options[to].Percent) {
				to = i
			}
		}
		if from < 0 || to < 0 {
			break
		}
		percents[from]--
		percents[to]++
	}
	return withPercents(q, func(i int, _ *kb.Option) float64 { return percents[i] })
}

// withPercents gives a question with other shares.
func withPercents(q *kb.Question, percent func(i int, o *kb.Option) float64) *kb.Question {
	out := *q
	out.Options = slices.Clone(q.Options)
	sum := 0.0
	for i, o := range q.Options {
		option := *o
		option.Percent = percent(i, o)
		sum += option.Percent
		out.Options[i] = &option
	}
	for _, o := range out.Options {
		o.Share = o.Percent / sum
	}
	return &out
}

func number(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }
