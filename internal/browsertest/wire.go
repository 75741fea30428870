package browsertest

import (
	"io"
	"net"
	"net/url"
	"sync"
	"testing"
)

// Lost are the words of a page that has lost its server, for Allow.
var Lost = []string{
	"net::ERR_CONNECTION_REFUSED", "net::ERR_CONNECTION_RESET", "net::ERR_CONNECTION_CLOSED", "net::ERR_EMPTY_RESPONSE",
	"net::ERR_INCOMPLETE_CHUNKED_ENCODING", "net::ERR_NETWORK_CHANGED", "net::ERR_SOCKET_NOT_CONNECTED",
}

// Wire is a way to a server that can be cut, also for streams that are open
// (Page.Offline leaves those alone). Its address stays the same when the server
// starts again elsewhere.
type Wire struct {
	listener net.Listener
	done     sync.WaitGroup

	mu    sync.Mutex
	aim   string // host and port of the server
	cut   bool
	conns map[net.Conn]bool
}

// NewWire leads to the server at a URL until the test ends.
func NewWire(t testing.TB, server string) *Wire {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatalf("lay a wire: %v", err)
	}
	w := &Wire{listener: listener, conns: map[net.Conn]bool{}}
	w.Aim(server)
	w.done.Go(w.serve)
	t.Cleanup(func() {
		_ = listener.Close()
		w.Cut()
		w.done.Wait()
	})
	return w
}

// URL is the address of the wire's near end.
func (w *Wire) URL() string { return "http://" + w.listener.Addr().String() }

// Aim leads what connects from now on to the server at another URL.
func (w *Wire) Aim(server string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if u, err := url.Parse(server); err == nil {
		w.aim = u.Host
	}
}

// Cut ends all connections and lets none through until Mend.
func (w *Wire) Cut() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.cut = true
	for conn := range w.conns {
		_ = conn.Close()
	}
}

// Mend lets connections through again.
func (w *Wire) Mend() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.cut = false
}

func (w *Wire) serve() {
	for {
		near, err := w.listener.Accept()
		if err != nil {
			return
		}
		w.done.Go(func() { w.carry(near) })
	}
}

// carry joins a connection to one to the server, until either ends.
func (w *Wire) carry(near net.Conn) {
	defer w.drop(near)
	w.mu.Lock()
	aim := w.aim
	w.mu.Unlock()
	if !w.keep(near) {
		return
	}
	far, err := net.Dial("tcp", aim)
	if err != nil {
		return
	}
	defer w.drop(far)
	if !w.keep(far) {
		return
	}
	var both sync.WaitGroup
	for _, way := range [][2]net.Conn{{near, far}, {far, near}} {
		both.Go(func() {
			_, _ = io.Copy(way[0], way[1])
			_, _ = way[0].Close(), way[1].Close()
		})
	}
	both.Wait()
}

func (w *Wire) keep(conn net.Conn) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.cut {
		w.conns[conn] = true
	}
	return !w.cut
}

func (w *Wire) drop(conn net.Conn) {
	_ = conn.Close()
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.conns, conn)
}
