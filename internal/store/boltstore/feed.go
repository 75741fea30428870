package boltstore

import (
	"bytes"
	"encoding/binary"
	"errors"
	"time"

	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"

	"github.com/s4bot/s4bot/internal/store"
)

// feed is a feed as it lies in the file. Its bucket holds, by the first byte of
// the key:
//
//	h         the head: number of the newest entry, expiry in ms (8 bytes each)
//	eNUMBER   an entry (8 bytes of number): length of name (4 bytes), name, data
//	nNAME     the number of the entry that has a name (8 bytes)
//
// Files lie in a bucket for those of all feeds: a small write next to a large
// value would write that, too.
type feed struct {
	tx      *bbolt.Tx
	name    string
	bucket  *bbolt.Bucket // nil: there is none
	newest  int64
	expires int64 // in ms; 0: never
}

// entry is one of a feed.
type entry struct {
	number int64
	name   string
	data   []byte
}

var head = []byte("h")

// feedOf reads the head of a feed. One whose time is over is none, even if it
// still lies in the file.
func feedOf(tx *bbolt.Tx, name string) feed {
	f := feed{tx: tx, name: name}
	b := tx.Bucket(feeds).Bucket(pair(name, ""))
	if b == nil {
		return f
	}
	raw := b.Get(head)
	f.expires = number(raw[8:])
	if f.expires == 0 || f.expires > time.Now().UnixMilli() {
		f.bucket, f.newest = b, number(raw)
	}
	return f
}

func (f feed) there() bool { return f.bucket != nil }

// renew makes the feed, if there is none, and has it expire at a time.
func (f feed) renew(expires int64) (feed, error) {
	var err error
	if f.there() {
		err = f.tx.Bucket(fades).Delete(timeKey(f.expires, f.name))
	} else {
		_, err = f.drop() // what is over may still lie there
		b, failed := f.tx.Bucket(feeds).CreateBucket(pair(f.name, ""))
		f.bucket, err = b, errors.Join(err, failed)
	}
	if err != nil {
		return f, err
	}
	if f.expires = expires; expires != 0 {
		err = f.tx.Bucket(fades).Put(timeKey(expires, f.name), nil)
	}
	return f, errors.Join(err, f.putHead())
}

func (f feed) putHead() error {
	return f.bucket.Put(head, append(eight(f.newest), eight(f.expires)...))
}

// numberOf is the number of the entry that has a name; 0: there is none.
func (f feed) numberOf(name string) int64 {
	if raw := f.bucket.Get(nameKey(name)); raw != nil {
		return number(raw)
	}
	return 0
}

// add puts an entry at the end, and drops the one that is too many.
func (f feed) add(name string, data []byte) error {
	f.newest++
	raw := append(pair(name, ""), data...)
	err := errors.Join(
		f.bucket.Put(entryKey(f.newest), raw),
		f.bucket.Put(nameKey(name), eight(f.newest)),
		f.putHead(),
	)
	old := entryKey(f.newest - store.FeedMost)
	if raw := f.bucket.Get(old); raw != nil {
		dropped, _ := apart(raw)
		err = errors.Join(err, f.bucket.Delete(old), f.bucket.Delete(nameKey(dropped)))
	}
	return err
}

// after gives the next entries after a number.
func (f feed) after(n int64) []entry {
	if !f.there() {
		return nil
	}
	var entries []entry
	c := f.bucket.Cursor()
	for k, v := c.Seek(entryKey(max(n, 0) + 1)); bytes.HasPrefix(k, []byte("e")) && len(entries) < store.FeedsAtOnce; k, v = c.Next() {
		name, data := apart(v)
		entries = append(entries, entry{number(k[1:]), name, data})
	}
	return entries
}

// drop removes what lies in the file of a feed and says whether there was one.
func (f feed) drop() (there bool, err error) {
	err = f.tx.Bucket(feeds).DeleteBucket(pair(f.name, ""))
	if there = err == nil; !there && !errors.Is(err, bolterrors.ErrBucketNotFound) {
		return false, err
	}
	return there, errors.Join(
		f.tx.Bucket(fades).Delete(timeKey(f.expires, f.name)),
		each(f.tx.Bucket(files), f.name, func(string) error { return nil }),
	)
}

// apart takes a stored entry apart.
func apart(raw []byte) (name string, data []byte) {
	n := 4 + int(binary.BigEndian.Uint32(raw))
	return string(raw[4:n]), append([]byte{}, raw[n:]...)
}

func entryKey(n int64) []byte    { return append([]byte("e"), eight(n)...) }
func nameKey(name string) []byte { return append([]byte("n"), name...) }
func eight(n int64) []byte       { return binary.BigEndian.AppendUint64(nil, uint64(n)) }
func number(raw []byte) int64    { return int64(binary.BigEndian.Uint64(raw)) }
