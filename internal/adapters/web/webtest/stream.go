package webtest

import (
	"bufio"
	"net/http"
	"strings"
)

// Events reads a stream up to an event.
func (b *Browser) Events(path, until string) (all []Event) {
	b.t.Helper()
	r, err := http.NewRequestWithContext(b.t.Context(), http.MethodGet, b.base+path, nil)
	if err != nil {
		b.t.Fatal(err)
	}
	res, err := b.client.Do(r)
	if err != nil {
		b.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	if res.StatusCode != http.StatusOK {
		b.t.Fatalf("the stream is answered with %s", res.Status)
	}
	var e Event
	for lines := bufio.NewScanner(res.Body); lines.Scan(); {
		name, value, _ := strings.Cut(lines.Text(), ": ")
		switch {
		case name == "event":
			e.Name = value
		case name == "id":
			e.Number = value
		case name == "data":
			e.Data = value
		case lines.Text() == "" && e.Name != "":
			if all = append(all, e); e.Name == until {
				return all
			}
			e = Event{}
		}
	}
	b.t.Fatalf("the stream ends before %q", until)
	return nil
}

// Event is one of a stream.
type Event struct{ Name, Number, Data string }
