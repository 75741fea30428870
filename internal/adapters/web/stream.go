package web

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"time"
)

const (
	// keepAlive is how often a stream says that it lives, so that what stands
	// between does not close it.
	keepAlive = 20 * time.Second
	// writeMost is how long a page may take to read what it is sent.
	writeMost = 15 * time.Second
)

// stream is a connection on which a page gets server-sent events.
type stream struct {
	w http.ResponseWriter
	c *http.ResponseController
}

// openStream begins a stream.
func openStream(w http.ResponseWriter) *stream {
	h := w.Header()
	h.Set("Content-Type", "text/event-stream; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no") // nginx would keep it back
	s := &stream{w, http.NewResponseController(w)}
	s.write("retry: 1000\n\n")
	return s
}

func (s *stream) write(text string) {
	_ = s.c.SetWriteDeadline(time.Now().Add(writeMost))
	_, _ = fmt.Fprint(s.w, text)
}

// send sends an event; number 0 leaves the place in the feed as it was. Data is
// JSON, which has no line breaks.
func (s *stream) send(event string, number int64, data []byte) {
	text := "event: " + event + "\n"
	if number > 0 {
		text += fmt.Sprintf("id: %d\n", number)
	}
	s.write(text + "data: " + string(data) + "\n\n")
}

func (s *stream) sendJSON(event string, v any) {
	data, err := json.Marshal(v)
	if err == nil {
		s.send(event, 0, data)
	}
}

func (s *stream) flush() error {
	_ = s.c.SetWriteDeadline(time.Now().Add(writeMost))
	return s.c.Flush()
}

// reader is how far a stream has read a feed.
type reader struct {
	feed  string
	after int64
	// sees says whether the page may see an entry; nil: all.
	sees func(data []byte) bool
	// doubts is how often the hub was in doubt when the reader last began anew.
	doubts int64
}

// reader begins to read a feed after an entry.
func (a *Adapter) reader(feed string, after int64) *reader {
	return &reader{feed: feed, after: after, doubts: a.hub.doubts.Load()}
}

// next sends what the feed has besides. A feed that was erased, has lost its end, or
// may be another one after the store went back in time, is sent anew after the event
// "reset".
func (r *reader) next(ctx context.Context, a *Adapter, s *stream) error {
	f, doubts := a.config.Feeds, a.hub.doubts.Load()
	newest, err := f.Newest(ctx, r.feed)
	if err != nil {
		return err
	}
	if newest < r.after || doubts != r.doubts && r.after > 0 {
		r.after = 0
		s.send("reset", 0, []byte("{}"))
	}
	r.doubts = doubts
	for r.after < newest {
		some, err := r.read(ctx, a)
		for _, e := range some {
			r.after = e.number
			if r.sees == nil || r.sees(e.data) {
				s.send("entry", e.number, e.data)
			}
		}
		if err != nil || len(some) == 0 {
			return err
		}
		if err := s.flush(); err != nil {
			return err
		}
	}
	return nil
}

const (
	// someMost is how many bytes of a feed a stream holds while its page reads, and
	// readersMost how many streams read at the same time: what they read together is
	// bounded, however long feeds are and however slow pages.
	someMost    = 128 << 10
	readersMost = 4
)

// numbered is an entry of a feed as it is kept.
type numbered struct {
	number int64
	data   []byte
}

// read gives what comes next in the feed, one entry at least. The page is slower than
// the store, which must not wait for it.
func (r *reader) read(ctx context.Context, a *Adapter) (some []numbered, err error) {
	select {
	case a.readers <- struct{}{}:
		defer func() { <-a.readers }()
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-a.stop:
		return nil, http.ErrServerClosed
	}
	held := 0
	err = a.config.Feeds.Entries(ctx, r.feed, r.after, func(number int64, _ string, data []byte) bool {
		some = append(some, numbered{number, data})
		held += len(data)
		return held < someMost
	})
	return some, err
}

// resume gives the number after which a page wants to go on.
func resume(r *http.Request) int64 {
	last := cmp.Or(r.Header.Get("Last-Event-ID"), r.URL.Query().Get("after"))
	n, err := strconv.ParseInt(last, 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return n
}
