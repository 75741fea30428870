package storetest

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/s4bot/s4bot/internal/store"
)

func getOfNothing(t *testing.T, s suite) { s.holdsNothing("telegram:1") }

func swapCreates(t *testing.T, s suite) {
	now, ok := s.swap(store.Change{Key: "telegram:1", Data: []byte("first")})
	if !ok || now.Etag == "" || string(now.Data) != "first" {
		t.Fatalf("swap gives %s, ok %v; want what was written, ok", show(now), ok)
	}
	if got := s.get("telegram:1"); !same(got, now) {
		t.Fatalf("get gives %s, want %s as swap gave it", show(got), show(now))
	}
}

func swapReplaces(t *testing.T, s suite) {
	first := s.put("telegram:1", "first", time.Time{})
	now, ok := s.swap(store.Change{Key: "telegram:1", Etag: first.Etag, Data: []byte("second")})
	if !ok || string(now.Data) != "second" {
		t.Fatalf("swap gives %s, ok %v; want what was written, ok", show(now), ok)
	}
	if got := s.get("telegram:1"); !same(got, now) {
		t.Fatalf("get gives %s, want %s as swap gave it", show(got), show(now))
	}
}

func swapOldEtag(t *testing.T, s suite) {
	first := s.put("telegram:1", "first", time.Time{})
	second := s.put("telegram:1", "second", noon)
	late := store.Change{Key: "telegram:1", Etag: first.Etag, Data: []byte("too late"), Due: noon.Add(-time.Hour)}

	for range 2 { // being refused changes nothing either
		now, ok := s.swap(late)
		if ok || !same(now, second) {
			t.Fatalf("swap gives %s, ok %v; want the stored %s, not ok", show(now), ok, show(second))
		}
	}

	if got := s.get("telegram:1"); !same(got, second) {
		t.Fatalf("get gives %s, want %s", show(got), show(second))
	}
	s.agenda(noon.Add(-time.Minute))
	s.agenda(noon, "telegram:1")
}

func swapCreatesOnce(t *testing.T, s suite) {
	first := s.put("telegram:1", "first", time.Time{})
	now, ok := s.swap(store.Change{Key: "telegram:1", Data: []byte("another first")})
	if ok || !same(now, first) {
		t.Fatalf("swap gives %s, ok %v; want the stored %s, not ok", show(now), ok, show(first))
	}
	s.holds("telegram:1", "first")
}

func swapEtagOfNothing(t *testing.T, s suite) {
	elsewhere := s.put("telegram:2", "elsewhere", time.Time{})
	now, ok := s.swap(store.Change{Key: "telegram:1", Etag: elsewhere.Etag, Data: []byte("x"), Due: noon})
	if ok || now.Etag != "" || len(now.Data) != 0 {
		t.Fatalf("swap gives %s, ok %v; want nothing, not ok", show(now), ok)
	}
	s.holdsNothing("telegram:1")
	s.agenda(noon)
}

func etagChanges(t *testing.T, s suite) {
	seen := map[string]bool{}
	for range 50 { // even where the data stay the same, and across an erasing
		for range 2 {
			v := s.put("telegram:1", "same", time.Time{})
			if v.Etag == "" || seen[v.Etag] {
				t.Fatalf("etag %q is empty or was given before", v.Etag)
			}
			seen[v.Etag] = true
		}
		s.erase("telegram:1")
	}
}

func anyBytes(t *testing.T, s suite) {
	every := make([]byte, 256)
	for i := range every {
		every[i] = byte(i)
	}
	for name, data := range map[string]string{
		"empty":                "",
		"every byte":           string(every),
		"zeros":                "\x00\x00\x00",
		"like a stored number": "12",
		"lines":                "a\r\nb\n",
		"not UTF-8":            "\xff\xc0\x80",
		"Chinese":              "刷卡显示 S4 交易失败",
	} {
		t.Run(name, func(t *testing.T) {
			s.put("telegram:1", data, time.Time{})
			s.holds("telegram:1", data)
		})
	}
}

