package bot

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"log/slog"
	"time"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/dialog"
	"github.com/s4bot/s4bot/internal/kb"
	"github.com/s4bot/s4bot/internal/nlu"
	"github.com/s4bot/s4bot/internal/store"
)

// Searcher finds the articles that a text matches, best first.
type Searcher interface {
	Search(ctx context.Context, text string) ([]kb.Hit, error)
}

// Dialog decides what the bot says: *dialog.Manager, or a small one in tests.
type Dialog interface {
	// Step answers an event. It is pure: for the same arguments it gives the
	// same, and it changes neither.
	Step(dialog.State, dialog.Event) (dialog.State, []chat.Post)
	// Query gives what to search for in a text; empty: nothing.
	Query(text string) string
}

// Config is what a Bot is made of. Store, Manager, Search and Deliver are
// required.
type Config struct {
	Store   store.Store
	Manager Dialog
	Search  Searcher
	Deliver adapters.Deliverer
	Mask    nlu.MaskOptions
	// Settle is how long the bot waits for more messages before it answers
	// one, so that a burst gets one answer; 0: it answers each at once. Taps
	// and commands never wait.
	Settle time.Duration
	// Burst is how many messages a merchant may send at once, with one more
	// every two seconds; what comes beyond is not read, and the merchant is
	// told. 0: as many as they like.
	Burst int
	// Desk is the platform of the desk's rooms; empty: there is no desk.
	Desk string
	// Typing shows that an answer is on its way; nil: nobody does.
	Typing adapters.Typist
	// Limits are what the platforms allow, by the platform's name; DeskLane
	// names the desk's. A platform that is not named has none.
	Limits map[string]adapters.Limits
	// Now tells the time; nil: the store's clock, on which all replicas agree.
	Now func() time.Time
	// Clock says that Now is the shop's local time, whose hour is evidence.
	Clock bool
	// Serial numbers the posts of a new conversation from the time on, so that the
	// buttons of one that was erased are never taken for those of the next.
	Serial bool
	// Alone says that no other process uses the store, as its file is locked: a lease
	// that nobody here has is nobody's.
	Alone bool
	// Log hears of what an operator should know; nil: nobody does.
	Log *slog.Logger
	// Metrics count; nil: nobody looks.
	Metrics *Metrics
}

// Bot is the runtime. It is safe for use by many goroutines. Run makes it work
// by itself; without Run it does what it is told and Tick does what is due.
type Bot struct {
	Config
	claims *claims
	gate   *gate
	cache  *cache
	pace   *pace
	links  links
	typing typing
	work   work
	codec  codec
	// epochs passes on that the store may have lost its newest writes.
	epochs chan string
}

// New makes a runtime. It must be made before the store is used.
func New(c Config) *Bot {
	if c.Now == nil {
		c.Now = c.Store.Now
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Metrics == nil {
		c.Metrics = NewMetrics(nil)
	}
	b := &Bot{
		Config: c, claims: newClaims(newName(), c.Alone), gate: newGate(), cache: newCache(), pace: newPace(c.Limits),
		work: newGoroutines(), codec: forms{}, epochs: make(chan string, 1),
	}
	c.Store.OnEpoch(b.hearEpoch)
	return b
}

// newName gives a process a name that no other one has.
func newName() string {
	var b [6]byte
	_, _ = rand.Read(b[:]) // never fails, see its documentation
	return hex.EncodeToString(b[:])
}

// State gives the state of the conversation in a room.
func (b *Bot) State(ctx context.Context, room chat.Room) (dialog.State, error) {
	v, err := b.Store.Get(ctx, room.String())
	if err != nil {
		return dialog.State{}, err
	}
	c, err := b.codec.decode(v.Data)
	return c.State, err
}
