package dialog

import "github.com/s4bot/s4bot/internal/diagnosis"

// Policy decides what to do next from the evidence. The bot's own is
// diagnosis.Model.Next; others are compared with it.
type Policy func(m *diagnosis.Model, log []diagnosis.Evidence, s diagnosis.Situation) diagnosis.Act

// With gives a manager that decides by another policy; everything else stays.
func (m *Manager) With(p Policy) *Manager {
	with := *m
	with.policy = p
	return &with
}

// least chooses what costs least in expectation: the bot's own policy.
func least(m *diagnosis.Model, log []diagnosis.Evidence, s diagnosis.Situation) diagnosis.Act {
	return m.Next(m.Belief(log), s)
}
