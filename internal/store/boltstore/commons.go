package boltstore

import (
	"context"
	"sync"
	"time"

	"github.com/s4bot/s4bot/internal/store"
)

// leases are kept in memory: one process has the file, and its leases end with
// it.
type leases struct {
	mu   sync.Mutex
	held map[string]lease
}

type lease struct {
	owner string
	until time.Time
}

// Lease implements store.Store.
func (s *Store) Lease(_ context.Context, name, owner string, d time.Duration) (bool, error) {
	l := &s.leases
	l.mu.Lock()
	defer l.mu.Unlock()
	now := time.Now()
	if other := l.held[name]; other.owner != owner && now.Before(other.until) {
		return false, nil
	}
	delete(l.held, name)
	if d <= 0 {
		return false, nil
	}
	if l.held == nil {
		l.held = map[string]lease{}
	}
	l.held[name] = lease{owner: owner, until: now.Add(d)}
	return true, nil
}

// Now implements store.Store: the process has no one to agree with.
func (s *Store) Now() time.Time { return time.Now() }

// Health implements store.Store. A file loses nothing while it is open.
func (s *Store) Health(context.Context) (store.Health, error) {
	return store.Health{Epoch: s.epoch}, nil
}

// OnEpoch implements store.Store: there is nothing to hear of.
func (s *Store) OnEpoch(func(epoch string)) {}

// Accept implements store.Store.
func (s *Store) Accept(string) {}
