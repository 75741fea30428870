package telegram

import (
	"context"
	"math/rand/v2"
	"time"
)

// timing is how long polling waits; tests make it shorter.
type timing struct {
	poll     time.Duration // Telegram holds an empty poll this long; whole seconds
	first    time.Duration // the first pause after a failure; it doubles
	longest  time.Duration // the longest pause
	conflict time.Duration // the longest pause while another poller is at work
	handover time.Duration // how long a handover may take
	grace    time.Duration // how long a handover may go on when polling ends
	confirm  time.Duration // how long the last confirmation may take
	idle     time.Duration // silence after which update ids may start anew
}

var usualTiming = timing{
	poll: 50 * time.Second, first: 200 * time.Millisecond, longest: 5 * time.Second,
	conflict: 30 * time.Second, handover: 25 * time.Second, grace: 600 * time.Millisecond,
	confirm: 700 * time.Millisecond, idle: 24 * time.Hour,
}

// pause is a growing wait between attempts.
type pause struct {
	first, longest, next time.Duration
}

// wait waits for the next pause, but at least for min, or until the context
// ends. Pauses double up to the longest and vary by a quarter either way, so
// that several pollers don't keep step.
func (p *pause) wait(ctx context.Context, least time.Duration) {
	p.next = min(max(p.next*2, p.first), p.longest)
	d := p.next*3/4 + rand.N(p.next/2+1)
	t := time.NewTimer(max(d, least))
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	}
}

func (p *pause) reset() { p.next = 0 }

// trailing gives a context that ends some time after its parent does, so that
// what has begun can be finished.
func trailing(parent context.Context, grace time.Duration) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(context.WithoutCancel(parent))
	stop := context.AfterFunc(parent, func() {
		t := time.NewTimer(grace)
		defer t.Stop()
		select {
		case <-t.C:
			cancel()
		case <-ctx.Done():
		}
	})
	return ctx, func() { stop(); cancel() }
}
