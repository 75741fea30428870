// Package store says how conversations are kept: one value a conversation,
// changed only by compare-and-set, with an agenda of what is due. Beside them it
// keeps feeds: what a page of our own shows of a room.
//
// Two implementations promise the same, proved by one suite (storetest):
// redisstore for production and boltstore, embedded in one file. A store knows
// nothing of what a value means.
package store

import (
	"context"
	"errors"
	"time"
)

// ErrUnavailable says that the store could not be reached or refused to write.
// Nothing was changed as far as the caller can know; trying again is right,
// because every change is a compare-and-set.
var ErrUnavailable = errors.New("the store is not available")

// Value is what is kept of one conversation. Etag changes with every write; it
// is empty if there is no value.
type Value struct {
	Etag string
	Data []byte
}

// Change replaces a value.
type Change struct {
	Key  string // the conversation
	Etag string // of the value it is based on; empty: there was none
	Data []byte
	// Due is when the conversation next needs attention; zero: never.
	Due time.Time
	// Aside is kept or removed together with the value.
	Aside []Aside
}

// Aside is a part of a conversation that is kept beside its value because it is
// large and seldom needed. Nil Data removes it.
type Aside struct {
	Name string
	Data []byte
}

// ErrErased says that a value cannot be put back, because the merchant wanted
// everything removed.
var ErrErased = errors.New("the conversation was erased")

// Health is how a store is.
type Health struct {
	// Epoch names the history that the store is on. It changes when the store
	// may have lost its newest writes: a restart, a failover. Never empty.
	Epoch string
	// Fill is the share of the memory in use that the store may use; 0 if there
	// is no limit.
	Fill float64
	// Warning tells of a setting with which data may be lost; empty: none.
	Warning string
}

// Store keeps conversations. Every method may be called by many goroutines and,
// for a shared store, by many processes. Errors wrap ErrUnavailable where
// trying again may help.
type Store interface {
	Values
	Rooms
	Commons
	Feeds
	// Erase removes everything kept under a key, what is aside, its links and
	// its place in the agenda, the feeds that are named like the key and like
	// the rooms that lead to it, and leaves a tombstone that holds only a hash
	// of the key.
	Erase(ctx context.Context, key string) error
	// Close frees what the store holds.
	Close() error
}

// Values are the conversations and the agenda of what is due.
type Values interface {
	// Get gives the value of a conversation, or a zero Value.
	Get(ctx context.Context, key string) (Value, error)
	// Swap writes a change if the stored etag is still the one it is based
	// on. ok is false if it is not; the Value is then the stored one, else
	// the one written. Value, agenda and what is aside change together or not
	// at all.
	Swap(ctx context.Context, c Change) (now Value, ok bool, err error)
	// Restore puts a value back exactly as it was, with its etag c.Etag, where
	// the store holds an older one, over, or nothing if over is empty. now is
	// what is then stored; ok is false if the store held something else, which
	// is then now. ErrErased says that the conversation was erased after the
	// value was written, which was at written by Now.
	Restore(ctx context.Context, c Change, over string, written time.Time) (now Value, ok bool, err error)
	// Precedes says whether the value with one etag came before that with
	// another in the history of one conversation. It is true only if that is
	// sure: of values that were written on either side of a loss it is not.
	Precedes(one, another string) bool
	// Aside gives a part that is kept beside the value; nil if there is none.
	Aside(ctx context.Context, key, name string) ([]byte, error)
	// Due gives at most limit conversations whose time has come, the most
	// overdue first within a partition. One may be given whose time was moved
	// meanwhile, or once more after it was attended to, never one too few.
	Due(ctx context.Context, at time.Time, limit int) ([]string, error)
	// Each visits every value, in no order, until visit gives an error, which
	// it gives back. What changes meanwhile is seen before or after, or not at
	// all. It reads everything: for commands, not for turns.
	Each(ctx context.Context, visit func(key string, data []byte) error) error
}

// Rooms are the ways that lead to a conversation.
type Rooms interface {
	// Link makes a room lead to a conversation. A room that is linked
	// already keeps its link.
	Link(ctx context.Context, room, key string) error
	// Linked gives the conversation that a room leads to, or "".
	Linked(ctx context.Context, room string) (string, error)
}

// Commons are what the processes that share a store agree on.
type Commons interface {
	// Lease takes or renews a lease by name for an owner: held is true until it
	// runs out after d or is given up (d of 0), and then no one else holds it.
	// It is measured by the store's clock, not by those of its users.
	Lease(ctx context.Context, name, owner string, d time.Duration) (held bool, err error)
	// Now is the time on which all users of the store agree, whatever their
	// own clocks say. It does not wait for the store.
	Now() time.Time
	// Health asks how the store is. Between two answers that name the same
	// epoch no committed write was lost.
	Health(ctx context.Context) (Health, error)
	// OnEpoch has hear called as soon as an epoch is seen that is not the
	// accepted one. From then on, until Accept names it, calls that need a new
	// connection fail with ErrUnavailable, so that nothing is read or written
	// unawares in an older state. The first epoch counts as accepted. It is
	// called before the store is used.
	OnEpoch(hear func(epoch string))
	// Accept goes on in an epoch.
	Accept(epoch string)
}
