package web

import (
	"net"
	"net/http"
	"sync"
	"time"
)

// How often a wrong token may be tried: by one address, and by all together.
const (
	attemptsMost  = 5
	attemptsAll   = 60
	attemptsSpan  = time.Minute
	attemptsKnown = 10_000
)

// attempts counts wrong tokens. The zero attempts has none.
type attempts struct {
	mu    sync.Mutex
	since time.Time
	by    map[string]int
	all   int
}

// allows says whether an address may try once more, else how long it must wait.
func (t *attempts) allows(addr string, now time.Time) (ok bool, wait time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if now.Sub(t.since) >= attemptsSpan || t.by == nil {
		t.since, t.by, t.all = now, map[string]int{}, 0
	}
	if t.by[addr] < attemptsMost && t.all < attemptsAll && len(t.by) < attemptsKnown {
		return true, 0
	}
	return false, attemptsSpan - now.Sub(t.since)
}

// failed counts a wrong token.
func (t *attempts) failed(addr string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.by[addr]++
	t.all++
}

// address is where a request comes from. What a proxy says of that is not believed:
// anybody could say it. Behind a proxy all count together.
func address(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}
