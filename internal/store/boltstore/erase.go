package boltstore

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"strconv"
	"time"

	"go.etcd.io/bbolt"
)

// Erase implements store.Store. Nothing of what is erased stays in the file, except
// where a reader was just reading it.
func (s *Store) Erase(_ context.Context, key string) error {
	var gone []string // feeds
	err := s.writes.do(func(tx *bbolt.Tx) error {
		err := read(tx, key).drop(tx)
		shown := []string{key}
		err = errors.Join(err, each(tx.Bucket(links), key, func(room string) error {
			shown = append(shown, room)
			return tx.Bucket(rooms).Delete([]byte(room))
		}))
		gone = nil
		for _, name := range shown {
			there, failed := feedOf(tx, name).drop()
			if err = errors.Join(err, failed); there {
				gone = append(gone, name)
			}
		}
		return errors.Join(err, tx.Bucket(tombs).Put(tomb(key), strconv.AppendInt(nil, time.Now().UnixMilli(), 10)))
	})
	if err != nil {
		return wrap("erase a conversation", err)
	}
	s.followers.Tell(gone...)
	return wrap("write over what was erased", s.scrub())
}

// erasedSince says whether a conversation was erased after a time. Tombstones of
// older versions tell no time that can be compared, and count.
func erasedSince(tx *bbolt.Tx, key string, at time.Time) bool {
	mark := tx.Bucket(tombs).Get(tomb(key))
	ms, err := strconv.ParseInt(string(mark), 10, 64)
	return mark != nil && (err != nil || ms >= at.UnixMilli())
}

func tomb(key string) []byte {
	sum := sha256.Sum256([]byte(key))
	return sum[:16]
}

// each removes all pairs of a key from a bucket and visits their names.
func each(b *bbolt.Bucket, key string, visit func(name string) error) error {
	prefix := pair(key, "")
	c := b.Cursor()
	for k, _ := c.Seek(prefix); bytes.HasPrefix(k, prefix); k, _ = c.Seek(prefix) {
		if err := errors.Join(visit(string(k[len(prefix):])), c.Delete()); err != nil {
			return err
		}
	}
	return nil
}
