package learn

import (
	"math"

	"github.com/s4bot/s4bot/internal/kb"
)

// signs proposes how often a cause gives the answers to a question: by the signs
// that the article lists, or, where these stay, by ones that it does not.
func (p *proposer) signs(c *kb.Cause, q *kb.Question) {
	counts := p.tally.of(c, q)
	if total(counts) < leastAnswers || p.options.Steps < 1 {
		return
	}
	f := p.signFit(c, q, counts)
	f.improve(p.options.Steps, func(i int, now, then []float64) bool {
		return f.authored[i] != unlisted && f.ratio(then, now) >= math.Log(signRatio)
	})
	if len(f.changed()) == 0 && total(counts) >= leastNew {
		p.list(f, c, q)
	}
	f.prune(func(i int) float64 {
		if f.authored[i] == unlisted {
			return newSignRatio
		}
		return signRatio
	})
	if len(f.changed()) > 0 {
		p.drafts = append(p.drafts, draftOf(c, q, f))
		p.listed[answerOf{c.ID, q.ID}] = true
	}
}

// signFit lays out the options of a question under a cause as one table.
func (p *proposer) signFit(c *kb.Cause, q *kb.Question, counts []float64) *fit {
	f := fit{ladder: signLadder(), counts: counts, slip: p.options.slipOf(q)}
	for _, o := range q.Options {
		word := unlisted
		if v, ok := c.Signs[q.ID][o.ID]; ok {
			word = f.ladder.nearest(v)
		}
		f.words = append(f.words, word)
	}
	f.table = func(words []int) []float64 { return loaded(q, f.ladder, words) }
	f.mean = posterior(f.table(f.words), p.options.Worth, counts, f.slip)
	return newFit(f)
}

// list adds signs that the article does not list: of answers that are given
// oftener than thought, as authors do, and only if there is none, of others.
func (p *proposer) list(f *fit, c *kb.Cause, q *kb.Question) {
	may := p.mayList(f, c, q)
	f.improve(p.options.Steps, func(i int, now, then []float64) bool {
		return then[i] > now[i] && may(i, now, then)
	})
	if len(f.changed()) == 0 {
		f.improve(p.options.Steps, may)
	}
}

// mayList is the rule for signs that an article does not list. They must be at
// least a word away from what the answer is without them, and that for the
// cause's own sake: not because the question's shares are wrong for all causes.
func (p *proposer) mayList(f *fit, c *kb.Cause, q *kb.Question) rule {
	shifted := p.pooled(q, c)
	return func(i int, now, then []float64) bool {
		if f.authored[i] != unlisted {
			return false
		}
		for _, without := range [][]float64{now, loaded(shifted, f.ladder, f.words)} {
			if f.ladder.between(f.mean[i], without[i]) < 1 || f.ratio(then, without) < math.Log(newSignRatio) {
				return false
			}
		}
		return true
	}
}

// loaded gives the table that words for a question's options are loaded as, or
// nil if they are not sound.
func loaded(q *kb.Question, l ladder, words []int) []float64 {
	sum, listed := 0.0, 0
	for _, w := range words {
		if w != unlisted {
			sum += l.words[w].Value
			listed++
		}
	}
	if sum > kb.SignsMost+1e-9 || listed == len(words) && sum < 1/kb.SignsMost {
		return nil
	}
	return q.Likelihood(&kb.Cause{Signs: map[string]map[string]float64{q.ID: signsOf(q, l, words)}})
}

func signsOf(q *kb.Question, l ladder, words []int) map[string]float64 {
	signs := map[string]float64{}
	for i, w := range words {
		if w != unlisted {
			signs[q.Options[i].ID] = l.words[w].Value
		}
	}
	return signs
}

func draftOf(c *kb.Cause, q *kb.Question, f *fit) draft {
	d := draft{cause: c.ID, q: q, signs: signsOf(q, f.ladder, f.words)}
	now, then := f.table(f.authored), f.table(f.words)
	for _, i := range f.changed() {
		change := Change{
			File: causeFile(c.ID),
			Path: []string{"signs", q.ID, q.Options[i].ID},
			To:   f.ladder.words[f.words[i]].Name,
			Evidence: Evidence{
				Given: int(f.counts[i]), Of: int(total(f.counts)),
				Now: now[i], Mean: f.mean[i], Then: then[i], Odds: odds(f.evidence(i)),
			},
		}
		if f.authored[i] != unlisted {
			change.From = f.ladder.words[f.authored[i]].Name
		}
		d.changes = append(d.changes, change)
	}
	return d
}
