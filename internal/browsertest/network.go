package browsertest

import (
	"context"
	"fmt"
	"strings"
	"sync"

	"github.com/chromedp/cdproto/network"
)

// Offline cuts the page from the network, and connects it again. Streams that
// are open stay open, as the browser has it: see Wire. What the page complains of
// for that reason is allowed.
func (p *Page) Offline(cut bool) {
	p.t.Helper()
	p.Allow("net::ERR_INTERNET_DISCONNECTED")
	p.must("cut or mend the network", func(ctx context.Context) error {
		return all(
			call(ctx, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{
				MatchedNetworkConditions: []*network.Conditions{{Offline: cut, DownloadThroughput: -1, UploadThroughput: -1}},
			}),
			call(ctx, network.OverrideNetworkState, network.OverrideNetworkStateParams{
				Offline: cut, DownloadThroughput: -1, UploadThroughput: -1,
			}),
		)
	})
}

// Weight is what a page has loaded since it was opened or reloaded.
type Weight struct {
	Transferred int // bytes on the wire, with headers, of what has come wholly
	Decoded     int // bytes of the documents, styles, scripts and so on as the page sees them
	Requests    []Request
}

// Request is one thing that a page has loaded.
type Request struct {
	URL                  string
	Kind                 string // Document, Stylesheet, Script, Image, Fetch, EventSource, …
	Transferred, Decoded int
}

// String is a table of what weighs how much.
func (w Weight) String() string {
	var b strings.Builder
	for _, r := range w.Requests {
		fmt.Fprintf(&b, "%8d %8d %-11s %s\n", r.Transferred, r.Decoded, r.Kind, r.URL)
	}
	fmt.Fprintf(&b, "%8d %8d bytes transferred, decoded", w.Transferred, w.Decoded)
	return b.String()
}

// Of is the weight of some kinds of requests only.
func (w Weight) Of(kinds ...string) Weight {
	var part Weight
	for _, r := range w.Requests {
		for _, kind := range kinds {
			if r.Kind == kind {
				part.add(r)
			}
		}
	}
	return part
}

func (w *Weight) add(r Request) {
	w.Requests = append(w.Requests, r)
	w.Transferred += r.Transferred
	w.Decoded += r.Decoded
}

// Weight weighs what the page has loaded until now.
func (p *Page) Weight() Weight {
	p.t.Helper()
	p.Eval("0", nil) // what came before this answer has been heard
	p.traffic.mu.Lock()
	defer p.traffic.mu.Unlock()
	var w Weight
	for _, id := range p.traffic.order {
		w.add(*p.traffic.requests[id])
	}
	return w
}

// traffic keeps the requests of the document that is shown.
type traffic struct {
	mu       sync.Mutex
	order    []network.RequestID
	requests map[network.RequestID]*Request
	frame    string // of the page itself, not of what is embedded in it
}

func (t *traffic) sent(event *network.EventRequestWillBeSent) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if event.Type == network.ResourceTypeDocument {
		if t.frame == "" {
			t.frame = string(event.FrameID)
		}
		if t.frame == string(event.FrameID) {
			t.order, t.requests = nil, map[network.RequestID]*Request{}
		}
	}
	if t.requests == nil || strings.HasPrefix(event.Request.URL, "data:") {
		return
	}
	if t.requests[event.RequestID] == nil { // else it is redirected
		t.order = append(t.order, event.RequestID)
	}
	t.requests[event.RequestID] = &Request{URL: event.Request.URL, Kind: string(event.Type)}
}

func (t *traffic) received(event *network.EventDataReceived) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if r := t.requests[event.RequestID]; r != nil {
		r.Decoded += int(event.DataLength)
	}
}

func (t *traffic) finished(event *network.EventLoadingFinished) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if r := t.requests[event.RequestID]; r != nil {
		r.Transferred = int(event.EncodedDataLength)
	}
}
