// Package redisstore keeps conversations in Redis: one Redis, Sentinel or
// Cluster.
//
// A script does every write: it compares the etag in the stored value, and sets
// value and agenda, and what is aside if there is any, or gives the stored value
// back. All keys of a conversation share a hash slot.
//
//	s:{p}:KEY   the value: 10 bytes of etag, 6 of due time, then the data
//	due:{p}     the agenda: a sorted set of keys by due time in milliseconds
//	far:{p}:B   the agenda of six hours that are far ahead: a list of keys
//	o:{p}:KEY   what is aside: a hash by name
//	a:{p}:KEY   the rooms linked to a conversation, for erasing
//	e:{p}:HASH  the tombstone of an erased conversation
//	l:{p}:NAME  the owner of a lease
//	x:{q}:ROOM  the conversation that a room leads to
//	f:{q}:FEED  a feed with its files: a hash, see feeds.go
//
// The name of a feed that changed is published on the channel "feeds".
//
// p and q are partitions: the FNV-1a hash of key, name, room or feed modulo 256; a
// feed has that of the key or room of its name. B is
// the due time divided by six hours. An entry of a list costs a fifth of one of
// a sorted set, and most conversations wait for days; Due moves the entries over
// when their hours come, and they are left behind in the list when the
// conversation's time moves before that.
package redisstore

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/s4bot/s4bot/internal/store"
)

// Store implements store.Store on Redis.
type Store struct {
	client    redis.UniversalClient
	watch     redis.UniversalClient // not held up by a new epoch; may be client
	retention time.Duration
	clock     clock
	epochs    *epochs
	calls     *combiner
	looks     looks
	turn      atomic.Uint32 // which partition is next to be the first

	followers   store.Followers
	subscribing chan struct{} // holds one while the subscription is somebody's
}

var _ store.Store = (*Store)(nil)

// New makes a store on a client: for tests and commands, because it hears of a
// new epoch from Health only. Values expire by retention after their last
// change; zero means never. Closing the store closes the client.
func New(client redis.UniversalClient, retention time.Duration) *Store {
	return newStore(client, client, new(epochs), Config{Retention: retention})
}

func newStore(client, watch redis.UniversalClient, e *epochs, c Config) *Store {
	return &Store{
		client: client, watch: watch, retention: c.Retention, clock: newClock(c.Clock),
		epochs: e, calls: newCombiner(client), subscribing: make(chan struct{}, 1),
	}
}

// Close implements store.Store. Calls that still wait for Redis fail.
func (s *Store) Close() error {
	s.calls.close()
	err := s.client.Close()
	if s.watch != s.client {
		_ = s.watch.Close()
	}
	return err
}

// Get implements store.Store.
func (s *Store) Get(ctx context.Context, key string) (store.Value, error) {
	raw, err := s.text(ctx, "read a conversation", command("GET", valueKey(key)))
	if err != nil {
		return store.Value{}, err
	}
	return decode(raw)
}

// Aside implements store.Store.
func (s *Store) Aside(ctx context.Context, key, name string) ([]byte, error) {
	data, there, err := s.ask(ctx, "read a part of a conversation", command("HGET", asideKey(key), name))
	if err != nil || !there {
		return nil, err
	}
	return []byte(data.(string)), nil
}
