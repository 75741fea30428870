//go:build chaos

package chaos

import (
	"bytes"
	"encoding/json"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"sync"
)

// hook stands between the platform and the replicas: it gives an update to one
// of them, and now and then to all at once. What one of them accepted is
// accepted.
type hook struct {
	w      *world
	server *httptest.Server

	mu    sync.Mutex
	taken map[int64]bool
}

func newHook(w *world) *hook {
	h := &hook{w: w, taken: map[int64]bool{}}
	h.server = httptest.NewServer(h)
	w.Cleanup(h.server.Close)
	return h
}

func (h *hook) url() string { return h.server.URL + "/telegram" }

// ServeHTTP implements http.Handler.
func (h *hook) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	if !h.give(r.Header, body) {
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	var update struct {
		ID int64 `json:"update_id"`
	}
	_ = json.Unmarshal(body, &update)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.taken[update.ID] = true
}

// give hands an update to some replicas at once, and says whether one accepted it.
func (h *hook) give(header http.Header, body []byte) bool {
	chosen := []*replica{h.w.any()}
	if rand.Float64() < h.w.plan.atOnce {
		chosen = h.w.replicas
	}
	accepted := make(chan bool, len(chosen))
	for _, r := range chosen {
		go func() { accepted <- post(r, header, body) }() // its answer is waited for
	}
	any := false
	for range chosen {
		any = <-accepted || any
	}
	return any
}

func post(r *replica, header http.Header, body []byte) bool {
	req, err := http.NewRequest(http.MethodPost, "http://"+r.addr+"/telegram", bytes.NewReader(body))
	if err != nil {
		return false
	}
	req.Header = header.Clone()
	res, err := client.Do(req)
	if err != nil {
		return false
	}
	defer func() { _ = res.Body.Close() }()
	return res.StatusCode == http.StatusOK
}

// has says whether an update was accepted.
func (h *hook) has(update int64) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.taken[update]
}
