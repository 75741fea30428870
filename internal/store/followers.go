package store

import (
	"context"
	"sync"
)

// mostNews is how many feeds a slow follower hears of one by one.
const mostNews = 1000

// Followers are those who follow feeds in one process, for implementations of
// Feeds. Telling waits for nobody: what a follower has not heard yet gathers. The
// zero value has none.
type Followers struct {
	mu  sync.Mutex
	all map[*follower]struct{}
}

// follower is one of them; the lock of all guards its news.
type follower struct {
	news map[string]struct{}
	some chan struct{} // holds one if there are news
}

// Tell says that feeds changed; "" stands for any.
func (f *Followers) Tell(feeds ...string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for one := range f.all {
		one.tell(feeds)
	}
}

// Follow is that of Feeds, except that the connection is the caller's business.
func (f *Followers) Follow(ctx context.Context, hear func(feed string)) {
	one := f.join()
	defer f.leave(one)
	for {
		select {
		case <-ctx.Done():
			return
		case <-one.some:
		}
		for feed := range f.newsOf(one) {
			if ctx.Err() != nil {
				return
			}
			hear(feed)
		}
	}
}

func (f *Followers) join() *follower {
	one := &follower{some: make(chan struct{}, 1)}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.all == nil {
		f.all = map[*follower]struct{}{}
	}
	f.all[one] = struct{}{}
	one.tell([]string{""})
	return one
}

func (f *Followers) leave(one *follower) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.all, one)
}

func (f *Followers) newsOf(one *follower) map[string]struct{} {
	f.mu.Lock()
	defer f.mu.Unlock()
	news := one.news
	one.news = nil
	return news
}

// tell adds to what a follower will hear. Any feed stands for all others.
func (one *follower) tell(feeds []string) {
	for _, feed := range feeds {
		_, any := one.news[""]
		switch {
		case any:
		case feed == "" || len(one.news) >= mostNews:
			one.news = map[string]struct{}{"": {}}
		case one.news == nil:
			one.news = map[string]struct{}{feed: {}}
		default:
			one.news[feed] = struct{}{}
		}
		select {
		case one.some <- struct{}{}:
		default:
		}
	}
}
