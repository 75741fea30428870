package web

import (
	"cmp"
	"context"
	"encoding/json"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/s4bot/s4bot/internal/chat"
)

// summary is a case as the desk's list shows it.
type summary struct {
	ID     string     `json:"id"`
	Title  string     `json:"title"`
	Who    string     `json:"who,omitempty"` // the merchant
	Urgent bool       `json:"urgent,omitempty"`
	Agent  chat.Agent `json:"agent"`
	Bot    bool       `json:"bot,omitempty"` // the bot goes on with it
	Over   string     `json:"over,omitempty"`
	Opened int64      `json:"opened"`           // when the card came, in ms
	Said   int64      `json:"said,omitempty"`   // when the merchant last said something
	Told   int64      `json:"told,omitempty"`   // when an agent last did
	Last   string     `json:"last,omitempty"`   // the newest words
	Remind int        `json:"remind,omitempty"` // how often the desk was reminded
	Newest int64      `json:"newest"`           // the number of the newest entry
}

// board is the list of cases, kept in step with the feeds.
type board struct {
	feeds Feeds

	mu    sync.Mutex
	cases map[string]*summary
	dirty map[string]bool // the cases that changed since they were looked at
	index int64           // how far the row of cases was read
	// looked is when all cases were last looked at; zero: any may be another one by now.
	looked time.Time
	taps   map[chan struct{}]bool
}

func newBoard(f Feeds) *board {
	return &board{feeds: f, cases: map[string]*summary{}, dirty: map[string]bool{}, taps: map[chan struct{}]bool{}}
}

// changed notes that a feed has changed, and wakes the lists.
func (b *board) changed(feed string) {
	id, ofCase := strings.CutPrefix(feed, DeskPlatform+":")
	if !ofCase && feed != deskFeed && feed != "" {
		return // a merchant's
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if feed == "" {
		b.looked = time.Time{}
	}
	if ofCase {
		b.dirty[id] = true
	}
	for t := range b.taps {
		signal(t)
	}
}

// follow has a channel, which holds one, signalled when the list changes, until it is
// let go.
func (b *board) follow(woken chan struct{}) (letGo func()) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.taps[woken] = true
	return func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		delete(b.taps, woken)
	}
}

// load reads everything once, so that the first page need not wait.
func (b *board) load(ctx context.Context, log *slog.Logger) {
	if _, err := b.list(ctx); err != nil && ctx.Err() == nil {
		log.Warn("the list of cases could not be read yet; it is read when somebody looks", "error", err)
	}
}

// list gives all cases that are kept: open ones first, urgent ones before others,
// those that wait longest first; then those that are over, the newest first.
func (b *board) list(ctx context.Context) ([]summary, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if err := b.refresh(ctx); err != nil {
		return nil, err
	}
	out := make([]summary, 0, len(b.cases))
	for _, c := range b.cases {
		out = append(out, *c)
	}
	slices.SortFunc(out, order)
	return out, nil
}

func order(x, y summary) int {
	if x.Over != "" || y.Over != "" {
		if (x.Over == "") != (y.Over == "") {
			return truth(x.Over != "") - truth(y.Over != "")
		}
		return cmp.Or(cmp.Compare(y.Opened, x.Opened), strings.Compare(x.ID, y.ID))
	}
	return cmp.Or(truth(y.Urgent)-truth(x.Urgent), truth(x.Agent.ID != "")-truth(y.Agent.ID != ""),
		cmp.Compare(x.Opened, y.Opened), strings.Compare(x.ID, y.ID))
}

func truth(b bool) int {
	if b {
		return 1
	}
	return 0
}

// lookEvery is how often all cases are looked at: nobody tells of one whose time is
// over.
const lookEvery = time.Hour

// refresh reads what has changed.
func (b *board) refresh(ctx context.Context) error {
	newest, err := b.feeds.Newest(ctx, deskFeed)
	if err != nil {
		return err
	}
	at := time.Now()
	if at.Sub(b.looked) > lookEvery || newest < b.index {
		b.index, b.looked = 0, time.Time{}
		for id := range b.cases {
			b.dirty[id] = true
		}
	}
	if b.index < newest {
		err = b.feeds.Entries(ctx, deskFeed, b.index, func(number int64, id string, _ []byte) bool {
			b.index, b.dirty[id] = number, true
			return true
		})
		if err != nil {
			return err
		}
	}
	if b.looked.IsZero() {
		b.looked = at
	}
	for id := range b.dirty {
		if err := b.read(ctx, id); err != nil {
			return err
		}
		delete(b.dirty, id)
	}
	return nil
}

// read goes on reading a case's feed; one that is gone is no case any more.
func (b *board) read(ctx context.Context, id string) error {
	feed := caseRoom(id).String()
	newest, err := b.feeds.Newest(ctx, feed)
	if err != nil {
		return err
	}
	c := b.cases[id]
	if c == nil || newest < c.Newest {
		c = &summary{ID: id}
	}
	err = b.feeds.Entries(ctx, feed, c.Newest, func(number int64, _ string, data []byte) bool {
		c.Newest = number
		var e entry
		if json.Unmarshal(data, &e) == nil {
			c.take(e)
		}
		return true
	})
	if err == nil && c.Title == "" {
		delete(b.cases, id)
		return nil
	}
	b.cases[id] = c
	return err
}

// take takes in an entry of the case's feed.
func (c *summary) take(e entry) {
	switch {
	case e.Card != nil:
		c.Title, c.Urgent, c.Agent, c.Bot, c.Over = e.Card.Title, e.Card.Urgent, e.Card.Agent, e.Card.Bot, e.Card.Over
		if c.Opened == 0 {
			c.Opened, c.Said, c.Last = e.At, e.At, lastQuoted(e.Card.Rows)
		}
		if len(e.Card.Rows) > 0 && len(e.Card.Rows[0].Parts) > 0 {
			c.Who = e.Card.Rows[0].Parts[0]
		}
		if c.Agent.ID != "" {
			c.Remind = 0
		}
	case e.Remind > 0:
		c.Remind = e.Remind
	case e.What == message && e.From == fromMerchant:
		c.Said, c.Last, c.Urgent = e.At, cut(e.Text, 120), c.Urgent || e.Urgent
	case e.What == message && e.From == fromAgent && !e.Inside:
		c.Told, c.Last = e.At, cut(e.Text, 120)
	}
}

// lastQuoted gives the newest of a merchant's words that a card quotes.
func lastQuoted(rows []chat.Row) (words string) {
	for _, r := range rows {
		for _, p := range r.Parts {
			if text, quoted := strings.CutPrefix(p, "「"); quoted {
				words = cut(strings.TrimSuffix(text, "」"), 120)
			}
		}
	}
	return words
}
