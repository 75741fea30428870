package storetest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/s4bot/s4bot/internal/store"
)

// appended adds an entry and checks its number and whether it is new.
func (s suite) appended(feed, name, data string, want int64, wantFresh bool) {
	s.t.Helper()
	number, fresh, err := s.Append(s.ctx, feed, name, []byte(data))
	if err != nil {
		s.t.Fatalf("append %q to %q: %v", name, feed, err)
	}
	if number != want || fresh != wantFresh {
		s.t.Fatalf("append %q to %q gives %d, fresh %v; want %d, %v", name, feed, number, fresh, want, wantFresh)
	}
}

// entries gives what a feed holds after a number, as "number name data".
func (s suite) entries(feed string, after int64) []string {
	s.t.Helper()
	var got []string
	err := s.Entries(s.ctx, feed, after, func(number int64, name string, data []byte) bool {
		got = append(got, fmt.Sprintf("%d %s %s", number, name, data))
		return true
	})
	if err != nil {
		s.t.Fatalf("entries of %q: %v", feed, err)
	}
	return got
}

// shows checks the entries of a feed after a number.
func (s suite) shows(feed string, after int64, want ...string) {
	s.t.Helper()
	if got := s.entries(feed, after); !slices.Equal(got, want) {
		s.t.Fatalf("%q after %d shows %q, want %q", feed, after, got, want)
	}
}

func (s suite) newest(feed string, want int64) {
	s.t.Helper()
	if got, err := s.Newest(s.ctx, feed); got != want || err != nil {
		s.t.Fatalf("the newest of %q is %d, %v; want %d", feed, got, err, want)
	}
}

func (s suite) keepFile(feed, name, content string) {
	s.t.Helper()
	if err := s.KeepFile(s.ctx, feed, name, []byte(content)); err != nil {
		s.t.Fatalf("keep the file %q of %q: %v", name, feed, err)
	}
}

// file gives a file; "" if there is none.
func (s suite) file(feed, name string) string {
	s.t.Helper()
	content, err := s.File(s.ctx, feed, name)
	if err != nil {
		s.t.Fatalf("file %q of %q: %v", name, feed, err)
	}
	return string(content)
}

// has checks a file; "" stands for none.
func (s suite) has(feed, name, want string) {
	s.t.Helper()
	if got := s.file(feed, name); got != want {
		s.t.Fatalf("the file %q of %q is %s, want %s", name, feed, short(got), short(want))
	}
}

// noFeed checks that nothing of a feed is left.
func (s suite) noFeed(feed, file string) {
	s.t.Helper()
	s.newest(feed, 0)
	s.shows(feed, 0)
	s.has(feed, file, "")
}

func feedGrows(t *testing.T, s suite) {
	s.noFeed("web:1", "photo")
	for i, data := range []string{"a", "", "c\x00c", "d"} {
		s.newest("web:1", int64(i))
		s.appended("web:1", fmt.Sprint("post", i), data, int64(i+1), true)
	}
	s.appended("web:12", "post0", "other", 1, true)

	s.newest("web:1", 4)
	s.shows("web:1", 0, "1 post0 a", "2 post1 ", "3 post2 c\x00c", "4 post3 d")
	s.shows("web:1", -1, "1 post0 a", "2 post1 ", "3 post2 c\x00c", "4 post3 d")
	s.shows("web:1", 2, "3 post2 c\x00c", "4 post3 d")
	s.shows("web:1", 4)
	s.shows("web:1", 400)
	s.shows("web:12", 0, "1 post0 other")
}

func feedAppendRepeats(t *testing.T, s suite) {
	s.appended("web:1", "first", "a", 1, true)
	s.appended("web:1", "second", "b", 2, true)
	s.appended("web:1", "first", "changed", 1, false)
	s.appended("web:1", "second", "b", 2, false)
	s.appended("web:1", "third", "c", 3, true)
	s.shows("web:1", 0, "1 first a", "2 second b", "3 third c")
}

func feedOddNames(t *testing.T, s suite) {
	names := append(slices.Clone(odd), "", "n", "1", "=1", "/1", "h", "e", "e\x00\x00\x00\x00\x00\x00\x00\x01")
	for _, feed := range odd {
		s.appended(feed, "post", "of "+feed, 1, true)
	}
	for _, feed := range odd {
		s.shows(feed, 0, "1 post of "+feed)
		if err := s.RemoveFeed(s.ctx, feed); err != nil {
			t.Fatal(err)
		}
	}
	for i, name := range names {
		s.appended("web:1", name, "as "+name, int64(i+1), true)
		s.keepFile("web:1", name, "file "+name)
	}
	for i, got := range s.entries("web:1", 0) {
		s.appended("web:1", names[i], "again", int64(i+1), false)
		s.has("web:1", names[i], "file "+names[i])
		if want := fmt.Sprintf("%d %s as %s", i+1, names[i], names[i]); got != want {
			t.Errorf("entry %s, want %s", short(got), short(want))
		}
	}
	s.newest("web:1", int64(len(names)))
}

