package slack

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/s4bot/s4bot/internal/chat"
)

// recently is how long after the last word a thread is caught up on.
const recently = 24 * time.Hour

// trace is how far a thread is known.
type trace struct {
	ts string    // the newest message that was handed over; empty: none
	at time.Time // when something went on there
}

// note remembers that something went on in a thread; ts is a message that the
// desk accepted, or empty.
func (n *intake) note(room chat.Room, ts string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	t, _ := n.recent.Get(room)
	if timeForm.MatchString(ts) && newer(ts, t.ts) {
		t.ts = ts
	}
	t.at = time.Now()
	n.recent.Put(room, t)
}

// rooms are the threads where something went on lately.
func (n *intake) rooms() (out []chat.Room) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, r := range n.recent.Keys() {
		if t, _ := n.recent.Get(r); time.Since(t.at) < recently {
			out = append(out, r)
		}
	}
	return out
}

// overlapping is how far before the newest message that was handed over a thread is
// read again: an older one may have been refused and still be on its way.
const overlapping = 15 * time.Minute

// since is where to begin catching up on a thread: what is handed over a second time
// is known again.
func (n *intake) since(room chat.Room) string {
	n.mu.Lock()
	defer n.mu.Unlock()
	t, _ := n.recent.Get(room)
	from := time.Now().Add(-recently)
	if whole, _, _ := strings.Cut(t.ts, "."); whole != "" {
		if s, err := strconv.ParseInt(whole, 10, 64); err == nil {
			from = time.Unix(s, 0).Add(-overlapping)
		}
	}
	return fmt.Sprintf("%d.000000", from.Unix())
}

// remember learns from the runtime which cases are open.
func (a *Adapter) remember(ctx context.Context) {
	if a.config.OpenRooms == nil {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, a.taking.handover)
	defer cancel()
	for _, room := range a.config.OpenRooms(ctx) {
		if room.Platform == Platform {
			a.in.note(room, "")
		}
	}
}

// newer says whether a time of Slack is later than another, which may be empty.
func newer(ts, than string) bool {
	return len(ts) > len(than) || len(ts) == len(than) && ts > than
}
