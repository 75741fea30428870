package slack

import "time"

// taking is how long the incoming side waits; tests make it shorter.
type taking struct {
	answer   time.Duration // Slack is answered within this, though it would wait 3 s
	handover time.Duration // how long one handover may take
	tap      time.Duration // how long a tap is handed over again
	lookup   time.Duration // how long a look-up may hold a message up
	grace    time.Duration // how long what has begun may go on at the end
	first    time.Duration // the first pause after a failure; it doubles
	longest  time.Duration // the longest pause
	silence  time.Duration // a connection that says nothing for so long is dead
	overlap  time.Duration // how long an old connection is read beside the new one
	fetch    time.Duration // how long catching up may hold a thread up
}

var usualTaking = taking{
	answer: 2500 * time.Millisecond, handover: 25 * time.Second, tap: 30 * time.Second,
	lookup: 1500 * time.Millisecond, grace: 600 * time.Millisecond,
	first: 200 * time.Millisecond, longest: 10 * time.Second,
	silence: 45 * time.Second, overlap: 20 * time.Second, fetch: 8 * time.Second,
}