func largeValue(t *testing.T, s suite) {
	data := make([]byte, 1<<20)
	_, _ = rand.NewChaCha8([32]byte{1}).Read(data)
	first := s.put("telegram:1", string(data), time.Time{})
	s.holds("telegram:1", string(data))

	now, ok := s.swap(store.Change{Key: "telegram:1", Etag: "old", Data: []byte("x")})
	if ok || !same(now, first) {
		t.Fatalf("a refused swap gives %s, ok %v; want the large value", show(now), ok)
	}
	slices.Reverse(data)
	s.put("telegram:1", string(data), time.Time{})
	s.holds("telegram:1", string(data))
}

// valuesAreOwn proves that neither later writes nor what callers do with their
// bytes reaches a value that was given or stored.
func valuesAreOwn(t *testing.T, s suite) {
	const size = 10_000
	all := func(with string) string { return strings.Repeat(with, size) }

	data := []byte(all("a"))
	if _, ok := s.swap(store.Change{Key: "telegram:1", Data: data}); !ok {
		t.Fatal("swap is refused")
	}
	clear(data)
	given := s.get("telegram:1")
	refused, _ := s.swap(store.Change{Key: "telegram:1", Etag: "old", Data: []byte("x")})
	for range 20 {
		s.put("telegram:1", all("b"), time.Time{})
		s.put("telegram:2", all("c"), time.Time{})
	}
	for _, v := range []store.Value{given, refused} {
		if string(v.Data) != all("a") {
			t.Fatalf("a value given before later writes is now %s", show(v))
		}
		clear(v.Data)
	}
	s.holds("telegram:1", all("b"))
}

// oddKeys uses each odd string as a conversation and as a room, first all
// together and then with one after another erased.
func oddKeys(t *testing.T, s suite) {
	data := func(i int) string { return "value " + strconv.Itoa(i) }
	for i, key := range odd {
		s.put(key, data(i), noon)
		s.link("room "+key, key)
		s.link(key, key)
	}
	s.agenda(noon, odd...)
	for i, key := range odd {
		for j, other := range odd[i:] {
			s.holds(other, data(i+j))
			s.leads("room "+other, other)
			s.leads(other, other)
		}
		s.erase(key)
		s.holdsNothing(key)
		s.leads("room "+key, "")
		s.leads(key, "")
	}
	s.agenda(noon)
}

// concurrentWriters counts up one number by compare-and-set from many sides.
func concurrentWriters(t *testing.T, s suite) {
	const writers, each = 64, 3
	together(writers, func(int) {
		for range each {
			increment(t, s, "telegram:1")
		}
	})
	s.holds("telegram:1", strconv.Itoa(writers*each))
}

// increment adds one to a number, as often as it takes to get its way.
func increment(t *testing.T, s suite, key string) {
	now, err := s.Get(s.ctx, key)
	for ok := false; !ok; {
		if err != nil {
			t.Errorf("increment: %v", err)
			return
		}
		n, _ := strconv.Atoi(string(now.Data)) // nothing yet counts as 0
		now, ok, err = s.Swap(s.ctx, store.Change{Key: key, Etag: now.Etag, Data: []byte(strconv.Itoa(n + 1))})
	}
}

func concurrentCreators(t *testing.T, s suite) {
	const creators = 64
	won, saw := make([]bool, creators), make([]store.Value, creators)
	together(creators, func(i int) {
		var err error
		saw[i], won[i], err = s.Swap(s.ctx, store.Change{Key: "telegram:1", Data: []byte(strconv.Itoa(i))})
		if err != nil {
			t.Errorf("swap: %v", err)
		}
	})
	stored, winners := s.get("telegram:1"), 0
	for i := range creators {
		if won[i] {
			winners++
		}
		if !same(saw[i], stored) {
			t.Errorf("creator %d saw %s, want the winner's %s", i, show(saw[i]), show(stored))
		}
	}
	if winners != 1 {
		t.Errorf("%d creators won, want 1", winners)
	}
}

// together runs n goroutines that begin at the same moment, and waits for them.
func together(n int, run func(i int)) {
	var all sync.WaitGroup
	start := make(chan struct{})
	for i := range n {
		all.Go(func() {
			<-start
			run(i)
		})
	}
	close(start)
	all.Wait()
}
