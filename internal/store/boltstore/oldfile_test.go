package boltstore_test

import (
	"encoding/binary"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"go.etcd.io/bbolt"

	"github.com/s4bot/s4bot/internal/store"
	"github.com/s4bot/s4bot/internal/store/boltstore"
)

// A file of the first version, which had no bucket for what is aside and none for
// feeds.
func TestAnOldFileIsRead(t *testing.T) {
	file := newFile(t)
	writeOld(t, file)
	s := open(t, file, boltstore.Options{})
	defer shut(t, s)

	now, err := s.Get(t.Context(), key)
	if err != nil || string(now.Data) != "kept" || now.Etag != strconv.FormatInt(41, 36) {
		t.Fatalf("get gives %+v, %v", now, err)
	}
	if due, err := s.Due(t.Context(), noon, 10); err != nil || !slices.Equal(due, []string{key}) {
		t.Errorf("due is %q, %v", due, err)
	}
	_, ok, err := s.Swap(t.Context(), store.Change{
		Key: key, Etag: now.Etag, Data: []byte("new"), Aside: []store.Aside{{Name: "photo", Data: []byte("x")}},
	})
	if !ok || err != nil {
		t.Errorf("swap gives ok %v, %v", ok, err)
	}
	if number, fresh, err := s.Append(t.Context(), key, "post", []byte("x")); number != 1 || !fresh || err != nil {
		t.Errorf("append gives %d, fresh %v, %v", number, fresh, err)
	}
	if photo, err := s.Aside(t.Context(), key, "photo"); err != nil || string(photo) != "x" {
		t.Errorf("what is aside is %q, %v", photo, err)
	}
}

func writeOld(t *testing.T, file string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		t.Fatal(err)
	}
	db, err := bbolt.Open(file, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	be := func(n int64) []byte { return binary.BigEndian.AppendUint64(nil, uint64(n)) }
	due := noon.UnixMilli()
	err = db.Update(func(tx *bbolt.Tx) error {
		for _, name := range []string{"values", "agenda", "expiry", "rooms", "links", "tombs"} {
			if _, err := tx.CreateBucket([]byte(name)); err != nil {
				return err
			}
		}
		values := tx.Bucket([]byte("values"))
		if err := values.SetSequence(41); err != nil {
			return err
		}
		if err := tx.Bucket([]byte("agenda")).Put(append(be(due), key...), nil); err != nil {
			return err
		}
		return values.Put([]byte(key), slices.Concat(be(41), be(due), be(0), []byte("kept")))
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}
