package slack

import (
	"encoding/json"
	"regexp"
)

// envelope is what Socket Mode wraps around everything. Each field is decoded by
// itself, so that what is wrong with one leaves the others readable.
type envelope struct {
	id      string // to acknowledge; empty: nothing to acknowledge
	kind    string
	reason  string // why Slack ends the connection
	payload json.RawMessage
	broken  bool // it could not be read
}

// idForm finds the id in what is no JSON at all: even that is acknowledged, for Slack
// would send it again and again.
var idForm = regexp.MustCompile(`"envelope_id"\s*:\s*"([^"\\]{1,128})"`)

// openEnvelope reads an envelope; it takes anything.
func openEnvelope(raw []byte) (e envelope) {
	var fields map[string]json.RawMessage
	if json.Unmarshal(raw, &fields) != nil || fields == nil {
		if found := idForm.FindSubmatch(raw); found != nil {
			e.id = string(found[1])
		}
		e.broken = true
		return e
	}
	e.broken = json.Unmarshal(fields["type"], &e.kind) != nil
	if id, ok := fields["envelope_id"]; ok && json.Unmarshal(id, &e.id) != nil {
		e.broken = true
	}
	_ = json.Unmarshal(fields["reason"], &e.reason)
	e.payload = fields["payload"]
	return e
}
