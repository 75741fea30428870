package web_test

import (
	"log/slog"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/adapters/web"
	"github.com/s4bot/s4bot/internal/adapters/web/webtest"
	"github.com/s4bot/s4bot/internal/store/boltstore"
)

// site is the pages on a real store and a real connection.
type site struct {
	t       testing.TB
	adapter *web.Adapter
	server  *httptest.Server
	log     *logged
}

// logged is a log that can be read while it is written.
type logged struct {
	mu   sync.Mutex
	text strings.Builder
}

func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// storeFor gives a store that ends with the test.
func storeFor(t testing.TB) *boltstore.Store {
	t.Helper()
	s, err := boltstore.Open(filepath.Join(t.TempDir(), "s4bot.db"), boltstore.Options{Scratch: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func start(t testing.TB, c web.Config) *site {
	t.Helper()
	if c.Feeds == nil {
		c.Feeds = storeFor(t)
	}
	x := &site{t: t, log: &logged{}}
	opener := &late{}
	c.Files = opener
	x.adapter = web.New(c, slog.New(slog.NewTextHandler(x.log, nil)))
	opener.Opener = x.adapter
	x.server = httptest.NewServer(x.adapter.Handler())
	t.Cleanup(x.server.Close)
	t.Cleanup(x.adapter.Close)
	return x
}

// visit opens the chat in a browser of its own.
func (s *site) visit() *webtest.Browser { return webtest.Visit(s.t, s.server.URL) }

// late opens files of an adapter that is made after it.
type late struct{ adapters.Opener }
