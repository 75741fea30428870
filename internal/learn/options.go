package learn

import "github.com/s4bot/s4bot/internal/kb"

// Options say how readily the knowledge follows the cases.
type Options struct {
	// Worth is how many cases an authored table counts as, more than 0: 30
	// follows soon, 100 slowly.
	Worth float64
	// Slip is the share of answers that are given wrongly; see
	// diagnosis.Params. The clock's never are.
	Slip float64
	// Steps is how many words a value may move at once. A sign that is new starts
	// from the word that is nearest to what it was without one.
	Steps int
	// ShareShift is how far a question's share may move at once; .05 is five
	// points of the hundred.
	ShareShift float64
}

// Defaults gives the values to start from.
func Defaults() Options {
	return Options{Worth: 50, Slip: .15, Steps: 1, ShareShift: .05}
}

// slipOf gives how often an answer to a question is wrong.
func (o Options) slipOf(q *kb.Question) float64 {
	if q.Auto != "" {
		return 0
	}
	return o.Slip
}

// The evidence that a change needs. A ratio says how much likelier the answers
// must be with the change than without. The more changes are possible, the more
// of them chance suggests, and the more each must show: on the embedded
// knowledge there are 38 causes, about 330 signs, 4,400 signs that no article
// lists, and 124 shares.
const (
	// commonRatio is for how common a cause is.
	commonRatio = 100
	// signRatio is for a sign that the article lists already.
	signRatio = 100
	// newSignRatio is for a sign that it does not list.
	newSignRatio = 1000
	// shareRatio is for a question's shares.
	shareRatio = 1000
	// leastAnswers is how many answers to a question, under one cause, say
	// anything at all; and how many cases, about how common causes are.
	leastAnswers = 10
	// leastNew is the same for a sign that the article does not list, and for a
	// question's shares.
	leastNew = 20
	// commonWorth is how many times Worth the authored priors count as. Their
	// table has about ten times as many entries as that of a question; so every
	// entry rests on as many cases.
	commonWorth = 10
)
