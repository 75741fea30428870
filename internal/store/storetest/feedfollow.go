package storetest

import (
	"context"
	"fmt"
	"maps"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/s4bot/s4bot/internal/store"
)

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
