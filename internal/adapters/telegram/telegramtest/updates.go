package telegramtest

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"time"
)

// pending is an update that was not confirmed yet.
type pending struct {
	id    int64
	raw   json.RawMessage
	again bool      // a repeat: it goes out once, whatever the offset
	busy  bool      // the webhook has it at the moment
	next  time.Time // when the webhook may have it again
}

// queueUpdate adds an update; the caller holds the mutex.
func (s *Server) queueUpdate(id int64, raw json.RawMessage) {
	s.history[id] = raw
	s.queue = append(s.queue, &pending{id: id, raw: raw})
	s.lastID = id
	s.wake()
}

// Repeat sends an update again, once, also long after it was confirmed.
func (s *Server) Repeat(updateID int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if raw, ok := s.history[updateID]; ok {
		s.queue = slices.Insert(s.queue, 0, &pending{id: updateID, raw: raw, again: true})
		s.wake()
	}
}

// JumpTo lets the ids of updates go on from here, as Telegram does after a week
// of silence.
func (s *Server) JumpTo(updateID int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lastID = updateID - 1
}

// Unconfirmed is how many updates wait.
func (s *Server) Unconfirmed() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.queue)
}

// forget drops what an offset confirms; the caller holds the mutex. An offset in
// the future confirms nothing.
func (s *Server) forget(offset int64) {
	switch {
	case offset < 0:
		s.queue = s.queue[max(0, len(s.queue)+int(offset)):]
	case offset <= s.lastID+1:
		s.queue = slices.DeleteFunc(s.queue, func(u *pending) bool { return u.id < offset && !u.again })
	}
}

// poll is the part of getUpdates that is done at once; the caller holds the
// mutex.
func (s *Server) poll(limit int) []json.RawMessage {
	out := []json.RawMessage{}
	for _, u := range s.queue[:min(limit, len(s.queue))] {
		out = append(out, u.raw)
	}
	kept := s.queue[:0]
	for i, u := range s.queue {
		if !u.again || i >= limit {
			kept = append(kept, u)
		}
	}
	s.queue = kept
	if s.Backwards {
		slices.Reverse(out)
	}
	return out
}

func getUpdates(s *Server, r *http.Request, p Params) answer {
	offset, _ := strconv.ParseInt(p.Get("offset"), 10, 64)
	timeout, _ := strconv.Atoi(p.Get("timeout"))
	limit, err := strconv.Atoi(p.Get("limit"))
	if err != nil || limit < 1 || limit > 100 {
		limit = 100
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.hook.url != "" {
		return refuse(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first")
	}
	if a, ok := s.allow(p); !ok {
		return a
	}
	s.forget(offset)
	if got := s.poll(limit); len(got) > 0 || timeout <= 0 {
		return result(got)
	}
	return s.longPolling(r, time.Duration(min(timeout, 50))*time.Second, limit)
}

// longPolling waits for updates. It ends the poll that waited before. The caller
// holds the mutex; it is free while waiting.
func (s *Server) longPolling(r *http.Request, timeout time.Duration, limit int) answer {
	s.endPoll("terminated by other getUpdates request; make sure that only one bot instance is running")
	ended := make(chan string, 1)
	s.longPoll = ended
	defer func() {
		if s.longPoll == ended {
			s.longPoll = nil
		}
	}()
	over := time.NewTimer(timeout)
	defer over.Stop()
	for {
		changed := s.changed
		s.mu.Unlock()
		why, out := "", false
		select {
		case <-changed:
		case why = <-ended:
		case <-over.C:
			out = true
		case <-r.Context().Done():
			out = true
		case <-s.ctx.Done():
			out = true
		}
		s.mu.Lock()
		if why != "" {
			return refuse(409, "Conflict: "+why)
		}
		if r.Context().Err() != nil {
			return result([]json.RawMessage{})
		}
		if got := s.poll(limit); len(got) > 0 || out {
			return result(got)
		}
	}
}

// endPoll ends the poll that waits; the caller holds the mutex.
func (s *Server) endPoll(why string) {
	if s.longPoll != nil {
		s.longPoll <- why
		s.longPoll = nil
	}
}

// allow takes in allowed_updates; the caller holds the mutex.
func (s *Server) allow(p Params) (answer, bool) {
	if !p.Has("allowed_updates") {
		return answer{}, true
	}
	var kinds []string
	if err := json.Unmarshal([]byte(p.Get("allowed_updates")), &kinds); err != nil {
		return badRequest("can't parse allowed updates"), false
	}
	s.allowed = kinds
	return answer{}, true
}
