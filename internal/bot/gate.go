package bot

import (
	"fmt"
	"sync"

	"github.com/s4bot/s4bot/internal/store"
)

// Why the gate is closed.
const (
	healing  = "putting back what the store lost"
	full     = "the store's memory is nearly full"
	stopping = "stopping"
	away     = "the store does not answer"
)

// ClosedError says that messages are not taken in at the moment. The platform
// keeps them and delivers them again.
type ClosedError struct{ Why string }

// Error implements error.
func (e *ClosedError) Error() string { return fmt.Sprintf("messages are not taken in: %s", e.Why) }

// Unwrap makes it an unavailable store to callers.
func (e *ClosedError) Unwrap() error { return store.ErrUnavailable }

// gate lets messages in unless there is a reason not to.
type gate struct {
	mu      sync.Mutex
	reasons map[string]bool
	inside  int
}

func newGate() *gate { return &gate{reasons: map[string]bool{}} }

// enter lets one caller in, who must leave.
func (g *gate) enter() error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if err := g.why(); err != nil {
		return err
	}
	g.inside++
	return nil
}

func (g *gate) leave() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.inside--
}

// pass says whether work that was accepted may go on: only healing stops it.
func (g *gate) pass() error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.reasons[healing] {
		return &ClosedError{healing}
	}
	return nil
}

// why gives the first reason for being closed.
func (g *gate) why() error {
	for _, reason := range []string{healing, stopping, full, away} {
		if g.reasons[reason] {
			return &ClosedError{reason}
		}
	}
	return nil
}

// set closes the gate for a reason or takes the reason away. It says whether
// that changed anything.
func (g *gate) set(reason string, closed bool) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.reasons[reason] == closed {
		return false
	}
	g.reasons[reason] = closed
	return true
}

// busy says whether anybody is inside.
func (g *gate) busy() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.inside > 0
}
