// Package telegramtest is a Bot API server for tests, strict where the official
// one is: offsets and redelivery, one poller at a time, webhooks with retries,
// limits of texts, entities, captions and buttons, callbacks that expire, messages
// that can't be deleted after two days, uploads up to 50 MB, files up to 20 MB at
// addresses that only getFile tells. It goes further in one thing: a parameter
// that the Bot API does not publish is an error.
//
// People are played by Say, Edit, Tap, Reply, Forward, SendPhoto and the like, and
// groups by AddToGroup and Migrate; Sent and Calls tell what the bot did; SetFault
// makes things go wrong. It knows no limits of speed: those are faults that a test
// injects.
package telegramtest

import (
	"context"
	"encoding/json"
	"net"
	"net/http"
	"strconv"
	"sync"
	"testing"
	"time"
)

// What the server's only bot is.
const (
	Token    = "123456:TEST-token_of_the_fake-server"
	BotID    = 123456
	Username = "s4testbot"
)

// Server is the fake. Its methods may be called at the same time.
type Server struct {
	// URL is the base address, for TELEGRAM_API_BASE.
	URL string
	// CallbackAge is how long a tap can be answered; set it before use.
	CallbackAge time.Duration
	// Backwards says that an answer's updates come newest first; set it before use.
	Backwards bool

	http   *http.Server
	client *http.Client // for webhooks
	ctx    context.Context
	cancel context.CancelFunc
	wg     sync.WaitGroup

	mu        sync.Mutex // guards what follows
	fault     func(method string, params Params) Fault
	calls     []Call
	queue     []*pending
	history   map[int64]json.RawMessage
	lastID    int64 // of the newest update
	allowed   []string
	changed   chan struct{} // closed and replaced whenever something is queued
	longPoll  chan string   // of the poll that waits: takes why it must end
	hook      webhook
	chats     map[int64]*room
	callbacks map[string]time.Time // taps that were not answered yet
	lastTap   int64
	incoming  map[messageKey]json.RawMessage
	files     map[string]*file // by their ids
}

// New starts a server on an address such as "127.0.0.1:0".
func New(addr string) (*Server, error) {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, err
	}
	s := &Server{
		URL: "http://" + l.Addr().String(), CallbackAge: time.Minute,
		history: map[int64]json.RawMessage{}, lastID: 1000, changed: make(chan struct{}),
		chats: map[int64]*room{}, callbacks: map[string]time.Time{}, incoming: map[messageKey]json.RawMessage{},
		files:  map[string]*file{},
		client: &http.Client{Timeout: 60 * time.Second, Transport: &http.Transport{}},
	}
	s.ctx, s.cancel = context.WithCancel(context.Background())
	s.http = &http.Server{Handler: s, ReadHeaderTimeout: 10 * time.Second}
	s.wg.Go(func() { _ = s.http.Serve(l) })
	s.wg.Go(s.post)
	return s, nil
}

// Start starts a server that ends with the test.
func Start(t testing.TB) *Server {
	t.Helper()
	s, err := New("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// Close ends the server and breaks off what is under way.
func (s *Server) Close() {
	s.cancel()
	_ = s.http.Close()
	s.client.CloseIdleConnections()
	s.wg.Wait()
}

// wake tells those who wait for updates that there is something new; the
// caller holds the mutex.
func (s *Server) wake() {
	close(s.changed)
	s.changed = make(chan struct{})
}

// room is a chat as the server knows it.
type room struct {
	nextID   int // of the next message in it
	sent     []*Message
	blocked  bool
	migrated int64
}

// room gives a chat, known from now on; the caller holds the mutex.
func (s *Server) room(id int64) *room {
	r := s.chats[id]
	if r == nil {
		r = &room{nextID: 1}
		s.chats[id] = r
	}
	return r
}

type messageKey struct {
	chat int64
	id   int
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }
