package redisstore

import (
	"crypto/rand"
	"encoding/binary"
	"time"
)

// An etag tells where a value stands in the history of its conversation, so that
// a process can see that Redis went back in time: 3 bytes of the second in which
// the writer began to use the epoch that the value was written in, 2 bytes that
// count the writes from a random number on, and 5 bytes, of which the highest bit
// says that nothing lies aside and the others are random; all big-endian.
// Seconds and counts go round, and are compared as the nearer way round says.
//
// Within an epoch the history of a value is a line, so that of two of its values
// the one with the lower count is the older. A value of a later epoch than
// another's never counts as older: it may stand on a line that begins before the
// other one. A writer takes over its base's epoch if that is the later, since
// writers begin to use an epoch at different seconds.
//
// Writers that replace the same value differ in the random bits alone. Each tells
// by them whether the value that it finds is its own, and of two in 500,000,000,000
// one would be wrong.
const etagSize = 10

const nothingAside = 0x80

// newEtag gives the etag of a value that replaces another in an epoch that began
// at a second. What lay aside of the base still does.
func newEtag(base string, epoch uint32, aside bool) string {
	raw := make([]byte, 4, etagSize+2)
	binary.BigEndian.PutUint32(raw, epoch<<8)
	raw = raw[:etagSize]
	_, _ = rand.Read(raw[3:]) // never fails, see its documentation
	raw[5] |= nothingAside
	if len(base) == etagSize {
		b, n := readEtag(base)
		if ahead(b, epoch&epochMask, epochMask) {
			copy(raw, base[:3])
		}
		binary.BigEndian.PutUint16(raw[3:], n+1)
		raw[5] &= base[5] | ^byte(nothingAside)
	}
	if aside {
		raw[5] &^= nothingAside
	}
	return string(raw)
}

// hasAside says whether parts of a value may lie aside.
func hasAside(etag string) bool { return len(etag) == etagSize && etag[5]&nothingAside == 0 }

const (
	epochMask = 1<<24 - 1
	countMask = 1<<16 - 1
)

func readEtag(etag string) (began uint32, count uint16) {
	raw := []byte(etag)
	return binary.BigEndian.Uint32(raw) >> 8, binary.BigEndian.Uint16(raw[3:])
}

// ahead says whether one number comes after another on a circle, a power of two
// less one.
func ahead(one, another, mask uint32) bool {
	d := (one - another) & mask
	return d != 0 && d <= mask/2
}

// Precedes implements store.Store.
func (s *Store) Precedes(one, another string) bool {
	if len(one) != etagSize || len(another) != etagSize {
		return false
	}
	began1, count1 := readEtag(one)
	began2, count2 := readEtag(another)
	return !ahead(began1, began2, epochMask) && ahead(uint32(count2), uint32(count1), countMask)
}

// second is the time from which a writer counts an epoch.
func second(t time.Time) uint32 { return uint32(t.Unix()) }
