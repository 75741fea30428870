package boltstore

import (
	"context"
	"math"

	"go.etcd.io/bbolt"
)

// Append implements store.Feeds.
func (s *Store) Append(_ context.Context, name, entry string, data []byte) (number int64, fresh bool, err error) {
	err = s.writes.do(func(tx *bbolt.Tx) error {
		f, err := feedOf(tx, name).renew(s.expires())
		if err != nil {
			return err
		}
		if number = f.numberOf(entry); number != 0 {
			fresh = false
			return nil
		}
		number, fresh = f.newest+1, true
		return f.add(entry, data)
	})
	if err != nil {
		return 0, false, wrap("add to a feed", err)
	}
	if fresh {
		s.followers.Tell(name)
	}
	return number, fresh, nil
}

// Entries implements store.Feeds. Some are read before the first of them is visited,
// as a visitor who writes would wait for the end of reading.
func (s *Store) Entries(_ context.Context, name string, after int64, visit func(number int64, name string, data []byte) (more bool)) error {
	for newest := int64(math.MaxInt64); after < newest; {
		var some []entry
		err := s.db.View(func(tx *bbolt.Tx) error {
			f := feedOf(tx, name)
			newest = min(newest, f.newest) // what is added meanwhile is for the next time
			some = f.after(after)
			return nil
		})
		if err != nil {
			return wrap("read a feed", err)
		}
		for _, e := range some {
			if after = e.number; !visit(e.number, e.name, e.data) {
				return nil
			}
		}
		if len(some) == 0 {
			return nil
		}
	}
	return nil
}

// Newest implements store.Feeds.
func (s *Store) Newest(_ context.Context, name string) (int64, error) {
	number := int64(0)
	err := s.db.View(func(tx *bbolt.Tx) error {
		number = feedOf(tx, name).newest
		return nil
	})
	return number, wrap("look at a feed", err)
}

// KeepFile implements store.Feeds.
func (s *Store) KeepFile(_ context.Context, name, file string, content []byte) error {
	return wrap("keep a file", s.writes.do(func(tx *bbolt.Tx) error {
		if _, err := feedOf(tx, name).renew(s.expires()); err != nil {
			return err
		}
		return tx.Bucket(files).Put(pair(name, file), content)
	}))
}

// File implements store.Feeds.
func (s *Store) File(_ context.Context, name, file string) ([]byte, error) {
	var content []byte
	err := s.db.View(func(tx *bbolt.Tx) error {
		if kept := tx.Bucket(files).Get(pair(name, file)); kept != nil && feedOf(tx, name).there() {
			content = append([]byte{}, kept...)
		}
		return nil
	})
	return content, wrap("read a file", err)
}

// RemoveFeed implements store.Feeds.
func (s *Store) RemoveFeed(_ context.Context, name string) error {
	there := false
	err := s.writes.do(func(tx *bbolt.Tx) (err error) {
		there, err = feedOf(tx, name).drop()
		return err
	})
	if err == nil && there {
		s.followers.Tell(name)
	}
	return wrap("remove a feed", err)
}

// Follow implements store.Feeds: no other process changes the file.
func (s *Store) Follow(ctx context.Context, hear func(feed string)) { s.followers.Follow(ctx, hear) }