// feedVisitorEnds wants no more after some entries, and goes on from there; a feed that
// is read in parts is whole.
func feedVisitorEnds(t *testing.T, s suite) {
	const all, some = 2*store.FeedsAtOnce + 7, store.FeedsAtOnce + 3
	for i := range all {
		s.appended("web:1", fmt.Sprint(i), "x", int64(i+1), true)
	}
	var seen []int64
	for after := int64(0); after < all; {
		visits := 0
		err := s.Entries(s.ctx, "web:1", after, func(number int64, _ string, _ []byte) bool {
			seen = append(seen, number)
			after = number
			visits++
			return visits < some
		})
		if err != nil || visits > some {
			t.Fatalf("%d visits, %v", visits, err)
		}
	}
	for i, number := range seen {
		if number != int64(i+1) {
			t.Fatalf("the entry at %d has the number %d", i, number)
		}
	}
	if len(seen) != all {
		t.Errorf("%d entries of %d are seen", len(seen), all)
	}
}

// feedVisitorWrites uses the store and keeps the data while it visits.
func feedVisitorWrites(t *testing.T, s suite) {
	s.appended("web:1", "first", strings.Repeat("a", 5000), 1, true)
	s.appended("web:1", "second", "b", 2, true)
	var kept [][]byte
	err := s.Entries(s.ctx, "web:1", 0, func(number int64, name string, data []byte) bool {
		kept = append(kept, data)
		s.appended("web:1", "answer to "+name, "x", number+2, true)
		s.keepFile("web:1", name, strings.Repeat("large", 10000))
		return true
	})
	if err != nil {
		t.Fatal(err)
	}
	if string(kept[0]) != strings.Repeat("a", 5000) || string(kept[1]) != "b" {
		t.Errorf("the data that the visitor keeps is %s", short(string(kept[0])))
	}
	kept[1][0] = '!'
	s.shows("web:1", 1, "2 second b", "3 answer to first x", "4 answer to second x")
}

// feedTogether appends to a feed from all sides, each name several times.
func feedTogether(t *testing.T, s suite) {
	const writers, each = 8, 25
	numbers := make([]map[string]int64, writers)
	together(writers, func(i int) {
		numbers[i] = map[string]int64{}
		for n := range each {
			name := fmt.Sprintf("writer %d post %d", i%(writers/2), n) // by two each
			number, _, err := s.Append(s.ctx, "web:1", name, []byte(name))
			if err != nil {
				t.Error(err)
				return
			}
			numbers[i][name] = number
		}
	})
	got := s.entries("web:1", 0)
	if len(got) != writers/2*each {
		t.Fatalf("there are %d entries, want %d", len(got), writers/2*each)
	}
	at := map[string]int{}
	for i, line := range got {
		var number int
		_, _ = fmt.Sscan(line, &number)
		if number != i+1 {
			t.Fatalf("entry %d has the number %d", i+1, number)
		}
		at[line] = number
	}
	for i, mine := range numbers {
		last := int64(0)
		for n := range each {
			name := fmt.Sprintf("writer %d post %d", i%(writers/2), n)
			number := mine[name]
			if at[fmt.Sprintf("%d %s %s", number, name, name)] == 0 {
				t.Errorf("%q got the number %d, but stands elsewhere", name, number)
			}
			if number <= last {
				t.Errorf("%q got the number %d after %d: out of order", name, number, last)
			}
			last = number
		}
	}
}

func feedIsBounded(t *testing.T, s suite) {
	const more = 3
	name := func(n int) string { return fmt.Sprint("post ", n) }
	together(32, func(i int) { // a file takes long for one after the other
		for n := i; n < store.FeedMost; n += 32 {
			if _, _, err := s.Append(s.ctx, "web:1", "early "+name(n), []byte("x")); err != nil {
				t.Error(err)
			}
		}
	})
	s.newest("web:1", store.FeedMost)
	first := s.entries("web:1", 0)
	if len(first) != store.FeedMost {
		t.Fatalf("%d entries are kept, want %d", len(first), store.FeedMost)
	}
	for n := range more {
		s.appended("web:1", name(n), "y", int64(store.FeedMost+1+n), true)
	}
	got := s.entries("web:1", 0)
	if len(got) != store.FeedMost || !slices.Equal(got[:len(got)-more], first[more:]) || got[len(got)-1] != "2003 post 2 y" {
		t.Fatalf("after %d more there are %d entries, from %q to %q", more, len(got), got[0], got[len(got)-1])
	}
	s.shows("web:1", store.FeedMost+1, "2002 post 1 y", "2003 post 2 y")

	dropped, _ := strings.CutPrefix(first[0], "1 ")
	dropped, _ = strings.CutSuffix(dropped, " x")
	s.appended("web:1", dropped, "anew", store.FeedMost+more+1, true)
	s.appended("web:1", name(0), "again", store.FeedMost+1, false)
}
