package storetest

import (
	"fmt"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/s4bot/s4bot/internal/store"
)

// plenty is a limit that nothing here reaches.
const plenty = 1000

// agenda checks what is due at a time, in any order.
func (s suite) agenda(at time.Time, want ...string) {
	s.t.Helper()
	got := slices.Sorted(slices.Values(s.due(at, plenty)))
	if !slices.Equal(got, slices.Sorted(slices.Values(want))) {
		s.t.Fatalf("due at %s is %q, want %q", at.Format(time.TimeOnly), got, want)
	}
}

func agendaFollows(t *testing.T, s suite) {
	never := time.Time{}
	for _, step := range []struct {
		what       string
		due        time.Time
		at1, at2   bool // is it due at 12:01, at 12:02?
		eraseFirst bool
	}{
		{what: "a value without a time", due: never},
		{what: "the time is set", due: noon.Add(time.Minute), at1: true, at2: true},
		{what: "the same time again", due: noon.Add(time.Minute), at1: true, at2: true},
		{what: "moved later", due: noon.Add(2 * time.Minute), at2: true},
		{what: "moved earlier", due: noon, at1: true, at2: true},
		{what: "cleared", due: never},
		{what: "cleared again", due: never},
		{what: "set once more", due: noon.Add(2 * time.Minute), at2: true},
		{what: "a new value without a time", eraseFirst: true, due: never},
		{what: "a new value with a time", eraseFirst: true, due: noon, at1: true, at2: true},
	} {
		t.Run(step.what, func(t *testing.T) {
			s := suite{s.Store, t, t.Context()}
			if step.eraseFirst {
				s.erase("telegram:1")
			}
			s.put("telegram:1", step.what, step.due)
			s.isDue("telegram:1", noon.Add(time.Minute), step.at1)
			s.isDue("telegram:1", noon.Add(2*time.Minute), step.at2)
		})
	}
}

// isDue checks that a key is due once, or not at all.
func (s suite) isDue(key string, at time.Time, want bool) {
	s.t.Helper()
	if want {
		s.agenda(at, key)
		return
	}
	s.agenda(at)
}

func agendaOnlyDue(t *testing.T, s suite) {
	s.put("past", "", noon.Add(-24*time.Hour))
	s.put("just past", "", noon.Add(-time.Millisecond))
	s.put("now", "", noon)
	s.put("soon", "", noon.Add(time.Millisecond))
	s.put("later", "", noon.Add(24*time.Hour))
	s.put("never", "", time.Time{})

	s.agenda(noon.Add(-48 * time.Hour))
	s.agenda(noon, "past", "just past", "now")
	s.agenda(noon.In(time.FixedZone("Shanghai", 8*3600)), "past", "just past", "now")
	s.agenda(noon.Add(48*time.Hour), "past", "just past", "now", "soon", "later")
	s.agenda(noon, "past", "just past", "now") // asking takes nothing away
}

// agendaOrder asks within one partition, as only there an order is promised.
func agendaOrder(t *testing.T, s suite) {
	keys := siblings(6)
	for i, after := range []int{3, 1, 5, 0, 4, 2} {
		s.put(keys[i], "", noon.Add(time.Duration(after)*time.Second))
	}
	want := []string{keys[3], keys[1], keys[5], keys[0], keys[4], keys[2]}
	if got := s.due(noon.Add(time.Hour), plenty); !slices.Equal(got, want) {
		t.Fatalf("due is %q, want %q", got, want)
	}
	if got := s.due(noon.Add(time.Hour), 2); !slices.Equal(got, want[:2]) {
		t.Fatalf("the first two due are %q, want %q", got, want[:2])
	}
}

// agendaLimit works an agenda off in portions, as a sweeper does.
func agendaLimit(t *testing.T, s suite) {
	const limit = 4
	left := map[string]bool{}
	for i, key := range keysOf(22) {
		s.put(key, "", noon.Add(time.Duration(i)*time.Second))
		left[key] = true
	}
	for at := noon.Add(time.Hour); len(left) > 0; {
		keys := s.due(at, limit)
		if want := min(limit, len(left)); len(keys) != want {
			t.Fatalf("%d are due with a limit of %d while %d are left, want %d", len(keys), limit, len(left), want)
		}
		for _, key := range keys {
			if !left[key] {
				t.Fatalf("%q is due twice", key)
			}
			delete(left, key)
			s.put(key, "", time.Time{})
		}
	}
	s.agenda(noon.Add(time.Hour))
}

// agendaTogether moves a value and its time back and forth while others look.
// Whoever finds a time that has come must find the value that has it, unless
// the value changed again between the two looks, which its etag tells.
func agendaTogether(t *testing.T, s suite) {
	const writes = 150
	s.put("telegram:1", "idle", time.Time{})
	var done atomic.Bool
	together(3, func(i int) {
		if i > 0 {
			for !done.Load() {
				if err := lookTogether(s); err != nil {
					t.Error(err)
					return
				}
			}
			return
		}
		defer done.Store(true)
		for n := range writes {
			c := store.Change{Key: "telegram:1", Data: []byte("idle")}
			if n%2 == 0 {
				c.Data, c.Due = []byte("due"), noon
			}
			now, err := s.Get(s.ctx, c.Key)
			if err == nil {
				c.Etag = now.Etag
				_, _, err = s.Swap(s.ctx, c)
			}
			if err != nil {
				t.Error(err)
				return
			}
		}
	})
}

func lookTogether(s suite) error {
	before, err := s.Get(s.ctx, "telegram:1")
	if err != nil {
		return err
	}
	keys, err := s.Due(s.ctx, noon, plenty)
	if err != nil {
		return err
	}
	after, err := s.Get(s.ctx, "telegram:1")
	if err != nil || before.Etag != after.Etag {
		return err
	}
	if due := len(keys) > 0; due != (string(after.Data) == "due") {
		return fmt.Errorf("the value says %q while the agenda says due: %v", after.Data, due)
	}
	return nil
}
