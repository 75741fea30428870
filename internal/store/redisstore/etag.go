package redisstore

import (
	"crypto/rand"
	"encoding/binary"
	"time"
)

// An etag tells where a value stands in the history of its conversation, so that
// a process can see that Redis went back in time: 3 bytes of the second in which
// the writer began to use the epoch that the value was written in, 3 bytes that
// count the writes from a random number on, and 2 random bytes, all big-endian.
// Seconds and counts go round, and are compared as the nearer way round says.
//
// Within an epoch the history of a value is a line, so that of two of its values
// the one with the lower count is the older. A value of a later epoch than
// another's never counts as older: it may stand on a line that begins before the
// other one. A writer takes over its base's epoch if that is the later, since
// writers begin to use an epoch at different seconds.
const etagSize = 8

const etagMask = 1<<24 - 1

// newEtag gives the etag of a value that replaces another in an epoch that began
// at a second.
func newEtag(base string, epoch uint32) string {
	var random [4]byte
	_, _ = rand.Read(random[:]) // never fails, see its documentation
	began, count := epoch&etagMask, binary.BigEndian.Uint32(random[:])>>10
	if len(base) == etagSize {
		b, n := readEtag(base)
		if ahead(b, began) {
			began = b
		}
		count = n + 1
	}
	var raw [etagSize]byte
	binary.BigEndian.PutUint32(raw[:], began<<8)
	binary.BigEndian.PutUint32(raw[3:], count<<8)
	copy(raw[6:], random[2:])
	return string(raw[:])
}

func readEtag(etag string) (began, count uint32) {
	raw := []byte(etag)
	return binary.BigEndian.Uint32(raw) >> 8, binary.BigEndian.Uint32(raw[3:]) >> 8
}

// ahead says whether one number comes after another.
func ahead(one, another uint32) bool {
	d := (one - another) & etagMask
	return d != 0 && d < 1<<23
}

// Precedes implements store.Store.
func (s *Store) Precedes(one, another string) bool {
	if len(one) != etagSize || len(another) != etagSize {
		return false
	}
	began1, count1 := readEtag(one)
	began2, count2 := readEtag(another)
	return !ahead(began1, began2) && ahead(count2, count1)
}

// second is the time from which a writer counts an epoch.
func second(t time.Time) uint32 { return uint32(t.Unix()) }
