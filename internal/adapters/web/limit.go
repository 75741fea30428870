package web

import (
	"net"
	"net/http"
	"strings"
	"sync"
	"time"
)

// limit says how often something may be done in a span of time: by each, and by all
// together (0: no matter). Whoever is not among the first keysMost of a span may not.
type limit struct {
	each, all int
	span      time.Duration

	mu    sync.Mutex
	since time.Time
	by    map[string]int
	sum   int
}

const keysMost = 100_000

// allows says whether a key may once more, else how long it must wait.
func (l *limit) allows(key string, now time.Time) (ok bool, wait time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.look(key, now)
}

// takes is allows, and counts in the same moment if so: of many who come at once no
// more may than the limit says.
func (l *limit) takes(key string, now time.Time) (ok bool, wait time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if ok, wait = l.look(key, now); ok {
		l.by[key]++
		l.sum++
	}
	return ok, wait
}

func (l *limit) look(key string, now time.Time) (ok bool, wait time.Duration) {
	l.begin(now)
	if l.by[key] < l.each && (l.all == 0 || l.sum < l.all) && len(l.by) < keysMost {
		return true, 0
	}
	return false, l.span - now.Sub(l.since)
}

// begin begins a new span when the old one is over.
func (l *limit) begin(now time.Time) {
	if l.by == nil || now.Sub(l.since) >= l.span {
		l.since, l.by, l.sum = now, map[string]int{}, 0
	}
}

// limits are how often things may be done: wrong tokens tried by an address, files sent
// to a room and by an address, conversations begun by an address, messages in a room.
type limits struct{ signIn, roomFiles, files, begun, said limit }

func newLimits() *limits {
	return &limits{
		signIn:    limit{each: 5, all: 60, span: time.Minute},
		roomFiles: limit{each: 20, span: 10 * time.Minute},
		files:     limit{each: 100, span: 10 * time.Minute},
		begun:     limit{each: 60, span: 10 * time.Minute},
		said:      limit{each: 120, span: time.Minute},
	}
}

// address is where a request comes from: of an IPv6 address the network, for whoever
// has one address of it has them all.
func address(r *http.Request) string {
	from := sender(r)
	if ip := net.ParseIP(from); ip != nil && ip.To4() == nil && !ip.IsLoopback() {
		return ip.Mask(net.CIDRMask(64, 128)).String()
	}
	return from
}

// sender is the address that a request comes from. What a proxy says of that is
// believed if it runs on this machine: then it is the last one that the proxy names.
func sender(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	if ip := net.ParseIP(host); ip != nil && ip.IsLoopback() {
		if all := r.Header.Values("X-Forwarded-For"); len(all) > 0 {
			last := all[len(all)-1]
			return strings.TrimSpace(last[strings.LastIndexByte(last, ',')+1:])
		}
	}
	return host
}

// near says that a request comes from this machine, and from nobody behind it.
func near(r *http.Request) bool {
	ip := net.ParseIP(address(r))
	return ip != nil && ip.IsLoopback()
}
