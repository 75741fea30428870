package learn

import (
	"cmp"
	"maps"
	"slices"

	"github.com/s4bot/s4bot/internal/kb"
)

// sound gives the changes of the drafts that the knowledge can take: two causes
// must still be told apart by some question, and every question must tell some
// apart. What the cases speak for most is taken first.
func (p *proposer) sound() []Change {
	k := copyOf(p.base)
	order := make([]int, len(p.drafts))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Compare(p.drafts[b].odds(), p.drafts[a].odds())
	})
	taken := make([]bool, len(p.drafts))
	for _, i := range order {
		taken[i] = k.take(p.drafts[i])
	}
	var changes []Change
	for i, d := range p.drafts {
		if taken[i] {
			changes = append(changes, d.changes...)
		}
	}
	return changes
}

// odds gives those of the draft's clearest change.
func (d draft) odds() float64 {
	most := 0.0
	for _, c := range d.changes {
		most = max(most, c.Evidence.Odds)
	}
	return most
}

// knowledge is a base that drafts are tried on.
type knowledge struct {
	causes    []*kb.Cause
	questions []*kb.Question
}

func copyOf(base *kb.Base) *knowledge {
	k := &knowledge{questions: slices.Clone(base.Questions)}
	for _, c := range base.Causes {
		own := *c
		own.Signs = maps.Clone(c.Signs)
		k.causes = append(k.causes, &own)
	}
	return k
}

// take makes the draft's changes, unless the knowledge could not be loaded then.
func (k *knowledge) take(d draft) bool {
	switch {
	case d.q == nil:
		return true // how common causes are tells nothing apart
	case d.cause == "":
		return k.takeShares(d)
	}
	return k.takeSigns(d)
}

func (k *knowledge) takeSigns(d draft) bool {
	i := slices.IndexFunc(k.causes, func(c *kb.Cause) bool { return c.ID == d.cause })
	j := k.index(d.q)
	before, had := k.causes[i].Signs[d.q.ID]
	k.causes[i].Signs[d.q.ID] = d.signs
	if k.questions[j].Matters(k.causes) && k.apart(k.causes[i], k.causes) {
		return true
	}
	if had {
		k.causes[i].Signs[d.q.ID] = before
	} else {
		delete(k.causes[i].Signs, d.q.ID)
	}
	return false
}

func (k *knowledge) takeShares(d draft) bool {
	j := k.index(d.q)
	before := k.questions[j]
	k.questions[j] = d.q
	ok := d.q.Matters(k.causes)
	for i, c := range k.causes {
		ok = ok && k.apart(c, k.causes[:i])
	}
	if !ok {
		k.questions[j] = before
	}
	return ok
}

func (k *knowledge) index(q *kb.Question) int {
	return slices.IndexFunc(k.questions, func(other *kb.Question) bool { return other.ID == q.ID })
}

// apart says that some question tells a cause apart from each of the others.
func (k *knowledge) apart(c *kb.Cause, others []*kb.Cause) bool {
	for _, other := range others {
		told := func(q *kb.Question) bool { return q.TellsApart(c, other) }
		if c != other && !slices.ContainsFunc(k.questions, told) {
			return false
		}
	}
	return true
}
