package boltstore

import (
	"errors"

	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"
)

// blank is a bucket of nothing, which is there while free pages are written over.
var blank = []byte("blank")

// blankAtOnce is how many pages one transaction writes over.
const blankAtOnce = 2048

// scrub writes over all that lies in free pages of the file. What is removed from a
// bucket stays in its page until the page is used again, and whoever has the file or a
// copy of it could read it there. Two values of nothing fill a page; once they have
// filled as many as are free, they go, too.
func (s *Store) scrub() error {
	s.scrubbing.Lock()
	defer s.scrubbing.Unlock()
	stats, page := s.db.Stats(), s.db.Info().PageSize
	free, nothing := stats.FreePageN+stats.PendingPageN, make([]byte, page/2-64)
	for from := 0; from < free; from += blankAtOnce {
		err := s.db.Update(func(tx *bbolt.Tx) error {
			b, err := tx.CreateBucketIfNotExists(blank)
			for i := from; err == nil && i < min(from+blankAtOnce, free); i++ {
				err = errors.Join(b.Put(eight(int64(2*i)), nothing), b.Put(eight(int64(2*i+1)), nothing))
			}
			return err
		})
		if err != nil {
			return errors.Join(err, s.db.Update(dropBlank))
		}
	}
	return s.db.Update(dropBlank)
}

// dropBlank removes the bucket of nothing, also one that a process left behind.
func dropBlank(tx *bbolt.Tx) error {
	if err := tx.DeleteBucket(blank); !errors.Is(err, bolterrors.ErrBucketNotFound) {
		return err
	}
	return nil
}
