package redisstore

import (
	"encoding/binary"
	"fmt"
	"strings"
	"time"

	"github.com/s4bot/s4bot/internal/store"
)

// What precedes the data in a stored value. The due time has its highest bit set
// if the agenda has the entry in a far list.
const (
	dueSize  = 6
	headSize = etagSize + dueSize
	farMark  = 1 << (8*dueSize - 1)
)

// bucketMillis is how long a far list's time is. The scripts know it too.
const bucketMillis = int64(6 * time.Hour / time.Millisecond)

// farAhead is from when on a due time is kept in a far list. It is more than a
// bucket, so that no bucket that has come gets new entries.
const farAhead = 12 * time.Hour

// due is a time as the agenda has it.
type due struct {
	ms  int64 // 0: never
	far bool
}

func dueAt(at, now time.Time) due {
	if at.IsZero() {
		return due{}
	}
	return due{ms: max(at.UnixMilli(), 1), far: at.Sub(now) > farAhead}
}

func (d due) bucket() int64 { return d.ms / bucketMillis }

// encode puts a stored value together.
func encode(etag string, d due, data []byte) []byte {
	bits := uint64(d.ms)
	if d.far {
		bits |= farMark
	}
	raw := make([]byte, 0, headSize+2+len(data))
	raw = append(raw, etag...)
	raw = binary.BigEndian.AppendUint16(raw, uint16(bits>>32))
	raw = binary.BigEndian.AppendUint32(raw, uint32(bits))
	return append(raw, data...)
}

func decode(raw string) (store.Value, error) {
	if raw == "" {
		return store.Value{}, nil
	}
	if first(raw) {
		return store.Value{Etag: raw[:etagSize], Data: []byte(raw[firstHead:])}, nil
	}
	if len(raw) < headSize {
		return store.Value{}, fmt.Errorf("a stored conversation of %d bytes is cut off", len(raw))
	}
	return store.Value{Etag: raw[:etagSize], Data: []byte(raw[headSize:])}, nil
}

// firstHead is how long the etag was, in hexadecimal digits, that preceded the
// data in the first versions. The data began with a 1 then. Its first 10 digits do
// as an etag; the next write gives the value today's form.
const firstHead = 16

func first(raw string) bool {
	return len(raw) > firstHead && raw[firstHead] == 1 && strings.Trim(raw[:firstHead], "0123456789abcdef") == ""
}
