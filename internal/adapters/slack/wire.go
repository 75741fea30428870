package slack

import (
	"context"
	"encoding/json"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// frameLimit is how large an envelope may be, in bytes.
const frameLimit = 4 << 20

// broke is why a connection is spent that broke; all other reasons are Slack's.
const broke = "broke"

// wire is one connection of Socket Mode.
type wire struct {
	conn   *websocket.Conn
	taking taking
	alive  chan struct{} // closed once Slack said something
	spent  chan struct{} // closed when another connection should take its place
	gone   chan struct{} // closed when nothing more comes
	reason string        // why it is spent; read it after spent is closed

	awake, spend sync.Once
	mu           sync.Mutex // guards writing
}

func newWire(conn *websocket.Conn, t taking) *wire {
	return &wire{conn: conn, taking: t, alive: make(chan struct{}), spent: make(chan struct{}), gone: make(chan struct{})}
}

// read reads until the connection ends or ctx does, and gives every envelope to
// take. A connection that is silent for too long, in spite of pings, is dead.
func (w *wire) read(ctx context.Context, take func(envelope, func())) {
	defer close(w.gone)
	defer w.use(broke)
	stop := context.AfterFunc(ctx, w.close)
	defer stop()
	defer w.close()
	done := make(chan struct{})
	defer close(done)
	go w.ping(done)
	w.conn.SetReadLimit(frameLimit)
	w.conn.SetPongHandler(func(string) error { return w.hear() })
	w.conn.SetPingHandler(func(data string) error {
		_ = w.write(websocket.PongMessage, []byte(data))
		return w.hear()
	})
	for w.hear() == nil {
		_, raw, err := w.conn.ReadMessage()
		if err != nil {
			return
		}
		w.got(openEnvelope(raw), take)
	}
}

// got notes what Slack says about the connection itself and passes on the rest.
func (w *wire) got(e envelope, take func(envelope, func())) {
	w.awake.Do(func() { close(w.alive) })
	switch {
	case !e.broken && e.kind == "hello":
	case !e.broken && e.kind == "disconnect":
		w.use(e.reason)
	default:
		take(e, w.acknowledge(e.id))
	}
}

// use says that the connection should be replaced, and why.
func (w *wire) use(reason string) {
	w.spend.Do(func() { w.reason = reason; close(w.spent) })
}

// hear moves the time at which the connection counts as dead.
func (w *wire) hear() error { return w.conn.SetReadDeadline(time.Now().Add(w.taking.silence)) }

// acknowledge gives the acknowledgement of an envelope, which is sent once however
// often it is called.
func (w *wire) acknowledge(id string) func() {
	var once sync.Once
	return func() {
		once.Do(func() {
			if id == "" {
				return
			}
			raw, _ := json.Marshal(map[string]string{"envelope_id": id})
			_ = w.write(websocket.TextMessage, raw) // else Slack sends the envelope again
		})
	}
}

func (w *wire) write(kind int, data []byte) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	_ = w.conn.SetWriteDeadline(time.Now().Add(w.taking.answer))
	return w.conn.WriteMessage(kind, data)
}

// ping asks for signs of life until done is closed.
func (w *wire) ping(done <-chan struct{}) {
	t := time.NewTicker(w.taking.silence / 3)
	defer t.Stop()
	for {
		select {
		case <-done:
			return
		case <-t.C:
			_ = w.write(websocket.PingMessage, nil)
		}
	}
}

func (w *wire) close() { _ = w.conn.Close() }
