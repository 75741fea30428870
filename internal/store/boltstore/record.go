package boltstore

import (
	"bytes"
	"encoding/binary"
	"errors"
	"strconv"
	"time"

	"go.etcd.io/bbolt"

	"github.com/s4bot/s4bot/internal/store"
)

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

// drop removes a record and what is aside.
func (r record) drop(tx *bbolt.Tx) error {
	return errors.Join(r.remove(tx), each(tx.Bucket(asides), r.key, func(string) error { return nil }))
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
