package bot

import "time"

// bucket measures how fast a merchant writes: a token bucket, kept as the tokens
// that are missing, so that the bucket of a calm merchant is the zero value.
type bucket struct {
	Missing float64   `json:"missing,omitempty"`
	At      time.Time `json:"at,omitzero"`
	// Told says that the merchant was told to slow down.
	Told bool `json:"told,omitempty"`
}

// bucketFill is how often a merchant may send a message for long: more than
// anybody types who wants an answer.
const bucketFill = 2 * time.Second

// flow fills a bucket of a size up to now.
func (b *bucket) flow(now time.Time, size int) {
	if passed := now.Sub(b.At); passed > 0 {
		b.Missing -= float64(passed) / float64(bucketFill)
		b.At = now
	}
	if b.Missing <= float64(size)/2 {
		b.Told = false
	}
	if b.Missing <= 0 {
		*b = bucket{}
	}
}

// take takes a token for one message, if there is one.
func (b *bucket) take(now time.Time, size int) bool {
	if size == 0 {
		return true
	}
	b.flow(now, size)
	if b.Missing+1 > float64(size) {
		return false
	}
	b.Missing++
	b.At = now
	return true
}
