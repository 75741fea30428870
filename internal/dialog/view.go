package dialog

import (
	"github.com/s4bot/s4bot/internal/diagnosis"
	"github.com/s4bot/s4bot/internal/nlu"
)

// View is what can be seen of a state from outside: for the JSON interface, the
// inside view and measuring.
type View struct {
	Phase    Phase
	Question string
	Fix      string
	Belief   []diagnosis.Probability // named causes, likeliest first
	Facts    []Fact
	Handoff  *Handoff
}

// Fact is an answer that counts, and how it came.
type Fact struct {
	nlu.Fact
	Source Source `json:"source"`
}

// View looks at a state.
func (m *Manager) View(s State) View {
	v := View{
		Phase: s.Phase, Question: s.Pending.Question, Fix: s.Pending.Fix, Handoff: s.Handoff,
		Belief: m.model.Ranked(m.model.Belief(s.evidence())), Facts: []Fact{},
	}
	if v.Phase == "" {
		v.Phase = Idle
	}
	for _, e := range s.Facts() {
		v.Facts = append(v.Facts, Fact{nlu.Fact{Question: e.Question, Option: e.Option}, e.Source})
	}
	return v
}
