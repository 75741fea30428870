package boltstore

import (
	"sync"

	"go.etcd.io/bbolt"
)

// writes puts what is written at the same time into one transaction, because
// each waits for the disk. A lone write begins at once; those that come while
// the disk is busy share the next transaction.
type writes struct {
	db *bbolt.DB

	mu      sync.Mutex
	waiting []*write
	busy    bool
}

// write is one of a transaction. Its function may run more than once.
type write struct {
	run  func(*bbolt.Tx) error
	done chan error
}

// do gives back when the write is on the disk, or why it is not.
func (w *writes) do(run func(*bbolt.Tx) error) error {
	mine := &write{run: run, done: make(chan error, 1)}
	w.mu.Lock()
	w.waiting = append(w.waiting, mine)
	idle := !w.busy
	w.busy = true
	w.mu.Unlock()
	if idle {
		go w.work()
	}
	return <-mine.done
}

// work commits until nothing waits.
func (w *writes) work() {
	for {
		w.mu.Lock()
		together := w.waiting
		w.waiting = nil
		w.busy = len(together) > 0
		w.mu.Unlock()
		if len(together) == 0 {
			return
		}
		w.commit(together)
	}
}

// commit writes all together or, if that fails because of one, each by itself.
func (w *writes) commit(together []*write) {
	err := w.db.Update(func(tx *bbolt.Tx) error {
		for _, one := range together {
			if err := one.run(tx); err != nil {
				return err
			}
		}
		return nil
	})
	for _, one := range together {
		if err != nil && len(together) > 1 {
			one.done <- w.db.Update(one.run)
			continue
		}
		one.done <- err
	}
}
