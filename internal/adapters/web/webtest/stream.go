package webtest

import (
	"bufio"
	"io"
	"net/http"
	"strings"
	"testing"
)

// Events reads a stream up to an event.
func (b *Browser) Events(path, until string) (all []Event) {
	b.t.Helper()
	s := b.Opens(path)
	defer s.Close()
	for {
		e := s.Next()
		if all = append(all, e); e.Name == until {
			return all
		}
	}
}

// Stream is an open stream.
type Stream struct {
	t     testing.TB
	body  io.Closer
	lines *bufio.Scanner
}

// Opens opens a stream, which stays open until it is closed.
func (b *Browser) Opens(path string) *Stream {
	b.t.Helper()
	r, err := http.NewRequestWithContext(b.t.Context(), http.MethodGet, b.base+path, nil)
	if err != nil {
		b.t.Fatal(err)
	}
	res, err := b.client.Do(r)
	if err != nil {
		b.t.Fatal(err)
	}
	if res.StatusCode != http.StatusOK {
		b.t.Fatalf("the stream is answered with %s", res.Status)
	}
	return &Stream{b.t, res.Body, bufio.NewScanner(res.Body)}
}

// Close closes the stream.
func (s *Stream) Close() { _ = s.body.Close() }

// Next waits for the next event.
func (s *Stream) Next() (e Event) {
	s.t.Helper()
	for s.lines.Scan() {
		name, value, _ := strings.Cut(s.lines.Text(), ": ")
		switch {
		case name == "event":
			e.Name = value
		case name == "id":
			e.Number = value
		case name == "data":
			e.Data = value
		case s.lines.Text() == "" && e.Name != "":
			return e
		}
	}
	s.t.Fatalf("the stream ends: %v", s.lines.Err())
	return e
}

// Event is one of a stream.
type Event struct{ Name, Number, Data string }
