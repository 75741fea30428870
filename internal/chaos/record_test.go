//go:build chaos

package chaos

import (
	"bytes"
	"encoding/json"
	"strings"
	"sync"
)

// record reads what a replica logs, over all its runs: the posts that went to the
// desk, and the newest lines for those who look for a fault.
type record struct {
	mu     sync.Mutex
	part   []byte // of a line that is not complete
	newest []string
	desk   map[string]map[string]bool // by conversation
	panics int
}

// recordMost is how many lines are kept.
const recordMost = 60

// Write implements io.Writer.
func (r *record) Write(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.part = append(r.part, p...)
	for {
		line, rest, whole := bytes.Cut(r.part, []byte("\n"))
		if !whole {
			return len(p), nil
		}
		r.read(line)
		r.part = bytes.Clone(rest)
	}
}

func (r *record) read(line []byte) {
	var entry struct{ Msg, Post string }
	text := string(line)
	_ = json.Unmarshal(line, &entry) // a line of a panic is none
	if strings.Contains(text, "panic") {
		r.panics++
	}
	if strings.Contains(entry.Msg, "for the desk") {
		conversation, post, _ := strings.Cut(entry.Post, "/")
		if r.desk == nil {
			r.desk = map[string]map[string]bool{}
		}
		if r.desk[conversation] == nil {
			r.desk[conversation] = map[string]bool{}
		}
		r.desk[conversation][post] = true
		return
	}
	r.newest = append(r.newest, text)
	r.newest = r.newest[max(0, len(r.newest)-recordMost):]
}

// forDesk adds the posts of a conversation that went to the desk.
func (r *record) forDesk(room string, to map[string]bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for post := range r.desk[room] {
		to[post] = true
	}
}

// String gives the newest lines.
func (r *record) String() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return strings.Join(r.newest, "\n")
}
