package web

import (
	"sync"
	"time"
)

// limit says how often something may be done in a span of time: by each, and by all
// together (0: no matter). Whoever is not among the first keysMost of a span may not.
type limit struct {
	each, all int
	span      time.Duration

	mu    sync.Mutex
	since time.Time
	by    map[string]int
	sum   int
}

const keysMost = 100_000

// allows says whether a key may once more, else how long it must wait.
func (l *limit) allows(key string, now time.Time) (ok bool, wait time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.look(key, now)
}

// takes is allows, and counts in the same moment if so: of many who come at once no
// more may than the limit says.
func (l *limit) takes(key string, now time.Time) (ok bool, wait time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if ok, wait = l.look(key, now); ok {
		l.by[key]++
		l.sum++
	}
	return ok, wait
}

func (l *limit) look(key string, now time.Time) (ok bool, wait time.Duration) {
	l.begin(now)
	if l.by[key] < l.each && (l.all == 0 || l.sum < l.all) && len(l.by) < keysMost {
		return true, 0
	}
	return false, l.span - now.Sub(l.since)
}

// begin begins a new span when the old one is over.
func (l *limit) begin(now time.Time) {
	if l.by == nil || now.Sub(l.since) >= l.span {
		l.since, l.by, l.sum = now, map[string]int{}, 0
	}
}

// limits are how often things may be done: wrong tokens tried by an address, files sent
// to a room and by an address, conversations begun by an address, messages in a room.
type limits struct{ signIn, roomFiles, files, begun, said limit }

func newLimits() *limits {
	return &limits{
		signIn:    limit{each: 5, all: 60, span: time.Minute},
		roomFiles: limit{each: 20, span: 10 * time.Minute},
		files:     limit{each: 100, span: 10 * time.Minute},
		begun:     limit{each: 60, span: 10 * time.Minute},
		said:      limit{each: 120, span: time.Minute},
	}
}
