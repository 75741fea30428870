package slack

import "sync"

// queues keeps what happens in one room in its order, while rooms go side by side.
// The zero value is ready.
type queues struct {
	mu    sync.Mutex // guards tails
	tails map[string]chan struct{}
}

// join takes the next place in a room's queue. turn is closed when all before it
// have left; then, or once nobody works any more, leave must be called.
func (q *queues) join(room string) (turn <-chan struct{}, leave func()) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.tails == nil {
		q.tails = map[string]chan struct{}{}
	}
	before, mine := q.tails[room], make(chan struct{})
	if before == nil {
		before = make(chan struct{})
		close(before)
	}
	q.tails[room] = mine
	return before, func() { q.leave(room, mine) }
}

func (q *queues) leave(room string, mine chan struct{}) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.tails[room] == mine {
		delete(q.tails, room)
	}
	close(mine)
}

// inLine runs f in the background once all before it in a room are through; its place
// is taken when inLine returns. If the errands end first, f never runs. false: too
// much waits, and f never runs.
func (a *Adapter) inLine(run *errands, room string, f func()) bool {
	turn, leave := a.in.queues.join(room)
	ok := run.run(func() {
		defer leave()
		if run.await(turn) {
			f()
		}
	})
	if !ok {
		go func() { <-turn; leave() }() // those before it end, and then so does this
	}
	return ok
}
