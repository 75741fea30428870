// Package storetest proves that a store keeps the promises of store.Store. Every
// implementation runs the same suite, so that callers need not know which one
// they have:
//
//	func TestStore(t *testing.T) {
//		storetest.Run(t, func(t *testing.T) store.Store { … })
//	}
//
// It asks for nothing that the comments of store.Store do not promise. What only
// one implementation promises, such as the names of keys, is tested beside it.
package storetest

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/s4bot/s4bot/internal/store"
)

// Run proves a store in named subtests. Each calls open for a store that holds
// nothing yet, and closes it.
func Run(t *testing.T, open func(t *testing.T) store.Store) {
	for _, test := range []struct {
		name string
		run  func(t *testing.T, s suite)
	}{
		{"get of nothing gives a zero value", getOfNothing},
		{"swap creates", swapCreates},
		{"swap replaces", swapReplaces},
		{"swap with an old etag gives the stored value and changes nothing", swapOldEtag},
		{"swap creates only where there is nothing", swapCreatesOnce},
		{"swap with an etag of nothing creates nothing", swapEtagOfNothing},
		{"the etag changes with every write", etagChanges},
		{"any bytes can be a value", anyBytes},
		{"a large value comes back whole", largeValue},
		{"values are the caller's own", valuesAreOwn},
		{"odd keys are kept apart", oddKeys},
		{"concurrent writers lose nothing", concurrentWriters},
		{"of concurrent creators one wins", concurrentCreators},
		{"the agenda follows the value", agendaFollows},
		{"the agenda gives only what is due", agendaOnlyDue},
		{"the agenda gives the most overdue first", agendaOrder},
		{"the agenda gives at most the limit", agendaLimit},
		{"value and agenda change together", agendaTogether},
		{"each visits every value once", eachVisits},
		{"each ends with the visitor's error and with its context", eachEnds},
		{"a link leads to its conversation and never changes", linksStay},
		{"concurrent links of a room agree", concurrentLinks},
		{"erase removes value, agenda and links", eraseRemoves},
		{"erase leaves other conversations alone", eraseLeavesOthers},
		{"an erased conversation can begin anew", eraseAndBegin},
		{"what is aside changes with its value", asideFollows},
		{"what is aside is erased", asideErased},
		{"a lost value can be put back", putBack},
		{"what was erased cannot be put back", putBackErased},
		{"far times come", farDues},
		{"far times move", farMoves},
		{"far times are found where one has looked before", farLookedAlready},
		{"far times are erased", farErased},
		{"far times are lost by no sweeper", farTogether},
		{"a feed grows without holes", feedGrows},
		{"an entry is added once by its name", feedAppendRepeats},
		{"odd names of feeds, entries and files are kept apart", feedOddNames},
		{"a visitor of entries may write and keep", feedVisitorWrites},
		{"a visitor of entries may end and go on", feedVisitorEnds},
		{"concurrent appends keep their order", feedTogether},
		{"a feed keeps its newest entries", feedIsBounded},
		{"files are kept beside a feed", feedFiles},
		{"a feed is removed with its files", feedRemoved},
		{"feeds are erased by key and by linked room", feedErased},
		{"who follows feeds hears of changes", feedFollowed},
		{"a lease has one holder", leaseHeldByOne},
		{"a lease runs out", leaseRunsOut},
		{"of concurrent askers one gets the lease", leaseOneWins},
		{"time goes on", nowGoesOn},
		{"health names the epoch", healthIsTold},
	} {
		t.Run(test.name, func(t *testing.T) { test.run(t, begin(t, open(t))) })
	}
}

// RunRetention proves that values go when their time is over, for stores that
// can be told how long that is.
func RunRetention(t *testing.T, open func(t *testing.T, retention time.Duration) store.Store) {
	t.Run("a value expires", func(t *testing.T) {
		valueExpires(t, begin(t, open(t, 150*time.Millisecond)))
	})
	t.Run("a write keeps a value alive", func(t *testing.T) {
		writesRenew(t, begin(t, open(t, time.Second)), time.Second)
	})
	t.Run("what is aside expires with its value", func(t *testing.T) {
		asideStays(t, begin(t, open(t, time.Second)), time.Second)
	})
	t.Run("a feed expires with its files", func(t *testing.T) {
		feedExpires(t, begin(t, open(t, 150*time.Millisecond)))
	})
	t.Run("a change keeps a feed alive", func(t *testing.T) {
		feedRenewed(t, begin(t, open(t, time.Second)), time.Second)
	})
	t.Run("without retention a feed stays", func(t *testing.T) {
		feedStays(t, begin(t, open(t, 0)))
	})
	t.Run("without retention a value stays", func(t *testing.T) {
		s := begin(t, open(t, 0))
		s.put("telegram:1", "stays", time.Time{})
		s.holds("telegram:1", "stays")
	})
}

