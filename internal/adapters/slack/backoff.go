package slack

import (
	"context"
	"math/rand/v2"
	"time"
)

// backoff is a growing wait between attempts.
type backoff struct {
	first, longest, next time.Duration
}

// wait waits for the next pause, but at least for the longest of some, or until the
// context ends. Pauses double up to the longest and vary by a quarter either way, so
// that several programs don't keep step.
func (p *backoff) wait(ctx context.Context, least ...time.Duration) {
	p.next = min(max(p.next*2, p.first), p.longest)
	d := p.next*3/4 + rand.N(p.next/2+1)
	for _, l := range least {
		d = max(d, l)
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	}
}

func (p *backoff) reset() { p.next = 0 }
