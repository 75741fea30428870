// Package boltstore keeps conversations in one file, without any server. It is
// durable and enough for one process: a shop's own team, or trying out.
package boltstore

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"

	"github.com/s4bot/s4bot/internal/store"
)

// The buckets of the file.
var (
	values = []byte("values") // key → sequence, due, expiry (8 bytes each), data
	agenda = []byte("agenda") // due in ms (8 bytes), key → nothing
	expiry = []byte("expiry") // expiry in ms (8 bytes), key → nothing
	rooms  = []byte("rooms")  // room → key
	links  = []byte("links")  // length of key (4 bytes), key, room → nothing
	tombs  = []byte("tombs")  // hash of key → when it was erased
	asides = []byte("asides") // length of key (4 bytes), key, name → data
	feeds  = []byte("feeds")  // length of feed (4 bytes), feed → a bucket, see feed
	fades  = []byte("fades")  // expiry of a feed in ms (8 bytes), feed → nothing
	files  = []byte("files")  // length of feed (4 bytes), feed, name → content
)

// Options say how a file is used.
type Options struct {
	// Retention is how long a value stays after its last change; zero means
	// for ever.
	Retention time.Duration
	// Scratch gives up durability for speed: for files that go when the
	// process goes.
	Scratch bool
}

// Store implements store.Store in one file.
type Store struct {
	db        *bbolt.DB
	opts      Options
	epoch     string
	leases    leases
	writes    writes
	scrubbing sync.Mutex // one at a time
	followers store.Followers
}

var _ store.Store = (*Store)(nil)

// Open opens or makes the file. One process can have it open at a time.
func Open(path string, opts Options) (*Store, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("make the data folder: %w", err)
	}
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{Timeout: time.Second, NoSync: opts.Scratch, NoFreelistSync: true})
	if errors.Is(err, bolterrors.ErrTimeout) {
		return nil, fmt.Errorf("%s is in use by another s4bot: stop that one, or set DATA_DIR to another folder", path)
	}
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	err = db.Update(func(tx *bbolt.Tx) error {
		for _, name := range [][]byte{values, agenda, expiry, rooms, links, tombs, asides, feeds, fades, files} {
			if _, err := tx.CreateBucketIfNotExists(name); err != nil {
				return err
			}
		}
		return dropBlank(tx)
	})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("prepare %s: %w", path, err), db.Close())
	}
	return &Store{db: db, opts: opts, epoch: rand.Text(), writes: writes{db: db}}, nil
}

// Get implements store.Store.
func (s *Store) Get(_ context.Context, key string) (store.Value, error) {
	var v store.Value
	err := s.db.View(func(tx *bbolt.Tx) error {
		v = read(tx, key).value()
		return nil
	})
	return v, wrap("read a conversation", err)
}

func (s *Store) expires() int64 {
	if s.opts.Retention == 0 {
		return 0
	}
	return time.Now().Add(s.opts.Retention).UnixMilli()
}

// Each implements store.Store.
func (s *Store) Each(ctx context.Context, visit func(key string, data []byte) error) error {
	var failed error // of the visitor
	err := s.db.View(func(tx *bbolt.Tx) error {
		c := tx.Bucket(values).Cursor()
		for k, _ := c.First(); k != nil && failed == nil; k, _ = c.Next() {
			if failed = ctx.Err(); failed != nil {
				break
			}
			if v := read(tx, string(k)).value(); v.Etag != "" {
				failed = visit(string(k), v.Data)
			}
		}
		return nil
	})
	return cmp.Or(failed, wrap("read all conversations", err))
}

// Aside implements store.Store.
func (s *Store) Aside(_ context.Context, key, name string) ([]byte, error) {
	var data []byte
	err := s.db.View(func(tx *bbolt.Tx) error {
		if kept := tx.Bucket(asides).Get(pair(key, name)); kept != nil && read(tx, key).value().Etag != "" {
			data = append([]byte{}, kept...)
		}
		return nil
	})
	return data, wrap("read a part of a conversation", err)
}

// Close implements store.Store.
func (s *Store) Close() error { return s.db.Close() }

func wrap(attempt string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w: %w", attempt, store.ErrUnavailable, err)
}
