// Package store says how conversations are kept: one value a conversation,
// changed only by compare-and-set, with an agenda of what is due.
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
}

// Store keeps conversations. Every method may be called by many goroutines and,
// for a shared store, by many processes. Errors wrap ErrUnavailable where
// trying again may help.
type Store interface {
	// Get gives the value of a conversation, or a zero Value.
	Get(ctx context.Context, key string) (Value, error)
	// Swap writes a change if the stored etag is still the one it is based
	// on. ok is false if it is not; the Value is then the stored one, else
	// the one written. Value and agenda change together or not at all.
	Swap(ctx context.Context, c Change) (now Value, ok bool, err error)
	// Due gives at most limit conversations whose time has come, the most
	// overdue first within a partition.
	Due(ctx context.Context, at time.Time, limit int) ([]string, error)
	// Each visits every value, in no order, until visit gives an error, which
	// it gives back. What changes meanwhile is seen before or after, or not at
	// all. It reads everything: for commands, not for turns.
	Each(ctx context.Context, visit func(key string, data []byte) error) error
	// Link makes a room lead to a conversation. A room that is linked
	// already keeps its link.
	Link(ctx context.Context, room, key string) error
	// Linked gives the conversation that a room leads to, or "".
	Linked(ctx context.Context, room string) (string, error)
	// Erase removes everything kept under a key, its links and its place in
	// the agenda, and leaves a tombstone that holds only a hash of the key.
	Erase(ctx context.Context, key string) error
	// Close frees what the store holds.
	Close() error
}
