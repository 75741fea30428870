package learn

import (
	"cmp"
	"path"
	"slices"

	"github.com/s4bot/s4bot/internal/kb"
)

// Propose gives the changes that cases speak for, in the order of the files. The
// same cases give the same changes; none leaves a knowledge base that does not
// load.
//
// The authored tables are the prior: a Dirichlet distribution that counts as
// Worth cases. What is proposed is the word nearest to its mean after the cases,
// measured by the table that the word would be loaded as. Beyond that, the
// answers must be clearly likelier with the change than without it.
func Propose(base *kb.Base, cases []Case, o Options) []Change {
	p := &proposer{base: base, tally: count(base, cases), options: o, listed: map[answerOf]bool{}}
	p.common()
	for _, q := range base.Questions {
		for _, c := range base.Causes {
			p.signs(c, q)
		}
		p.shares(q)
	}
	changes := p.sound()
	slices.SortStableFunc(changes, func(a, b Change) int { return cmp.Compare(a.File, b.File) })
	return changes
}

// proposer gathers proposals.
type proposer struct {
	base    *kb.Base
	tally   *tally
	options Options
	drafts  []draft
	// listed holds the signs of questions that an article lacks and would have.
	listed map[answerOf]bool
}

// draft is a set of changes that stand or fall together: of one question under
// one cause, of one question's shares, or of how common one cause is.
type draft struct {
	changes []Change
	cause   string             // whose signs change, or ""
	signs   map[string]float64 // the cause's signs for the question
	q       *kb.Question       // the question, with its shares changed if cause is ""
}

// lists says whether a cause has signs for a question, or is to have some.
func (p *proposer) lists(c *kb.Cause, q *kb.Question) bool {
	return len(c.Signs[q.ID]) > 0 || p.listed[answerOf{c.ID, q.ID}]
}

func causeFile(id string) string    { return path.Join("causes", id+".yaml") }
func questionFile(id string) string { return path.Join("questions", id+".yaml") }
