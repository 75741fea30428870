package storetest

import (
	"fmt"
	"testing"
	"time"
)

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
