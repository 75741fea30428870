package slacktest

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/gorilla/websocket"
)

const socketPath = "/link/"

// socket is an open connection of Socket Mode.
type socket struct {
	conn     *websocket.Conn
	out      chan []byte
	closed   chan struct{}
	draining bool // takes nothing new; the server's mutex guards it
}

// Sockets is how many sockets are open and take events.
func (s *Server) Sockets() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.ready())
}

// CutSockets ends all sockets without a word.
func (s *Server) CutSockets() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, k := range s.sockets {
		k.draining = true
		_ = k.conn.Close()
	}
}

// RefreshSockets tells all sockets to connect anew, first with a warning, and
// closes them soon after. Until then it takes acknowledgements, but sends nothing
// new there.
func (s *Server) RefreshSockets() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, k := range s.ready() {
		k.draining = true
		k.push(disconnect("warning"))
		time.AfterFunc(50*time.Millisecond, func() {
			k.push(disconnect("refresh_requested"))
			time.AfterFunc(500*time.Millisecond, func() { _ = k.conn.Close() })
		})
	}
}

// StopAcceptingSockets makes new sockets fail, or succeed again.
func (s *Server) StopAcceptingSockets(stop bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = stop
}

func disconnect(reason string) []byte {
	return marshal(map[string]any{"type": "disconnect", "reason": reason, "debug_info": map[string]any{"host": "applink-test"}})
}

// openConnection gives an address at which one socket can be opened.
func openConnection(s *Server, _ url.Values) answer {
	ticket := s.id("ticket-")
	s.tickets[ticket] = true
	base := "ws" + strings.TrimPrefix(s.URL, "http")
	return okay(map[string]any{"url": base + socketPath + "?ticket=" + ticket + "&app_id=" + AppID})
}

func (s *Server) serveSocket(w http.ResponseWriter, r *http.Request) {
	ticket := r.URL.Query().Get("ticket")
	s.mu.Lock()
	valid := s.tickets[ticket] && !s.closed
	delete(s.tickets, ticket)
	s.mu.Unlock()
	if !valid {
		http.Error(w, "no such link", http.StatusServiceUnavailable)
		return
	}
	up := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	conn, err := up.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	k := &socket{conn: conn, out: make(chan []byte, 1<<14), closed: make(chan struct{})}
	go s.write(k) // until read ends
	s.open(k)
	s.read(k)
}

// open greets a socket and lets it take its share.
func (s *Server) open(k *socket) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ctx.Err() != nil {
		_ = k.conn.Close()
		return
	}
	k.out <- marshal(map[string]any{
		"type": "hello", "num_connections": len(s.ready()) + 1, "connection_info": map[string]any{"app_id": AppID},
		"debug_info": map[string]any{"host": "applink-test", "build_number": 1, "approximate_connection_time": 18060},
	})
	s.sockets = append(s.sockets, k)
	s.wake()
}

// read takes acknowledgements until the socket ends.
func (s *Server) read(k *socket) {
	defer func() {
		close(k.closed)
		_ = k.conn.Close()
		s.mu.Lock()
		defer s.mu.Unlock()
		s.sockets = slices.DeleteFunc(s.sockets, func(o *socket) bool { return o == k })
	}()
	for {
		_, raw, err := k.conn.ReadMessage()
		if err != nil {
			return
		}
		s.takeAck(raw)
	}
}

func (s *Server) takeAck(raw []byte) {
	var a struct {
		ID      string          `json:"envelope_id"`
		Payload json.RawMessage `json:"payload"`
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if json.Unmarshal(raw, &a) != nil || s.byID[a.ID] == nil {
		s.complain("an acknowledgement of nothing: %s", raw)
		return
	}
	if string(a.Payload) == "null" {
		a.Payload = nil
	}
	s.acknowledge(s.byID[a.ID], a.Payload)
}

// write writes what a socket is to get, and pings, until it ends.
func (s *Server) write(k *socket) {
	ping := time.NewTicker(s.PingEvery)
	defer ping.Stop()
	for {
		var err error
		select {
		case <-k.closed:
			return
		case <-ping.C:
			err = k.conn.WriteControl(websocket.PingMessage, []byte("Ping from applink-test"), time.Now().Add(time.Second))
		case raw := <-k.out:
			_ = k.conn.SetWriteDeadline(time.Now().Add(time.Second))
			err = k.conn.WriteMessage(websocket.TextMessage, raw)
		}
		if err != nil {
			_ = k.conn.Close()
			return
		}
	}
}

// push sends something unless the socket is full.
func (k *socket) push(raw []byte) bool {
	select {
	case k.out <- raw:
		return true
	default:
		return false
	}
}

// ready gives the sockets that take something; the caller holds the mutex.
func (s *Server) ready() (out []*socket) {
	for _, k := range s.sockets {
		if !k.draining {
			out = append(out, k)
		}
	}
	return out
}

// sendSocket sends something through one of the open sockets, in turn; false: none
// is open. The caller holds the mutex.
func (s *Server) sendSocket(d *Delivery) bool {
	open := s.ready()
	if len(open) == 0 {
		return false
	}
	s.nextSocket++
	return open[s.nextSocket%len(open)].push(d.envelope())
}

// envelope is what goes through a socket. The payload need not be JSON.
func (d *Delivery) envelope() []byte {
	if d.Type == "raw" {
		return d.Payload
	}
	head := map[string]any{"envelope_id": d.ID, "type": d.Type, "accepts_response_payload": d.answers}
	if d.Type == "events_api" {
		head["retry_attempt"], head["retry_reason"] = d.tries, d.reason
	}
	raw := append([]byte(`{"payload":`), d.Payload...)
	raw = append(raw, ',')
	return append(raw, marshal(head)[1:]...)
}
