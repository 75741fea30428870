package slacktest

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"sync"
	"testing"
	"time"
)

// What the server's only app is.
const (
	BotToken      = "xoxb-test-bot"
	AppToken      = "xapp-test-app"
	SigningSecret = "test-signing-secret"
	TeamID        = "T0S4TEAM"
	AppID         = "A0S4APP"
	BotUser       = "U0S4BOT" // the bot as a user
	BotID         = "B0S4BOT" // the bot as a bot
)

// Server is the fake. Its methods may be called at the same time.
type Server struct {
	// URL is the server's address. APIBase, for SLACK_API_BASE, is below it and ends
	// with a slash.
	URL     string
	APIBase string
	// AckWithin is how long the bot may take to acknowledge an event before it is
	// sent again; TriggerAge how long a trigger_id can open a view; PingEvery how
	// often open sockets are pinged. Set them before use.
	AckWithin, TriggerAge, PingEvery time.Duration
	// RetryEvery is how long the server waits after the bot answered a post with an
	// error. Set it before use.
	RetryEvery time.Duration
	// StrictThreads says that a reply to a message that is gone is refused with
	// thread_not_found. If not, it goes to the channel, outside any thread, as in
	// Slack. Set it before use.
	StrictThreads bool

	http   *http.Server
	client *http.Client // for what goes to the bot's addresses
	ctx    context.Context
	cancel context.CancelFunc
	wg     sync.WaitGroup
	tb     testing.TB // nil: none

	mu         sync.Mutex // guards what follows
	fault      func(method string, params url.Values) Fault
	calls      []Call
	complaints []string
	lastTS     int64 // in microseconds
	lastID     int
	channels   map[string]*channel
	ephemeral  []*Message
	users      map[string]string // their names
	groups     []group
	files      map[string]*file
	triggers   map[string]*trigger
	responses  map[string]*responseURL
	stacks     map[string][]*view // the modals that each person has open, the top last
	homes      map[string]*view

	deliveries []*Delivery          // all of them
	byID       map[string]*Delivery // the same, by envelope
	queue      []*Delivery          // what is under way
	changed    chan struct{}        // closed and replaced whenever there is something to do
	sockets    []*socket
	nextSocket int
	tickets    map[string]bool
	closed     bool // to new sockets
	hook       hook
}

// New starts a server on an address such as "127.0.0.1:0".
func New(addr string) (*Server, error) {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, err
	}
	base := "http://" + l.Addr().String()
	s := &Server{
		URL: base, APIBase: base + "/api/",
		AckWithin: 3 * time.Second, TriggerAge: 3 * time.Second, PingEvery: time.Second, RetryEvery: 200 * time.Millisecond,
		client:   &http.Client{Transport: &http.Transport{}},
		channels: map[string]*channel{}, users: map[string]string{BotUser: "s4bot"}, files: map[string]*file{},
		triggers: map[string]*trigger{}, responses: map[string]*responseURL{},
		stacks: map[string][]*view{}, homes: map[string]*view{},
		byID: map[string]*Delivery{}, changed: make(chan struct{}), tickets: map[string]bool{},
	}
	s.ctx, s.cancel = context.WithCancel(context.Background())
	s.http = &http.Server{Handler: s, ReadHeaderTimeout: 10 * time.Second}
	s.wg.Go(func() { _ = s.http.Serve(l) })
	s.wg.Go(s.deliver)
	return s, nil
}

// Start starts a server that ends with the test.
func Start(t testing.TB) *Server {
	t.Helper()
	s, err := New("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.tb = t
	t.Cleanup(s.Close)
	return s
}

// Close ends the server and breaks off what is under way.
func (s *Server) Close() {
	s.cancel()
	s.CutSockets()
	_ = s.http.Close()
	s.client.CloseIdleConnections()
	s.wg.Wait()
}

// Complaints gives what the bot did that Slack takes without an error and that has
// no effect, or another than meant: answers that fit nothing, for example.
func (s *Server) Complaints() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.complaints...)
}

// complain notes a complaint; the caller holds the mutex.
func (s *Server) complain(format string, args ...any) {
	s.complaints = append(s.complaints, fmt.Sprintf(format, args...))
}

// misused ends the test: it asked for what a person could not do.
func (s *Server) misused(format string, args ...any) {
	if s.tb == nil {
		panic("slacktest: " + fmt.Sprintf(format, args...))
	}
	s.tb.Helper()
	s.tb.Fatalf("slacktest: "+format, args...)
}

// id makes a new id with a prefix; the caller holds the mutex.
func (s *Server) id(prefix string) string {
	s.lastID++
	return fmt.Sprintf("%s%07d", prefix, s.lastID)
}

// ts makes the next timestamp: unique and increasing. The caller holds the mutex.
func (s *Server) ts() string {
	s.lastTS = max(s.lastTS+100, time.Now().UnixMicro())
	return fmt.Sprintf("%d.%06d", s.lastTS/1e6, s.lastTS%1e6)
}

// wake tells those who wait that there is something to do; the caller holds the
// mutex.
func (s *Server) wake() {
	close(s.changed)
	s.changed = make(chan struct{})
}

func itoa(n int) string { return strconv.Itoa(n) }
