package storetest

import (
	"fmt"
	"testing"
	"time"

	"github.com/s4bot/s4bot/internal/store"
)

// farDues works off times that are so far ahead that a store may keep them
// elsewhere, as a sweeper does: each is given until it is attended to.
func farDues(t *testing.T, s suite) {
	now := s.Now()
	waits := map[string]time.Duration{}
	for i, wait := range []time.Duration{
		time.Hour, 11 * time.Hour, 13 * time.Hour, 13*time.Hour + time.Second,
		18 * time.Hour, 72 * time.Hour, 72*time.Hour + time.Millisecond, 29 * 24 * time.Hour,
	} {
		key := fmt.Sprintf("telegram:%d", i)
		waits[key] = wait
		s.put(key, "x", now.Add(wait))
	}
	for at := time.Duration(0); at < 30*24*time.Hour; at += 90 * time.Minute {
		var want []string
		for key, wait := range waits {
			if wait <= at {
				want = append(want, key)
			}
		}
		s.agenda(now.Add(at), want...)
		s.agenda(now.Add(at), want...) // asking takes nothing away
		for _, key := range want {
			s.put(key, "attended", time.Time{})
			delete(waits, key)
		}
	}
	if len(waits) > 0 {
		t.Fatalf("these were never due: %v", waits)
	}
}

// farMoves moves a time to and fro and looks just before and just after it.
func farMoves(t *testing.T, s suite) {
	now := s.Now().Truncate(time.Millisecond)
	for i, moves := range [][]time.Duration{
		{13 * time.Hour, 72 * time.Hour},                      // farther
		{72 * time.Hour, 13 * time.Hour},                      // nearer
		{72 * time.Hour, time.Minute},                         // near
		{time.Minute, 72 * time.Hour},                         // far
		{72 * time.Hour, 72*time.Hour - time.Minute},          // a little
		{72 * time.Hour, 72 * time.Hour},                      // not at all
		{72 * time.Hour, time.Minute, 72 * time.Hour},         // there and back
		{72 * time.Hour, 144 * time.Hour, 71 * time.Hour},     //
		{72 * time.Hour, -1, 73 * time.Hour},                  // by way of never
		{-1, 72 * time.Hour, 14 * time.Hour, 15 * time.Hour},  //
		{13 * time.Hour, time.Minute, 2 * time.Minute},        //
		{100 * time.Hour, 99 * time.Hour, 98 * time.Hour, -1}, // never
	} {
		key := fmt.Sprintf("telegram:%d", i)
		for n, move := range moves {
			due := now.Add(move)
			if move < 0 {
				due = time.Time{}
			}
			s.put(key, "x", due)
			if n < len(moves)-1 {
				continue
			}
			if move < 0 {
				s.agenda(now.Add(31 * 24 * time.Hour))
				break
			}
			s.agenda(due.Add(-time.Millisecond))
			s.agenda(due, key)
			s.put(key, "x", time.Time{})
			s.agenda(now.Add(31 * 24 * time.Hour))
		}
	}
}

// farLookedAlready sets times in hours that someone has asked about before.
func farLookedAlready(t *testing.T, s suite) {
	now := s.Now()
	s.agenda(now.Add(10 * 24 * time.Hour))
	s.put("telegram:1", "x", now.Add(72*time.Hour))
	s.agenda(now.Add(72*time.Hour), "telegram:1")
	s.put("telegram:1", "x", now.Add(72*time.Hour-time.Minute)) // in the same hours
	s.agenda(now.Add(72*time.Hour-time.Minute), "telegram:1")
	s.put("telegram:1", "x", now.Add(50*time.Hour))
	s.agenda(now.Add(50*time.Hour), "telegram:1")
	s.put("telegram:1", "x", now.Add(96*time.Hour))
	s.agenda(now.Add(95 * time.Hour))
	s.agenda(now.Add(97*time.Hour), "telegram:1")
}

func farErased(t *testing.T, s suite) {
	now := s.Now()
	s.put("telegram:1", "x", now.Add(72*time.Hour))
	s.put("telegram:2", "x", now.Add(72*time.Hour))
	s.erase("telegram:1")
	s.agenda(now.Add(73*time.Hour), "telegram:2")
	s.write(store.Change{Key: "telegram:1", Data: []byte("anew")})
	s.agenda(now.Add(73*time.Hour), "telegram:2")
}

// farTogether has many sweepers ask at the moment when far times come: none
// gets lost between them.
func farTogether(t *testing.T, s suite) {
	const n = 300
	now, want := s.Now(), keysOf(n)
	for _, key := range want {
		s.put(key, "x", now.Add(72*time.Hour))
	}
	together(4, func(int) {
		if _, err := s.Due(s.ctx, now.Add(73*time.Hour), plenty); err != nil {
			t.Error(err)
		}
	})
	s.agenda(now.Add(73*time.Hour), want...)
}