// suite is a store under test; a call that fails ends the test.
type suite struct {
	store.Store
	t   *testing.T
	ctx context.Context
}

func begin(t *testing.T, s store.Store) suite {
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("close the store: %v", err)
		}
	})
	return suite{s, t, t.Context()}
}

// noon is some time; the agenda's are told relative to it.
var noon = time.Date(2026, 3, 14, 12, 0, 0, 0, time.UTC)

func (s suite) get(key string) store.Value {
	s.t.Helper()
	v, err := s.Get(s.ctx, key)
	if err != nil {
		s.t.Fatalf("get %q: %v", key, err)
	}
	return v
}

func (s suite) swap(c store.Change) (store.Value, bool) {
	s.t.Helper()
	v, ok, err := s.Swap(s.ctx, c)
	if err != nil {
		s.t.Fatalf("swap %q: %v", c.Key, err)
	}
	return v, ok
}

// put writes a value, whatever is there.
func (s suite) put(key, data string, due time.Time) store.Value {
	s.t.Helper()
	now := s.get(key)
	for {
		var ok bool
		if now, ok = s.swap(store.Change{Key: key, Etag: now.Etag, Data: []byte(data), Due: due}); ok {
			return now
		}
	}
}

func (s suite) due(at time.Time, limit int) []string {
	s.t.Helper()
	keys, err := s.Due(s.ctx, at, limit)
	if err != nil {
		s.t.Fatalf("due: %v", err)
	}
	return keys
}

func (s suite) link(room, key string) {
	s.t.Helper()
	if err := s.Link(s.ctx, room, key); err != nil {
		s.t.Fatalf("link %q to %q: %v", room, key, err)
	}
}

func (s suite) linked(room string) string {
	s.t.Helper()
	key, err := s.Linked(s.ctx, room)
	if err != nil {
		s.t.Fatalf("linked %q: %v", room, err)
	}
	return key
}

func (s suite) erase(key string) {
	s.t.Helper()
	if err := s.Erase(s.ctx, key); err != nil {
		s.t.Fatalf("erase %q: %v", key, err)
	}
}

// holds checks the value of a key.
func (s suite) holds(key, data string) {
	s.t.Helper()
	if v := s.get(key); v.Etag == "" || string(v.Data) != data {
		s.t.Fatalf("%q holds %s, want the data %s", key, show(v), short(data))
	}
}

// holdsNothing checks that a key has no value.
func (s suite) holdsNothing(key string) {
	s.t.Helper()
	if v := s.get(key); v.Etag != "" || len(v.Data) != 0 {
		s.t.Fatalf("%q holds %s, want nothing", key, show(v))
	}
}

// leads checks where a room leads.
func (s suite) leads(room, key string) {
	s.t.Helper()
	if got := s.linked(room); got != key {
		s.t.Fatalf("%q leads to %q, want %q", room, got, key)
	}
}

func same(a, b store.Value) bool { return a.Etag == b.Etag && bytes.Equal(a.Data, b.Data) }

func show(v store.Value) string { return fmt.Sprintf("etag %q with %s", v.Etag, short(string(v.Data))) }

// short keeps a megabyte out of a failure.
func short(data string) string {
	if len(data) > 60 {
		return fmt.Sprintf("%q… (%d bytes)", data[:60], len(data))
	}
	return fmt.Sprintf("%q", data)
}

// siblings gives keys that share a partition in a store whose partition is the
// FNV-1a hash of the key modulo 256, as redisstore's is; to a store without
// partitions they are keys like any others.
func siblings(n int) []string {
	var keys []string
	for i := 0; len(keys) < n; i++ {
		key := fmt.Sprintf("sibling:%d", i)
		hash := uint32(2166136261)
		for _, b := range []byte(key) {
			hash = (hash ^ uint32(b)) * 16777619
		}
		if hash%256 == 7 {
			keys = append(keys, key)
		}
	}
	return keys
}

// keysOf names n conversations.
func keysOf(n int) []string {
	keys := make([]string, n)
	for i := range keys {
		keys[i] = fmt.Sprintf("telegram:%d", i)
	}
	return keys
}

// odd are keys that a careless encoding would mix up or reject.
var odd = []string{
	"telegram:1", "telegram:1:", "telegram:1:2", "telegram:12", // one begins with another
	"slack:C0 42/p 17", " ", " leading and trailing ", // spaces
	":", "::", "s:{7}:telegram:1", "due:{7}", // colons, and names that Redis has for us
	"{", "}", "{}", "{a}b", "a{b}c", "}{", // braces, which mean a slot to Redis
	"微信:商户一", "telegram:🧾", "e\u0301", "\u00e9", // beyond ASCII; two spellings of é
	"web:a*b?[c]", "web:a\\b", "web:\"'`$;--", // patterns and quotes
	"line\nline", "tab\tbed", "nul", "nul\x00", "nul\x00nul", "\xff\xfe", // control characters, invalid UTF-8
	strings.Repeat("long", 500),
}
