package boltstore

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"go.etcd.io/bbolt"

	"github.com/s4bot/s4bot/internal/store"
)

// Swap implements store.Store.
func (s *Store) Swap(_ context.Context, c store.Change) (now store.Value, ok bool, err error) {
	err = s.writes.do(func(tx *bbolt.Tx) (err error) {
		now, ok, err = s.replace(tx, c, c.Etag, func() (uint64, error) { return tx.Bucket(values).NextSequence() })
		return err
	})
	if err != nil {
		return store.Value{}, false, wrap("write a conversation", err)
	}
	return now, ok, nil
}

// Restore implements store.Store.
func (s *Store) Restore(_ context.Context, c store.Change, over string, written time.Time) (now store.Value, ok bool, err error) {
	sequence, err := strconv.ParseUint(c.Etag, 36, 64)
	if err != nil {
		return store.Value{}, false, fmt.Errorf("put a conversation back: %q is no etag of this store", c.Etag)
	}
	erased := false
	err = s.writes.do(func(tx *bbolt.Tx) (err error) {
		if erased = erasedSince(tx, c.Key, written); erased {
			return nil
		}
		now, ok, err = s.replace(tx, c, over, func() (uint64, error) { return sequence, nil })
		return err
	})
	switch {
	case err != nil:
		return store.Value{}, false, wrap("put a conversation back", err)
	case erased:
		return store.Value{}, false, store.ErrErased
	}
	return now, ok, nil
}

// Precedes implements store.Store. A file goes back in time only if somebody puts
// an old one in its place, while no process has it open.
func (s *Store) Precedes(one, another string) bool {
	a, bad1 := strconv.ParseUint(one, 36, 64)
	b, bad2 := strconv.ParseUint(another, 36, 64)
	return bad1 == nil && bad2 == nil && a < b
}

// replace writes a value where the stored one has an etag.
func (s *Store) replace(tx *bbolt.Tx, c store.Change, over string, number func() (uint64, error)) (now store.Value, ok bool, err error) {
	old := read(tx, c.Key)
	before := old.value()
	if before.Etag != over {
		return before, false, nil
	}
	if before.Etag == "" { // what is over may still lie there
		err = old.drop(tx)
	} else {
		err = old.remove(tx)
	}
	sequence, failed := number()
	if err = errors.Join(err, failed); err != nil {
		return store.Value{}, false, err
	}
	fresh := record{key: c.Key, sequence: sequence, due: millis(c.Due), expires: s.expires(), data: c.Data}
	return fresh.value(), true, errors.Join(fresh.put(tx), putAside(tx, c))
}

func putAside(tx *bbolt.Tx, c store.Change) error {
	var err error
	for _, a := range c.Aside {
		if a.Data == nil {
			err = errors.Join(err, tx.Bucket(asides).Delete(pair(c.Key, a.Name)))
		} else {
			err = errors.Join(err, tx.Bucket(asides).Put(pair(c.Key, a.Name), a.Data))
		}
	}
	return err
}
