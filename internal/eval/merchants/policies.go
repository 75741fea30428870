package merchants

import (
	"math"

	"github.com/s4bot/s4bot/internal/diagnosis"
	"github.com/s4bot/s4bot/internal/dialog"
	"github.com/s4bot/s4bot/internal/kb"
)

// Policy is a way to lead the conversation that is compared with the bot's.
type Policy struct {
	Name string
	// Decide is the policy; nil for the bot's own.
	Decide dialog.Policy
	// Sure says that it claims its conclusion without a doubt.
	Sure bool
	// Unbounded lifts the caps on questions, turns and answers not known.
	Unbounded bool
}

// Policies gives what is compared, the bot first.
func Policies() []Policy {
	return []Policy{
		{Name: "s4bot"},
		{Name: "no questions", Decide: noQuestions},
		{Name: "fixed form of six", Decide: fixedForm, Unbounded: true},
		{Name: "hand-drawn tree", Decide: byTree, Sure: true, Unbounded: true},
		{Name: "ask everything", Decide: askEverything, Unbounded: true},
		{Name: "information gain", Decide: mostInformation},
	}
}

// noQuestions repairs at once, by the first message alone.
func noQuestions(m *diagnosis.Model, log []diagnosis.Evidence, s diagnosis.Situation) diagnosis.Act {
	return m.Repair(m.Belief(log), s)
}

// form is what support teams ask before anything else.
var form = []string{"response_code", "which_cards", "screen_message", "network_state", "fails_at", "recent_change"}

// fixedForm asks the six questions of the form, then repairs.
func fixedForm(m *diagnosis.Model, log []diagnosis.Evidence, s diagnosis.Situation) diagnosis.Act {
	return askAll(m, log, s, form)
}

// askEverything asks all there is, then repairs: nobody can know more.
func askEverything(m *diagnosis.Model, log []diagnosis.Evidence, s diagnosis.Situation) diagnosis.Act {
	var all []string
	for _, q := range m.Base().Questions {
		if q.Auto == "" && !q.Safety {
			all = append(all, q.ID)
		}
	}
	return askAll(m, log, s, all)
}

func askAll(m *diagnosis.Model, log []diagnosis.Evidence, s diagnosis.Situation, questions []string) diagnosis.Act {
	for _, id := range questions {
		if q := m.Base().Question(id); q != nil && !s.Known[id] {
			return diagnosis.Act{Question: q}
		}
	}
	return m.Repair(m.Belief(log), s)
}

// When a policy of information gain has heard enough: a cause is likely enough,
// or a question tells too little for its effort (in nats).
const (
	likelyEnough = .8
	leastPerTurn = .02
)

// mostInformation asks what reduces the entropy of the belief most for its
// effort, until it is sure enough.
func mostInformation(m *diagnosis.Model, log []diagnosis.Evidence, s diagnosis.Situation) diagnosis.Act {
	belief := m.Belief(log)
	if m.Ranked(belief)[0].P >= likelyEnough || s.Questions >= m.Params().MaxQuestions {
		return m.Repair(belief, s)
	}
	var best *kb.Question
	most := leastPerTurn
	for _, q := range m.Base().Questions {
		if q.Auto != "" || q.Safety || s.Known[q.ID] {
			continue
		}
		if gain := information(m, belief, q) / q.Effort; gain > most {
			best, most = q, gain
		}
	}
	if best == nil {
		return m.Repair(belief, s)
	}
	return diagnosis.Act{Question: best}
}

// information is how much the answer to a question tells of the cause, in nats.
func information(m *diagnosis.Model, b diagnosis.Belief, q *kb.Question) float64 {
	gain := entropy(b)
	for _, o := range q.Options {
		e := diagnosis.Evidence{Kind: diagnosis.Answered, Question: q.ID, Option: o.ID}
		gain -= m.Answer(b, q.ID, o.ID) * entropy(m.Update(b, e))
	}
	return gain
}

func entropy(b diagnosis.Belief) float64 {
	sum := 0.0
	for _, p := range b {
		if p > 0 {
			sum -= p * math.Log(p)
		}
	}
	return sum
}
