package boltstore_test

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"github.com/s4bot/s4bot/internal/store"
	"github.com/s4bot/s4bot/internal/store/boltstore"
	"github.com/s4bot/s4bot/internal/store/storetest"
)

func TestStore(t *testing.T) {
	for _, test := range []struct {
		name string
		opts boltstore.Options
	}{
		{"durable", boltstore.Options{}},
		{"scratch", boltstore.Options{Scratch: true}},
	} {
		t.Run(test.name, func(t *testing.T) {
			storetest.Run(t, func(t *testing.T) store.Store { return open(t, newFile(t), test.opts) })
		})
	}
	storetest.RunRetention(t, func(t *testing.T, retention time.Duration) store.Store {
		return open(t, newFile(t), boltstore.Options{Retention: retention})
	})
}

func newFile(t *testing.T) string { return filepath.Join(t.TempDir(), "data", "s4bot.db") }

func open(t *testing.T, file string, opts boltstore.Options) *boltstore.Store {
	t.Helper()
	s, err := boltstore.Open(file, opts)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

const key, room = "telegram:12345", "slack:C1/17.5"

var noon = time.Date(2026, 3, 14, 12, 0, 0, 0, time.UTC)

// fill writes a conversation with a time and a room, and their feeds.
func fill(t *testing.T, s store.Store) store.Value {
	t.Helper()
	now, ok, err := s.Swap(t.Context(), store.Change{Key: key, Data: []byte("kept"), Due: noon})
	if !ok || err != nil {
		t.Fatalf("swap gives ok %v, %v", ok, err)
	}
	if err := s.Link(t.Context(), room, key); err != nil {
		t.Fatal(err)
	}
	for _, feed := range []string{key, room} {
		if _, _, err := s.Append(t.Context(), feed, "post", []byte("shown")); err != nil {
			t.Fatal(err)
		}
		if err := s.KeepFile(t.Context(), feed, "photo", []byte("seen")); err != nil {
			t.Fatal(err)
		}
	}
	return now
}

func shut(t *testing.T, s *boltstore.Store) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestReopeningKeepsEverything(t *testing.T) {
	file := newFile(t)
	s := open(t, file, boltstore.Options{})
	before := fill(t, s)
	shut(t, s)

	s = open(t, file, boltstore.Options{})
	defer shut(t, s)
	if now, err := s.Get(t.Context(), key); err != nil || now.Etag != before.Etag || string(now.Data) != "kept" {
		t.Errorf("get gives %+v, %v; want %+v", now, err, before)
	}
	if due, err := s.Due(t.Context(), noon, 10); err != nil || !slices.Equal(due, []string{key}) {
		t.Errorf("due is %q, %v; want %q", due, err, key)
	}
	if leads, err := s.Linked(t.Context(), room); err != nil || leads != key {
		t.Errorf("the room leads to %q, %v; want %q", leads, err, key)
	}
	if number, fresh, err := s.Append(t.Context(), room, "post", []byte("shown")); err != nil || number != 1 || fresh {
		t.Errorf("an entry that was there gets the number %d, fresh %v, %v", number, fresh, err)
	}
	if photo, err := s.File(t.Context(), room, "photo"); err != nil || string(photo) != "seen" {
		t.Errorf("the feed's file is %q, %v", photo, err)
	}
	after, ok, err := s.Swap(t.Context(), store.Change{Key: key, Etag: before.Etag, Data: []byte("new")})
	if err != nil || !ok || after.Etag == before.Etag {
		t.Errorf("a write based on the etag from before gives %+v, ok %v, %v", after, ok, err)
	}
}

func TestASecondOpenerIsToldSoon(t *testing.T) {
	file := newFile(t)
	s := open(t, file, boltstore.Options{})
	begin := time.Now()
	_, err := boltstore.Open(file, boltstore.Options{})
	if err == nil || !strings.Contains(err.Error(), file) || !strings.Contains(err.Error(), "in use") || !strings.Contains(err.Error(), "DATA_DIR") {
		t.Errorf("the second opener gets %v, want which file is in use and what to do", err)
	}
	if took := time.Since(begin); took > 3*time.Second {
		t.Errorf("the second opener waited %v, want about a second", took)
	}
	shut(t, s)
	shut(t, open(t, file, boltstore.Options{})) // now it is free
}

func TestWhatExpiredLeavesTheFile(t *testing.T) {
	file := newFile(t)
	s := open(t, file, boltstore.Options{Retention: time.Millisecond})
	fill(t, s)
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(time.Millisecond) {
		due, err := s.Due(t.Context(), noon, 10)
		if err != nil {
			t.Fatal(err)
		}
		if len(due) == 0 {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("the value did not expire")
		}
	}
	time.Sleep(10 * time.Millisecond) // the feeds may be younger
	if _, err := s.Due(t.Context(), noon, 10); err != nil {
		t.Fatal(err)
	}
	shut(t, s)
	for bucket, entries := range contents(t, file) {
		if slices.Contains([]string{"values", "agenda", "expiry", "feeds", "fades", "files"}, bucket) && len(entries) > 0 {
			t.Errorf("%s still holds %q", bucket, entries)
		}
	}
}

func TestErasingLeavesOnlyAHash(t *testing.T) {
	file := newFile(t)
	s := open(t, file, boltstore.Options{Retention: time.Hour})
	fill(t, s)
	if err := s.Erase(t.Context(), key); err != nil {
		t.Fatal(err)
	}
	shut(t, s)
	for bucket, entries := range contents(t, file) {
		switch {
		case bucket != "tombs" && len(entries) > 0:
			t.Errorf("%s still holds %q", bucket, entries)
		case bucket == "tombs" && len(entries) != 1:
			t.Errorf("there are %d tombstones, want 1", len(entries))
		case strings.Contains(strings.Join(entries, ""), "12345"):
			t.Errorf("%s still tells who it was: %q", bucket, entries)
		}
	}
}

// Whoever has the file can read its free pages, too.
func TestErasingLeavesNothingInFreePages(t *testing.T) {
	file := newFile(t)
	s := open(t, file, boltstore.Options{Retention: time.Hour, Scratch: true})
	defer shut(t, s)
	const secret = "words that nobody may find"
	erased, other := "web:ANN", "web:BOB"
	for i := range 300 { // so that pages of every kind are left behind
		for _, feed := range []string{erased, other} {
			if _, _, err := s.Append(t.Context(), feed, strconv.Itoa(i), []byte(secret+" "+feed+strings.Repeat(".", 50*i))); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := s.KeepFile(t.Context(), erased, "f", []byte(strings.Repeat(secret+" "+erased, 5000))); err != nil {
		t.Fatal(err)
	}
	if err := s.Erase(t.Context(), erased); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(raw), secret+" "+erased); n > 0 {
		t.Errorf("the file still holds it %d times", n)
	}
	left := 0
	err = s.Entries(t.Context(), other, 0, func(_ int64, _ string, data []byte) bool {
		if strings.HasPrefix(string(data), secret+" "+other) {
			left++
		}
		return true
	})
	if err != nil || left != 300 {
		t.Errorf("of another one %d entries are left: %v", left, err)
	}
}

// contents gives the entries of each bucket of a file, key and value in one.
func contents(t *testing.T, file string) map[string][]string {
	t.Helper()
	db, err := bbolt.Open(file, 0o600, &bbolt.Options{ReadOnly: true, Timeout: time.Second})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	all := map[string][]string{}
	err = db.View(func(tx *bbolt.Tx) error {
		return tx.ForEach(func(name []byte, b *bbolt.Bucket) error {
			all[string(name)] = nil
			return b.ForEach(func(k, v []byte) error {
				all[string(name)] = append(all[string(name)], string(k)+" = "+string(v))
				return nil
			})
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}
