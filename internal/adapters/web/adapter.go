package web

import (
	"context"
	"html/template"
	"log/slog"
	"net/http"
	"net/netip"
	"sync"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/insight"
)

// The names of the two platforms in rooms: the merchants' chat and the desk.
const (
	Platform     = "web"
	DeskPlatform = "webdesk"
)

// Config says what the pages stand on.
type Config struct {
	Feeds Feeds
	// Token is WEB_TOKEN; Loopback says that only this machine reaches the address.
	// Without a token whoever is on the machine may work here, and nobody else.
	Token    string
	Loopback bool
	// Proxies are where proxies are whose X-Forwarded-For is believed, beside those on
	// this machine.
	Proxies []netip.Prefix
	// Elsewhere names the desk if it is not here, such as "Slack".
	Elsewhere string
	// Handle takes in what merchants say, Desk what agents do.
	Handle adapters.Handler
	Desk   adapters.DeskHandler
	// Files fetches the files of all platforms. Mask takes what is personal out of a
	// text.
	Files adapters.Opener
	Mask  func(text string) string

	// Fill says how full the store's memory is, 0 to 1; nil: it has no end.
	Fill func(ctx context.Context) (float64, error)

	Consult adapters.Consultant
	Inside  adapters.Insider
	// Library shows the knowledge, Insights makes reports on cases; nil: there is no
	// such page.
	Library  adapters.Librarian
	Insights func(ctx context.Context, q insight.Query) (insight.Report, error)
}

// Adapter serves the pages. Its methods may be called at the same time.
type Adapter struct {
	config Config
	log    *slog.Logger
	hub    hub
	board  *board
	seals  seals
	limits *limits
	pages  *template.Template
	assets assets
	// readers has a place for each stream that is reading from the store.
	readers chan struct{}

	keeping sync.Mutex // one file at a time is added to the store

	stop     chan struct{} // closed when the streams end
	stopOnce sync.Once
}

var (
	_ adapters.Deliverer = (*Adapter)(nil)
	_ adapters.Typist    = (*Adapter)(nil)
	_ adapters.Opener    = (*Adapter)(nil)
)

// New makes the adapter.
func New(c Config, log *slog.Logger) *Adapter {
	a := &Adapter{config: c, log: log, seals: newSeals(c.Token), limits: newLimits(), assets: loadAssets(), readers: make(chan struct{}, readersMost), stop: make(chan struct{})}
	a.board = newBoard(c.Feeds)
	a.pages = loadPages()
	return a
}

// Run follows the feeds until the context ends; then the streams end, too.
func (a *Adapter) Run(ctx context.Context) {
	go func() { // ends with the context
		<-ctx.Done()
		a.Close()
	}()
	a.board.load(ctx, a.log)
	a.config.Feeds.Follow(ctx, a.heard)
}

// Close ends the streams.
func (a *Adapter) Close() { a.stopOnce.Do(func() { close(a.stop) }) }

// heard passes on that a feed has changed.
func (a *Adapter) heard(feed string) {
	a.hub.wake(feed)
	a.board.changed(feed)
}

// Deliver implements adapters.Deliverer for both platforms. A post that is delivered
// twice is there once.
func (a *Adapter) Deliver(ctx context.Context, room chat.Room, post chat.Post) (ref string, err error) {
	if post.To == chat.ToDesk {
		return a.deliverToDesk(ctx, room, post)
	}
	return a.deliverToMerchant(ctx, room, post)
}

// Handler serves everything below /.
func (a *Adapter) Handler() http.Handler {
	mux := http.NewServeMux()
	a.addChat(mux)
	a.addDesk(mux)
	a.addSignIn(mux)
	a.addInside(mux)
	a.addInsights(mux)
	a.addKnowledge(mux)
	mux.Handle("GET /assets/{name}", a.assets)
	return a.guarded(mux)
}
