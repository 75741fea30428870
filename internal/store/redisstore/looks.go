package redisstore

import (
	"math"
	"sync"
	"time"
)

const (
	// pastBuckets are those that a whole look takes in: 31 days.
	pastBuckets = 31 * 4
	// A look at the last buckets is repeated for what another process may have
	// put there, a whole look for what a Redis that went back in time may have.
	looksEvery = time.Minute
	wholeEvery = time.Hour
)

// looks remembers which far lists were emptied when.
type looks struct {
	mu      sync.Mutex
	last    look
	entries int   // that came where one had looked already
	lowest  int64 // bucket in which one came since the last look
}

// look is a look through the far lists up to a bucket; the zero look is none.
type look struct {
	upTo        int64
	when, whole time.Time
	entries     int
}

// begin gives the buckets to look through when the time has come to one, and the
// look that this will have been.
func (l *looks) begin(bucket int64, now time.Time) ([]int64, look) {
	l.mu.Lock()
	defer l.mu.Unlock()
	next := look{upTo: bucket, when: now, whole: l.last.whole, entries: l.entries}
	first := l.last.upTo
	if l.entries != l.last.entries {
		first = min(first, l.lowest)
	}
	switch {
	case l.last.whole.IsZero() || now.Sub(l.last.whole) >= wholeEvery:
		first, next.whole = math.MinInt64, now
	case l.last.upTo == bucket && l.last.entries == l.entries && now.Sub(l.last.when) < looksEvery:
		return nil, l.last
	}
	var buckets []int64
	for b := max(min(first, bucket), bucket-pastBuckets+1) - 1; b <= bucket; b++ {
		buckets = append(buckets, b)
	}
	return buckets, next
}

// end remembers a look that went through.
func (l *looks) end(done look) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.last = done
}

// came says that a bucket got an entry, so that it is looked through again if it
// was already.
func (l *looks) came(bucket int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.last.whole.IsZero() || bucket > l.last.upTo {
		return
	}
	if l.entries == l.last.entries || bucket < l.lowest {
		l.lowest = bucket
	}
	l.entries++
}

// forget has everything looked through again.
func (l *looks) forget() { l.end(look{}) }
