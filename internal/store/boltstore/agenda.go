package boltstore

import (
	"context"
	"encoding/binary"
	"time"

	"go.etcd.io/bbolt"
)

// Due implements store.Store. It also drops values and feeds whose time is over.
func (s *Store) Due(_ context.Context, at time.Time, limit int) ([]string, error) {
	if err := s.dropExpired(); err != nil {
		return nil, wrap("drop what expired", err)
	}
	var keys []string
	err := s.db.View(func(tx *bbolt.Tx) error {
		keys = until(tx.Bucket(agenda), at.UnixMilli(), limit)
		return nil
	})
	return keys, wrap("read the agenda", err)
}

// dropExpired writes only if there is something to drop: a write takes as long
// as the disk needs.
func (s *Store) dropExpired() error {
	over := 0
	err := s.db.View(func(tx *bbolt.Tx) error {
		now := time.Now().UnixMilli()
		over = len(until(tx.Bucket(expiry), now, 1)) + len(until(tx.Bucket(fades), now, 1))
		return nil
	})
	if err != nil || over == 0 {
		return err
	}
	return s.writes.do(dropExpired)
}

func dropExpired(tx *bbolt.Tx) error {
	now := time.Now().UnixMilli()
	for _, key := range until(tx.Bucket(expiry), now, 1000) {
		if err := read(tx, key).drop(tx); err != nil {
			return err
		}
	}
	for _, name := range until(tx.Bucket(fades), now, 1000) {
		if _, err := feedOf(tx, name).drop(); err != nil {
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
