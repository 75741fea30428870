package boltstore

import (
	"context"
	"encoding/binary"
	"errors"

	"go.etcd.io/bbolt"
)

// Link implements store.Store.
func (s *Store) Link(_ context.Context, room, key string) error {
	return wrap("link a room", s.writes.do(func(tx *bbolt.Tx) error {
		if tx.Bucket(rooms).Get([]byte(room)) != nil {
			return nil
		}
		return errors.Join(
			tx.Bucket(rooms).Put([]byte(room), []byte(key)),
			tx.Bucket(links).Put(pair(key, room), nil),
		)
	}))
}

// pair joins a key and a name such that no two pairs give the same bytes, and all
// pairs of a key begin alike.
func pair(key, name string) []byte {
	k := binary.BigEndian.AppendUint32(nil, uint32(len(key)))
	return append(append(k, key...), name...)
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
