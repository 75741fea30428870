package redisstore

import (
	"sync/atomic"
	"time"
)

// clock tells the time of Redis: the local time since the store was opened,
// which no setting of the local clock moves, and how far Redis was ahead when it
// was last asked.
type clock struct {
	local func() time.Time
	begin time.Time
	ahead *atomic.Int64 // in ns
}

func newClock(local func() time.Time) clock {
	if local == nil {
		local = time.Now
	}
	return clock{local: local, begin: local(), ahead: new(atomic.Int64)}
}

// elapsed is the local time since the store was opened.
func (c clock) elapsed() time.Duration { return c.local().Sub(c.begin) }

func (c clock) now() time.Time {
	return c.begin.Add(c.elapsed() + time.Duration(c.ahead.Load()))
}

// learn takes what Redis said between two local times, halfway as far as anyone
// can know.
func (c clock) learn(said time.Time, asked, heard time.Duration) {
	half := c.begin.Add(asked + (heard-asked)/2)
	c.ahead.Store(int64(said.Sub(half)))
}

// Now implements store.Store. Until Health was asked it is the local time.
func (s *Store) Now() time.Time { return s.clock.now() }
