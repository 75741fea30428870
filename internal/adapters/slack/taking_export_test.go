package slack

import "time"

// Hasten makes the incoming side wait little. It changes what must be set before
// anything runs.
func (a *Adapter) Hasten() {
	a.taking = taking{
		answer: 150 * time.Millisecond, handover: 5 * time.Second, tap: 400 * time.Millisecond,
		lookup: time.Second, grace: 100 * time.Millisecond, first: 2 * time.Millisecond, longest: 30 * time.Millisecond,
		silence: 2 * time.Second, overlap: time.Second, fetch: 2 * time.Second,
	}
}

// AnswerWithin sets how long Slack waits for an answer.
func (a *Adapter) AnswerWithin(d time.Duration) { a.taking.answer = d }
