package slacktest

import (
	"encoding/json"
	"slices"
	"time"
)

// mostTries is how often an event is sent: once, and three times again.
const mostTries = 4

// Delivery is something on its way to the bot.
type Delivery struct {
	ID        string          // the envelope_id; with HTTP too
	Type      string          // events_api, interactive, slash_commands, or raw
	TriggerID string          // of interactions
	Payload   json.RawMessage // what the envelope holds; of raw, all that is sent

	s       *Server
	answers bool                          // the bot may answer with a payload
	silent  bool                          // nobody acknowledges it
	onAck   func(payload json.RawMessage) // called with the mutex held

	// The server's mutex guards what follows.
	tries  int
	reason string    // why it is sent again
	since  time.Time // the try under way began then; zero: it has not
	due    time.Time // when the try under way could begin
	first  time.Time
	acked  *Ack
	over   bool
	done   chan struct{} // closed when acknowledged or given up
}

// Ack is what became of a delivery.
type Ack struct {
	ID      string
	Type    string
	After   time.Duration // from the first try until acknowledged
	Tries   int
	Payload json.RawMessage // what the bot answered with
}

// Wait waits until the bot acknowledged and gives what it answered, or false when it
// did not in all tries.
func (d *Delivery) Wait() (payload json.RawMessage, acked bool) {
	select {
	case <-d.done:
	case <-d.s.ctx.Done():
	}
	d.s.mu.Lock()
	defer d.s.mu.Unlock()
	if d.acked == nil {
		return nil, false
	}
	return d.acked.Payload, true
}

// Acks gives what the bot acknowledged, by envelope id; with HTTP too.
func (s *Server) Acks() map[string]Ack {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := map[string]Ack{}
	for _, d := range s.deliveries {
		if d.acked != nil {
			out[d.ID] = *d.acked
		}
	}
	return out
}

// Unacked gives the ids of what was not acknowledged so far, in order.
func (s *Server) Unacked() (ids []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, d := range s.deliveries {
		if d.acked == nil && !d.silent {
			ids = append(ids, d.ID)
		}
	}
	return ids
}

// Deliveries gives everything that was sent, in order.
func (s *Server) Deliveries() []*Delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.deliveries)
}

// LastDelivery gives the newest delivery; nil: none.
func (s *Server) LastDelivery() *Delivery {
	all := s.Deliveries()
	if len(all) == 0 {
		return nil
	}
	return all[len(all)-1]
}

// Settled waits until nothing is under way; false: something still is after so long.
func (s *Server) Settled(within time.Duration) bool {
	for end := time.Now().Add(within); ; time.Sleep(2 * time.Millisecond) {
		s.mu.Lock()
		idle := len(s.queue) == 0
		s.mu.Unlock()
		if idle || time.Now().After(end) {
			return idle
		}
	}
}

// Again sends an event once more, also long after it was acknowledged: the same
// event in a new envelope.
func (s *Server) Again(d *Delivery) *Delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.queueDelivery(&Delivery{Type: d.Type, TriggerID: d.TriggerID, Payload: d.Payload, answers: d.answers, silent: d.silent, tries: 1, reason: "timeout"})
}

// queueDelivery sends something; the caller holds the mutex.
func (s *Server) queueDelivery(d *Delivery) *Delivery {
	if d.ID == "" {
		d.ID = s.id("env-")
	}
	d.s, d.done, d.due = s, make(chan struct{}), time.Now()
	s.deliveries = append(s.deliveries, d)
	s.queue = append(s.queue, d)
	s.byID[d.ID] = d
	s.wake()
	return d
}

// deliver sends what is due until the server ends.
func (s *Server) deliver() {
	for {
		s.mu.Lock()
		changed := s.changed
		s.deliverDue()
		var tick <-chan time.Time
		if len(s.queue) > 0 {
			tick = time.After(5 * time.Millisecond)
		}
		s.mu.Unlock()
		select {
		case <-s.ctx.Done():
			return
		case <-changed:
		case <-tick:
		}
	}
}

// deliverDue sends what is due, in order, and gives up what was tried often enough.
// The caller holds the mutex.
func (s *Server) deliverDue() {
	for _, d := range s.queue {
		if d.since.IsZero() {
			s.try(d)
		} else if time.Since(d.since) >= s.AckWithin {
			s.failed(d, "timeout")
		}
	}
	s.queue = slices.DeleteFunc(s.queue, func(d *Delivery) bool { return d.over })
}

// try sends something if there is a way. If there is none for long, that was a try
// too.
func (s *Server) try(d *Delivery) {
	switch {
	case time.Now().Before(d.due):
	case s.send(d):
		d.since = time.Now()
		if d.first.IsZero() {
			d.first = d.since
		}
		d.tries++
		if d.silent {
			s.finish(d)
		}
	case s.hook.base == "" && time.Since(d.due) >= s.AckWithin:
		d.tries++
		s.failed(d, "connection_failed")
	}
}

// failed ends a try. Only events are tried again.
func (s *Server) failed(d *Delivery, reason string) {
	d.reason, d.since, d.due = reason, time.Time{}, time.Now()
	if reason == "http_error" {
		d.due = d.due.Add(s.RetryEvery)
	}
	if d.tries >= mostTries || d.Type == "interactive" || d.Type == "slash_commands" {
		s.finish(d)
	}
}

// finish ends a delivery; the caller holds the mutex.
func (s *Server) finish(d *Delivery) {
	if !d.over {
		d.over = true
		close(d.done)
	}
}

// send sends something by the way that is open; false: none is.
func (s *Server) send(d *Delivery) bool {
	if s.hook.base != "" {
		return s.post(d)
	}
	return s.sendSocket(d)
}

// acknowledge notes that the bot took something; the caller holds the mutex.
func (s *Server) acknowledge(d *Delivery, payload json.RawMessage) {
	if d.acked != nil {
		return
	}
	d.acked = &Ack{ID: d.ID, Type: d.Type, After: time.Since(d.first), Tries: d.tries, Payload: payload}
	if len(payload) > 0 && !d.answers {
		s.complain("the answer to %s carries a payload, but accepts_response_payload is false", d.ID)
	}
	if d.onAck != nil && !d.over {
		d.onAck(payload)
	}
	s.finish(d)
	s.wake()
}
