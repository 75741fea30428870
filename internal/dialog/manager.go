package dialog

import (
	"github.com/s4bot/s4bot/internal/diagnosis"
	"github.com/s4bot/s4bot/internal/kb"
	"github.com/s4bot/s4bot/internal/nlu"
)

// Manager is a dialog manager for one knowledge base. It is immutable and safe
// for use by many goroutines.
type Manager struct {
	base   *kb.Base
	model  *diagnosis.Model
	reader *nlu.Reader
	policy Policy
	desk   Desk
}

// New makes a dialog manager, whose reading goes without the parts named.
func New(base *kb.Base, params diagnosis.Params, without ...nlu.Part) *Manager {
	return &Manager{base: base, model: diagnosis.New(base, params), reader: nlu.New(base, without...), policy: least}
}

// Model gives the model behind the manager's decisions.
func (m *Manager) Model() *diagnosis.Model { return m.model }

// Reading reads a masked text by itself.
func (m *Manager) Reading(text string) nlu.Reading { return m.reader.Read(text) }
