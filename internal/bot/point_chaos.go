//go:build chaos

package bot

import (
	"os"
	"strconv"
	"strings"
	"sync"
	"syscall"
)

// killAt is where this process kills itself: S4BOT_KILL_AT=PLACE:N ends it, as a
// power cut would, when it comes to the place for the n-th time. A place "*"
// is any.
var killAt = sync.OnceValue(func() *countdown {
	place, n, ok := strings.Cut(os.Getenv("S4BOT_KILL_AT"), ":")
	if !ok {
		return nil
	}
	left, err := strconv.Atoi(n)
	if err != nil {
		panic("S4BOT_KILL_AT must be PLACE:N")
	}
	return &countdown{place: place, left: left}
})

type countdown struct {
	mu    sync.Mutex
	place string
	left  int
}

// point is where the fault suite kills the process.
func (b *Bot) point(place string) {
	c := killAt()
	if c == nil || c.place != place && c.place != "*" {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.left--; c.left == 0 {
		_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
		select {}
	}
}
