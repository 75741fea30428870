package web

import (
	"sync"
	"sync/atomic"
)

// hub wakes the streams that follow a feed. The zero hub has none.
type hub struct {
	// doubts counts how often any feed may have changed in any way.
	doubts atomic.Int64

	mu      sync.Mutex
	streams map[string]map[*tap]bool // by feed
}

// tap is one stream's end of the hub.
type tap struct {
	woken  chan struct{} // holds one: the feed has changed
	typing chan struct{} // holds one: an answer is being written
}

// follow gives a tap on some feeds, until it is let go.
func (h *hub) follow(feeds ...string) (t *tap, letGo func()) {
	t = &tap{make(chan struct{}, 1), make(chan struct{}, 1)}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.streams == nil {
		h.streams = map[string]map[*tap]bool{}
	}
	for _, f := range feeds {
		if h.streams[f] == nil {
			h.streams[f] = map[*tap]bool{}
		}
		h.streams[f][t] = true
	}
	return t, func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		for _, f := range feeds {
			delete(h.streams[f], t)
			if len(h.streams[f]) == 0 {
				delete(h.streams, f)
			}
		}
	}
}

// wake wakes who follows a feed; "": everybody, for any feed may be another one now.
func (h *hub) wake(feed string) {
	if feed == "" {
		h.doubts.Add(1)
	}
	h.each(feed, func(t *tap) { signal(t.woken) })
}

// showTyping shows who follows a feed that an answer is being written.
func (h *hub) showTyping(feed string) { h.each(feed, func(t *tap) { signal(t.typing) }) }

func (h *hub) each(feed string, do func(*tap)) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if feed != "" {
		for t := range h.streams[feed] {
			do(t)
		}
		return
	}
	for _, all := range h.streams {
		for t := range all {
			do(t)
		}
	}
}

func signal(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default: // it will look anyway
	}
}
