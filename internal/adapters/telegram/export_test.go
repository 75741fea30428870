package telegram

import "time"

// Hurry makes an adapter wait less, for tests.
func (a *Adapter) Hurry() {
	a.pace.first, a.pace.longest, a.pace.conflict = 5*time.Millisecond, 40*time.Millisecond, 200*time.Millisecond
}

// SetIdle sets the silence after which update ids may start anew, and how long
// a poll waits.
func (a *Adapter) SetIdle(idle, poll time.Duration) { a.pace.idle, a.pace.poll = idle, poll }

// What tests look into.
var ReadData = readData

// Split gives the texts that a text goes out as.
func Split(text string) []string {
	var out []string
	for _, p := range split(text, textUnits) {
		out = append(out, p.text)
	}
	return out
}

// ReadReference reads and writes a reference.
func ReadReference(s string, chat int64) string { return readReference(s, chat).String() }
