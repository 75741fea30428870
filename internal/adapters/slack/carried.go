package slack

import (
	"bytes"
	"encoding/json"

	"github.com/s4bot/s4bot/internal/chat"
)

// carried is what the buttons of an improvement carry: all of it, so that nothing is
// lost when the program ends before somebody decides.
type carried struct {
	Room   string           `json:"r,omitempty"` // the case's thread
	Change chat.Improvement `json:"i"`
	By     chat.Agent       `json:"b,omitzero"`  // who proposed it
	Made   string           `json:"h,omitempty"` // the id by which it is taken back
}

// String gives compact JSON.
func (c carried) String() string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(c)
	return string(bytes.TrimSuffix(b.Bytes(), []byte("\n")))
}

// fits says whether a button can carry it.
func (c carried) fits() bool { return len(c.String()) <= valueMost }

// fitted leaves the last words away until a button can carry it.
func (c carried) fitted() carried {
	for !c.fits() && len(c.Change.Words) > 0 {
		c.Change.Words = c.Change.Words[:len(c.Change.Words)-1]
	}
	return c
}
