// Package boltstore keeps conversations in one file, without any server. It is
// durable and enough for one process: a shop's own team, or trying out.
package boltstore

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
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
	db   *bbolt.DB
	opts Options
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
		for _, name := range [][]byte{values, agenda, expiry, rooms, links, tombs} {
			if _, err := tx.CreateBucketIfNotExists(name); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("prepare %s: %w", path, err), db.Close())
	}
	return &Store{db: db, opts: opts}, nil
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

// Swap implements store.Store.
func (s *Store) Swap(_ context.Context, c store.Change) (now store.Value, ok bool, err error) {
	err = s.db.Update(func(tx *bbolt.Tx) error {
		old := read(tx, c.Key)
		if old.value().Etag != c.Etag {
			now, ok = old.value(), false
			return nil
		}
		sequence, err := tx.Bucket(values).NextSequence()
		if err != nil {
			return err
		}
		fresh := record{key: c.Key, sequence: sequence, due: millis(c.Due), expires: s.expires(), data: c.Data}
		now, ok = fresh.value(), true
		return errors.Join(old.remove(tx), fresh.put(tx))
	})
	if err != nil {
		return store.Value{}, false, wrap("write a conversation", err)
	}
	return now, ok, nil
}

func (s *Store) expires() int64 {
	if s.opts.Retention == 0 {
		return 0
	}
	return time.Now().Add(s.opts.Retention).UnixMilli()
}

// Due implements store.Store. It also drops values whose time is over.
func (s *Store) Due(_ context.Context, at time.Time, limit int) ([]string, error) {
	if err := s.db.Update(dropExpired); err != nil {
		return nil, wrap("drop expired conversations", err)
	}
	var keys []string
	err := s.db.View(func(tx *bbolt.Tx) error {
		keys = until(tx.Bucket(agenda), at.UnixMilli(), limit)
		return nil
	})
	return keys, wrap("read the agenda", err)
}

func dropExpired(tx *bbolt.Tx) error {
	for _, key := range until(tx.Bucket(expiry), time.Now().UnixMilli(), 1000) {
		if err := read(tx, key).remove(tx); err != nil {
			return err
		}
	}
	return nil
}

// until gives the keys that stand in a time-ordered bucket up to a time.
func until(b *bbolt.Bucket, ms int64, limit int) []string {
	var keys []string
	c := b.Cursor()
	for k, _ := c.First(); k != nil && len(keys) < limit; k, _ = c.Next() {
		if int64(binary.BigEndian.Uint64(k)) > ms {
			break
		}
		keys = append(keys, string(k[8:]))
	}
	return keys
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

// Link implements store.Store.
func (s *Store) Link(_ context.Context, room, key string) error {
	return wrap("link a room", s.db.Update(func(tx *bbolt.Tx) error {
		if tx.Bucket(rooms).Get([]byte(room)) != nil {
			return nil
		}
		return errors.Join(
			tx.Bucket(rooms).Put([]byte(room), []byte(key)),
			tx.Bucket(links).Put(linkKey(key, room), nil),
		)
	}))
}

func linkKey(key, room string) []byte {
	k := binary.BigEndian.AppendUint32(nil, uint32(len(key)))
	return append(append(k, key...), room...)
}

// Linked implements store.Store.
func (s *Store) Linked(_ context.Context, room string) (string, error) {
	key := ""
	err := s.db.View(func(tx *bbolt.Tx) error {
		key = string(tx.Bucket(rooms).Get([]byte(room)))
		return nil
	})
	return key, wrap("look up a room", err)
}

// Erase implements store.Store.
func (s *Store) Erase(_ context.Context, key string) error {
	return wrap("erase a conversation", s.db.Update(func(tx *bbolt.Tx) error {
		if err := read(tx, key).remove(tx); err != nil {
			return err
		}
		prefix := linkKey(key, "")
		c := tx.Bucket(links).Cursor()
		for k, _ := c.Seek(prefix); bytes.HasPrefix(k, prefix); k, _ = c.Seek(prefix) {
			if err := errors.Join(tx.Bucket(rooms).Delete(k[len(prefix):]), c.Delete()); err != nil {
				return err
			}
		}
		sum := sha256.Sum256([]byte(key))
		return tx.Bucket(tombs).Put(sum[:16], []byte(time.Now().UTC().Format(time.RFC3339)))
	}))
}

// Close implements store.Store.
func (s *Store) Close() error { return s.db.Close() }

// record is a value as it lies in the file.
type record struct {
	key          string
	sequence     uint64 // 0: there is none
	due, expires int64  // in ms; 0: never
	data         []byte
}

const header = 24

func read(tx *bbolt.Tx, key string) record {
	raw := tx.Bucket(values).Get([]byte(key))
	if len(raw) < header {
		return record{key: key}
	}
	return record{
		key: key, sequence: binary.BigEndian.Uint64(raw),
		due: int64(binary.BigEndian.Uint64(raw[8:])), expires: int64(binary.BigEndian.Uint64(raw[16:])),
		data: bytes.Clone(raw[header:]),
	}
}

// value gives the record as callers see it; its etag is the write's number,
// which no two writes of a file share. A record whose time is over is none, even
// if it still lies in the file.
func (r record) value() store.Value {
	if r.sequence == 0 || r.expires != 0 && r.expires <= time.Now().UnixMilli() {
		return store.Value{}
	}
	return store.Value{Etag: strconv.FormatUint(r.sequence, 36), Data: r.data}
}

func (r record) put(tx *bbolt.Tx) error {
	raw := make([]byte, header, header+len(r.data))
	binary.BigEndian.PutUint64(raw, r.sequence)
	binary.BigEndian.PutUint64(raw[8:], uint64(r.due))
	binary.BigEndian.PutUint64(raw[16:], uint64(r.expires))
	err := tx.Bucket(values).Put([]byte(r.key), append(raw, r.data...))
	if r.due != 0 {
		err = errors.Join(err, tx.Bucket(agenda).Put(timeKey(r.due, r.key), nil))
	}
	if r.expires != 0 {
		err = errors.Join(err, tx.Bucket(expiry).Put(timeKey(r.expires, r.key), nil))
	}
	return err
}

func (r record) remove(tx *bbolt.Tx) error {
	if r.sequence == 0 {
		return nil
	}
	return errors.Join(
		tx.Bucket(values).Delete([]byte(r.key)),
		tx.Bucket(agenda).Delete(timeKey(r.due, r.key)),
		tx.Bucket(expiry).Delete(timeKey(r.expires, r.key)),
	)
}

func timeKey(ms int64, key string) []byte {
	k := make([]byte, 8, 8+len(key))
	binary.BigEndian.PutUint64(k, uint64(ms))
	return append(k, key...)
}

func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func wrap(attempt string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w: %w", attempt, store.ErrUnavailable, err)
}
