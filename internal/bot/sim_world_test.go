package bot

import (
	"container/heap"
	"iter"
	"math/rand/v2"
	"sync"
	"time"
)

// The simulation runs the real runtime with everything around it made up: the
// clock, the store, the platform, and which of several things that could happen
// next does. A seed decides all of it, so that a seed that fails fails again.
//
// Whatever would run at the same time runs as a coroutine that gives way where
// it would wait: for the store, for the platform, for the clock, for a lock.
// Only one runs at a time. Killing a replica ends its coroutines where they are.

// world is one simulated run.
type world struct {
	rng   *rand.Rand
	now   time.Time
	queue timeline
	order int
	task  *task // that runs
}

func newWorld(seed uint64) *world {
	return &world{
		rng: rand.New(rand.NewPCG(seed, 0x5345)),
		now: time.Date(2026, 3, 14, 12, 0, 0, 0, time.UTC),
	}
}

// task is a coroutine of a replica, or of the world if replica is nil.
type task struct {
	replica *replica
	give    func(struct{}) bool
	next    func() (struct{}, bool)
	stop    func()
	dead    bool
}

// killed unwinds a coroutine of a killed replica.
type killed struct{}

// start makes a coroutine that begins after a time.
func (w *world) start(r *replica, after time.Duration, do func()) {
	t := &task{replica: r}
	t.next, t.stop = iter.Pull(func(give func(struct{}) bool) {
		t.give = give
		defer func() {
			if p := recover(); p != nil {
				if _, ok := p.(killed); !ok {
					panic(p)
				}
			}
		}()
		do()
	})
	if r != nil {
		r.tasks[t] = true
	}
	w.at(after, t)
}

// at puts a task on the timeline.
func (w *world) at(after time.Duration, t *task) {
	w.order++
	heap.Push(&w.queue, moment{w.now.Add(after), w.order, t})
}

// step runs what comes next. It says false if nothing does.
func (w *world) step() bool {
	if len(w.queue) == 0 {
		return false
	}
	m := heap.Pop(&w.queue).(moment)
	if m.at.After(w.now) {
		w.now = m.at
	}
	if m.task.dead {
		return true
	}
	w.task = m.task
	if _, ok := m.task.next(); !ok {
		w.end(m.task)
	}
	w.task = nil
	return true
}

func (w *world) end(t *task) {
	t.dead = true
	if t.replica != nil {
		delete(t.replica.tasks, t)
	}
}

// pass gives way for a time. It does not come back in a killed replica.
func (w *world) pass(d time.Duration) {
	t := w.task
	if t.dead {
		panic(killed{})
	}
	w.at(d, t)
	if !t.give(struct{}{}) {
		t.dead = true
		panic(killed{})
	}
	w.task = t
}

// some gives a time between nothing and d.
func (w *world) some(d time.Duration) time.Duration { return time.Duration(w.rng.Int64N(int64(d))) }

// chance is true so many times in a thousand.
func (w *world) chance(perMille int) bool { return w.rng.IntN(1000) < perMille }

// moment is a place on the timeline.
type moment struct {
	at    time.Time
	order int
	task  *task
}

// timeline is a heap of moments.
type timeline []moment

func (q timeline) Len() int { return len(q) }

func (q timeline) Less(i, j int) bool {
	if !q[i].at.Equal(q[j].at) {
		return q[i].at.Before(q[j].at)
	}
	return q[i].order < q[j].order
}

func (q timeline) Swap(i, j int) { q[i], q[j] = q[j], q[i] }
func (q *timeline) Push(x any)   { *q = append(*q, x.(moment)) }

func (q *timeline) Pop() any {
	last := (*q)[len(*q)-1]
	*q = (*q)[:len(*q)-1]
	return last
}

// simWork is work in a replica of a world.
type simWork struct {
	w *world
	r *replica
}

func (s simWork) start(do func()) { s.w.start(s.r, s.w.some(time.Millisecond), do) }

func (s simWork) after(d time.Duration, do func()) {
	s.w.start(s.r, max(d, 0)+s.w.some(time.Millisecond), do)
}

func (s simWork) sleep(d time.Duration) bool {
	s.w.pass(d)
	return true
}

func (s simWork) last() bool { return false }

func (s simWork) ending() bool { return false }

func (s simWork) persist(d time.Duration) bool { return s.sleep(d) }

func (s simWork) each(keys []string, do func(string)) {
	for _, key := range keys {
		do(key)
	}
}

func (s simWork) lock(mu *sync.Mutex) {
	for !mu.TryLock() {
		s.w.pass(100*time.Microsecond + s.w.some(300*time.Microsecond))
	}
}
