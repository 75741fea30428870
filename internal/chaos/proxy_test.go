//go:build chaos

package chaos

import (
	"bytes"
	"math/rand/v2"
	"net"
	"strings"
	"sync"
	"testing"
	"time"
)

// proxy stands between one replica and Redis.
type proxy struct {
	listener net.Listener
	all      sync.WaitGroup

	mu     sync.Mutex
	socket string // of Redis
	state  network
	conns  map[net.Conn]bool
}

// network is how the way to Redis is.
type network struct {
	cut   bool          // nothing comes through, and nobody hears why
	slow  time.Duration // each piece takes this long
	loses float64       // the share of answers to scripts that are lost with their connection
}

func newProxy(t *testing.T, url string) *proxy {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &proxy{listener: l, conns: map[net.Conn]bool{}}
	p.aim(url)
	p.all.Go(p.accept)
	return p
}

// aim leads new connections to another Redis.
func (p *proxy) aim(url string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.socket = strings.TrimPrefix(url, "unix://")
}

func (p *proxy) target() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.socket
}

func (p *proxy) addr() string { return p.listener.Addr().String() }

func (p *proxy) accept() {
	for {
		from, err := p.listener.Accept()
		if err != nil {
			return
		}
		to, err := net.Dial("unix", p.target())
		if err != nil {
			_ = from.Close()
			continue
		}
		if !p.admit(from, to) {
			return
		}
		asked := new(script)
		p.all.Go(func() { p.pump(to, from, asked.ask) })
		p.all.Go(func() { p.pump(from, to, func([]byte) bool { return !asked.answered() || !p.lose() }) })
	}
}

// admit notes a connection, unless the proxy is closed.
func (p *proxy) admit(from, to net.Conn) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.conns == nil {
		_, _ = from.Close(), to.Close()
		return false
	}
	p.conns[from], p.conns[to] = true, true
	return true
}

// script notes whether a script was asked for on a connection.
type script struct {
	mu    sync.Mutex
	asked bool
}

func (s *script) ask(piece []byte) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked = s.asked || bytes.Contains(piece, []byte("EVAL"))
	return true
}

func (s *script) answered() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	was := s.asked
	s.asked = false
	return was
}

// pump carries pieces one way until one of the ends is gone, or pass says no.
func (p *proxy) pump(to, from net.Conn, pass func([]byte) bool) {
	defer p.drop(to, from)
	buffer := make([]byte, 64<<10)
	for {
		n, err := from.Read(buffer)
		if err != nil || !p.carry() || !pass(buffer[:n]) {
			return
		}
		if _, err := to.Write(buffer[:n]); err != nil {
			return
		}
	}
}

// carry waits as long as a piece takes, and says whether it gets through. A
// network that is cut holds it up.
func (p *proxy) carry() bool {
	for {
		p.mu.Lock()
		s, open := p.state, p.conns != nil
		p.mu.Unlock()
		if !open || !s.cut {
			time.Sleep(s.slow)
			return open
		}
		time.Sleep(20 * time.Millisecond)
	}
}

func (p *proxy) lose() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return rand.Float64() < p.state.loses
}

func (p *proxy) drop(conns ...net.Conn) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, c := range conns {
		_ = c.Close()
		delete(p.conns, c)
	}
}

// set changes the network.
func (p *proxy) set(n network) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.state = n
}

// reset resets all connections.
func (p *proxy) reset() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for c := range p.conns {
		if tcp, ok := c.(*net.TCPConn); ok {
			_ = tcp.SetLinger(0)
		}
		_ = c.Close()
	}
}

// close ends the proxy.
func (p *proxy) close() {
	_ = p.listener.Close()
	p.reset()
	p.mu.Lock()
	p.conns = nil
	p.mu.Unlock()
	p.all.Wait()
}
