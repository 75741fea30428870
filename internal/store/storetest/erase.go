package storetest

import (
	"fmt"
	"testing"
	"time"

	"github.com/s4bot/s4bot/internal/store"
)

func linksStay(t *testing.T, s suite) {
	s.leads("slack:C1/17", "")

	s.link("slack:C1/17", "telegram:1") // before the conversation has a value
	s.put("telegram:1", "x", time.Time{})
	s.link("slack:C1/18", "telegram:1") // a second room
	s.link("slack:C1/19", "telegram:2")

	s.link("slack:C1/17", "telegram:2") // none of these changes anything
	s.link("slack:C1/17", "telegram:1")

	s.leads("slack:C1/17", "telegram:1")
	s.leads("slack:C1/18", "telegram:1")
	s.leads("slack:C1/19", "telegram:2")
	s.leads("telegram:1", "") // a conversation is no room that leads to itself
}

func concurrentLinks(t *testing.T, s suite) {
	const linkers = 16
	saw := make([]string, linkers)
	together(linkers, func(i int) {
		err := s.Link(s.ctx, "slack:C1/17", fmt.Sprintf("telegram:%d", i))
		if err == nil {
			saw[i], err = s.Linked(s.ctx, "slack:C1/17")
		}
		if err != nil {
			t.Error(err)
		}
	})
	for i, key := range saw {
		if key == "" || key != saw[0] {
			t.Errorf("linker %d saw %q, linker 0 saw %q", i, key, saw[0])
		}
	}
}

func eraseRemoves(t *testing.T, s suite) {
	old := s.put("telegram:1", "x", noon)
	s.link("slack:C1/17", "telegram:1")
	s.link("slack:C1/18", "telegram:1")

	for range 2 { // erasing what is erased is no error
		s.erase("telegram:1")
		s.holdsNothing("telegram:1")
		s.agenda(noon)
		s.leads("slack:C1/17", "")
		s.leads("slack:C1/18", "")
	}
	now, ok := s.swap(store.Change{Key: "telegram:1", Etag: old.Etag, Data: []byte("late"), Due: noon})
	if ok || now.Etag != "" {
		t.Fatalf("a late write gives %s, ok %v; want nothing, not ok", show(now), ok)
	}
	s.agenda(noon)

	s.erase("telegram:never seen")
	s.link("slack:C1/20", "telegram:only linked")
	s.erase("telegram:only linked")
	s.leads("slack:C1/20", "")
}

func eraseLeavesOthers(t *testing.T, s suite) {
	keys := append(keysOf(12), siblings(4)...)
	for _, key := range keys {
		s.put(key, "of "+key, noon)
		s.link("desk of "+key, key)
	}
	s.put("telegram:erased", "x", noon)
	s.link("desk of telegram:erased", "telegram:erased")
	// A room that leads elsewhere does not become this conversation's by trying.
	s.link("desk of telegram:0", "telegram:erased")

	s.erase("telegram:erased")

	for _, key := range keys {
		s.holds(key, "of "+key)
		s.leads("desk of "+key, key)
	}
	s.agenda(noon, keys...)
}

func eraseAndBegin(t *testing.T, s suite) {
	s.put("telegram:1", "before", noon)
	s.link("slack:C1/17", "telegram:1")
	s.erase("telegram:1")

	s.put("telegram:1", "after", time.Time{})
	s.link("slack:C1/17", "telegram:2")

	s.holds("telegram:1", "after")
	s.agenda(noon)
	s.leads("slack:C1/17", "telegram:2")
}
