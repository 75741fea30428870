package storetest

import (
	"testing"
	"time"

	"github.com/s4bot/s4bot/internal/store"
)

// valueExpires waits until a value has gone; a write based on it then comes too
// late, and the conversation can begin anew.
func valueExpires(t *testing.T, s suite) {
	old := s.put("telegram:1", "x", time.Time{})
	eventually(t, "the value expires", func() bool { return s.get("telegram:1").Etag == "" })
	s.holdsNothing("telegram:1")
	now, ok := s.swap(store.Change{Key: "telegram:1", Etag: old.Etag, Data: []byte("late")})
	if ok || now.Etag != "" {
		t.Fatalf("a late write gives %s, ok %v; want nothing, not ok", show(now), ok)
	}
	if _, ok := s.swap(store.Change{Key: "telegram:1", Data: []byte("anew")}); !ok {
		t.Fatal("the conversation cannot begin anew")
	}
}

// writesRenew writes now and then for longer than the retention: a value whose
// last write is younger is there.
func writesRenew(t *testing.T, s suite, retention time.Duration) {
	for begin := time.Now(); time.Since(begin) < retention*3/2; {
		wrote := time.Now()
		s.put("telegram:1", "x", time.Time{})
		for time.Since(wrote) < retention/5 {
			v := s.get("telegram:1")
			if young := time.Since(wrote) < retention; young && v.Etag == "" {
				t.Fatalf("the value went %v after its last write, with a retention of %v", time.Since(wrote), retention)
			}
			time.Sleep(retention / 50)
		}
	}
}

// eventually waits until a condition holds.
func eventually(t testing.TB, what string, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); !ok(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("waited in vain until %s", what)
		}
	}
}
