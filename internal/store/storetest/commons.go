package storetest

import (
	"fmt"
	"sync/atomic"
	"testing"
	"time"
)

func (s suite) lease(name, owner string, d time.Duration, want bool) {
	s.t.Helper()
	held, err := s.Lease(s.ctx, name, owner, d)
	if err != nil {
		s.t.Fatalf("lease %q for %q: %v", name, owner, err)
	}
	if held != want {
		s.t.Fatalf("lease %q for %q is held: %v, want %v", name, owner, held, want)
	}
}

func leaseHeldByOne(t *testing.T, s suite) {
	s.lease("sweep", "a", time.Hour, true)
	s.lease("sweep", "a", time.Hour, true) // renewed
	s.lease("sweep", "b", time.Hour, false)
	s.lease("other", "b", time.Hour, true)
	s.lease("sweep", "b", 0, false) // not theirs to give up
	s.lease("sweep", "b", time.Hour, false)
	s.lease("sweep", "a", 0, false)
	s.lease("sweep", "b", time.Hour, true)
	s.lease("sweep", "a", time.Hour, false)
}

func leaseRunsOut(t *testing.T, s suite) {
	const d = 200 * time.Millisecond
	begin := time.Now()
	s.lease("sweep", "a", d, true)
	eventually(t, "the lease runs out", func() bool {
		held, err := s.Lease(s.ctx, "sweep", "b", time.Hour)
		if err != nil {
			t.Fatal(err)
		}
		return held
	})
	if took := time.Since(begin); took < d-10*time.Millisecond {
		t.Fatalf("the lease of %v ran out after %v", d, took)
	}
	s.lease("sweep", "a", time.Hour, false)
}

func leaseOneWins(t *testing.T, s suite) {
	var won atomic.Int32
	together(32, func(i int) {
		held, err := s.Lease(s.ctx, "sweep", fmt.Sprint(i), time.Hour)
		if err != nil {
			t.Error(err)
		}
		if held {
			won.Add(1)
		}
	})
	if won.Load() != 1 {
		t.Fatalf("%d owners hold the lease, want 1", won.Load())
	}
}

// nowGoesOn checks the store's time against that of this machine, on which the
// store under test runs, too.
func nowGoesOn(t *testing.T, s suite) {
	for range 2 {
		before := s.Now()
		if away := time.Until(before).Abs(); away > 5*time.Second {
			t.Fatalf("the store's time is %v away from this machine's", away)
		}
		eventually(t, "time goes on", func() bool { return s.Now().After(before) })
		if _, err := s.Health(s.ctx); err != nil { // may set the clock
			t.Fatal(err)
		}
	}
}

func healthIsTold(t *testing.T, s suite) {
	s.OnEpoch(func(epoch string) { t.Errorf("heard of the epoch %q while nothing happened", epoch) })
	first, err := s.Health(s.ctx)
	if err != nil || first.Epoch == "" || first.Fill < 0 || first.Fill > 1 {
		t.Fatalf("health is %+v, %v", first, err)
	}
	s.put("telegram:1", "x", time.Time{})
	s.Accept(first.Epoch) // accepting what is accepted changes nothing
	again, err := s.Health(s.ctx)
	if err != nil || again.Epoch != first.Epoch {
		t.Fatalf("the epoch was %q and is %q, %v; nothing happened", first.Epoch, again.Epoch, err)
	}
	s.holds("telegram:1", "x")
}
