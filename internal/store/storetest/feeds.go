package storetest

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

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
	err := s.Entries(s.ctx, feed, after, func(number int64, name string, data []byte) {
		got = append(got, fmt.Sprintf("%d %s %s", number, name, data))
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

// feedVisitorWrites uses the store and keeps the data while it visits.
func feedVisitorWrites(t *testing.T, s suite) {
	s.appended("web:1", "first", strings.Repeat("a", 5000), 1, true)
	s.appended("web:1", "second", "b", 2, true)
	var kept [][]byte
	err := s.Entries(s.ctx, "web:1", 0, func(number int64, name string, data []byte) {
		kept = append(kept, data)
		s.appended("web:1", "answer to "+name, "x", number+2, true)
		s.keepFile("web:1", name, strings.Repeat("large", 10000))
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

func feedFiles(t *testing.T, s suite) {
	s.keepFile("web:1", "photo", "a\x00") // before the first entry
	s.newest("web:1", 0)
	s.shows("web:1", 0)
	s.appended("web:1", "photo", "shown", 1, true)
	s.has("web:1", "photo", "a\x00")
	s.keepFile("web:1", "photo", "b")
	s.keepFile("web:12", "photo", "c")
	s.keepFile("web:1", "large", strings.Repeat("x", 1<<20))
	s.has("web:1", "photo", "b")
	s.has("web:12", "photo", "c")
	s.has("web:1", "large", strings.Repeat("x", 1<<20))
	s.has("web:1", "log", "")

	s.keepFile("web:1", "empty", "")
	if content, err := s.File(s.ctx, "web:1", "empty"); content == nil || err != nil {
		t.Errorf("an empty file is %v, %v; want one that is there", content, err)
	}
	if content, err := s.File(s.ctx, "web:1", "none"); content != nil || err != nil {
		t.Errorf("no file is %v, %v; want nil", content, err)
	}
	s.shows("web:1", 0, "1 photo shown")
}

func feedRemoved(t *testing.T, s suite) {
	s.appended("web:12", "post", "x", 1, true)
	s.keepFile("web:12", "photo", "x")
	for range 2 {
		s.appended("web:1", "post", "x", 1, true)
		s.appended("web:1", "another", "x", 2, true)
		s.keepFile("web:1", "photo", "x")
		for range 2 { // removing what is removed is no error
			if err := s.RemoveFeed(s.ctx, "web:1"); err != nil {
				t.Fatal(err)
			}
			s.noFeed("web:1", "photo")
		}
	}
	s.shows("web:12", 0, "1 post x")
	s.has("web:12", "photo", "x")
}

func (s suite) newestOf(feed string) int64 {
	s.t.Helper()
	number, err := s.Newest(s.ctx, feed)
	if err != nil {
		s.t.Fatal(err)
	}
	return number
}

// feedErased erases by the key of a conversation: what is named like it, and like
// the rooms that lead to it, goes.
func feedErased(t *testing.T, s suite) {
	s.put("web:1", "x", time.Time{})
	s.link("webdesk:7", "web:1")
	s.link("webdesk:8", "web:1")
	s.link("webdesk:9", "web:2")
	s.link("webdesk:9", "web:1") // it leads elsewhere
	all := []string{"web:1", "webdesk:7", "webdesk:8", "webdesk:9", "web:2"}
	for _, feed := range all {
		s.appended(feed, "post", "of "+feed, 1, true)
		s.keepFile(feed, "photo", "of "+feed)
	}
	s.erase("web:1")
	for _, feed := range all[:3] {
		s.noFeed(feed, "photo")
	}
	for _, feed := range all[3:] {
		s.shows(feed, 0, "1 post of "+feed)
		s.has(feed, "photo", "of "+feed)
	}
	s.erase("web:1")
	s.appended("web:1", "post", "anew", 1, true)
	s.has("web:1", "photo", "")
	s.erase("web:nobody has it")

	s.keepFile("web:3", "photo", "without an entry")
	s.erase("web:3")
	s.has("web:3", "photo", "")
}

// feedFollowed changes feeds through one store and hears of it from another, which
// shares what the first one keeps or is the same.
func feedFollowed(t *testing.T, s suite) { Followed(t, s.Store, s.Store) }

// Followed proves that who follows feeds at one store hears of what is changed
// through another, which may be the same.
func Followed(t *testing.T, at, through store.Store) {
	one, another := listen(t, at), listen(t, at)
	s := suite{through, t, t.Context()}
	one.hears("")
	another.hears("")
	one.follows(s)
	another.follows(s)

	s.appended("web:1", "post", "x", 1, true)
	one.hears("web:1")
	another.hears("web:1")
	s.link("webdesk:7", "web:1")
	s.appended("webdesk:7", "post", "x", 1, true)
	one.hears("webdesk:7")

	s.erase("web:1")
	one.hears("web:1")
	one.hears("webdesk:7")
	s.appended("web:2", "post", "x", 1, true)
	one.hears("web:2")
	if err := s.RemoveFeed(s.ctx, "web:2"); err != nil {
		t.Fatal(err)
	}
	one.hears("web:2")

	one.stop() // and the other goes on
	another.follows(s)
	s.appended("web:3", "post", "x", 1, true)
	another.hears("web:3")
	if one.heard("web:3") {
		t.Error("one who follows no longer hears of a change")
	}
}

// listener follows feeds and remembers what it heard.
type listener struct {
	t    *testing.T
	stop func() // and wait until following ends

	mu    sync.Mutex
	feeds map[string]bool
}

func listen(t *testing.T, s store.Store) *listener {
	ctx, cancel := context.WithCancel(t.Context())
	l := &listener{t: t, feeds: map[string]bool{}}
	done := make(chan struct{})
	go func() {
		defer close(done)
		s.Follow(ctx, func(feed string) {
			l.mu.Lock()
			defer l.mu.Unlock()
			l.feeds[feed] = true
		})
	}()
	l.stop = func() { cancel(); <-done }
	t.Cleanup(l.stop)
	return l
}

// heard says whether a feed was heard of since it was last asked for.
func (l *listener) heard(feed string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	heard := l.feeds[feed]
	delete(l.feeds, feed)
	return heard
}

func (l *listener) hears(feed string) {
	l.t.Helper()
	eventually(l.t, fmt.Sprintf("%q is heard of", feed), func() bool { return l.heard(feed) })
}

// follows waits until changes are heard of, and forgets what was.
func (l *listener) follows(s suite) {
	l.t.Helper()
	begin := time.Now()
	eventually(l.t, "changes are heard of", func() bool {
		feed := fmt.Sprintf("trial %d", time.Since(begin))
		s.appended(feed, "post", "x", 1, true)
		defer func() { _ = s.RemoveFeed(s.ctx, feed) }()
		time.Sleep(20 * time.Millisecond)
		return l.heard(feed)
	})
	l.mu.Lock()
	defer l.mu.Unlock()
	maps.DeleteFunc(l.feeds, func(feed string, _ bool) bool { return !strings.HasPrefix(feed, "trial") })
}

// feedExpires waits until a feed has gone with its files; it can begin anew then.
func feedExpires(t *testing.T, s suite) {
	s.appended("web:1", "post", "x", 1, true)
	s.keepFile("web:1", "photo", "x")
	eventually(t, "the feed expires", func() bool { return s.newestOf("web:1") == 0 })
	eventually(t, "the file expires", func() bool { return s.file("web:1", "photo") == "" })
	s.noFeed("web:1", "photo")
	s.appended("web:1", "post", "anew", 1, true)
	s.has("web:1", "photo", "")
}

// feedRenewed adds entries, then files, for longer than the retention: the feed
// stays, with its first entry and its first file, and goes in the end.
func feedRenewed(t *testing.T, s suite, retention time.Duration) {
	s.appended("web:1", "post", "x", 1, true)
	s.keepFile("web:1", "photo", "x")
	last := time.Now()
	for begin := last; time.Since(begin) < retention*3/2; time.Sleep(retention / 10) {
		before := last
		last = time.Now()
		name := fmt.Sprint(time.Since(begin))
		if time.Since(begin) < retention*3/4 {
			if _, _, err := s.Append(s.ctx, "web:1", name, []byte("x")); err != nil {
				t.Fatal(err)
			}
		} else {
			s.keepFile("web:1", name, "x")
		}
		first, photo := s.entries("web:1", 0), s.file("web:1", "photo")
		if time.Since(before) >= retention {
			t.Skip("the machine is too slow to tell")
		}
		if len(first) == 0 || first[0] != "1 post x" || photo != "x" {
			t.Fatalf("%v after a change the feed shows %q, its file is %q", time.Since(before), first, photo)
		}
	}
	eventually(t, "the feed expires", func() bool { return s.newestOf("web:1") == 0 })
	eventually(t, "the file expires", func() bool { return s.file("web:1", "photo") == "" })
}

func feedStays(t *testing.T, s suite) {
	s.appended("web:1", "post", "x", 1, true)
	s.keepFile("web:1", "photo", "x")
	s.shows("web:1", 0, "1 post x")
	s.has("web:1", "photo", "x")
}
