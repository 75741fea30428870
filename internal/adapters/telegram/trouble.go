package telegram

import (
	"context"
	"errors"
	"time"
)

// fail waits after a call that did not succeed. It logs the first of a row.
func (p *poller) fail(ctx context.Context, err error) {
	if ctx.Err() != nil {
		return
	}
	if !p.down {
		p.log.Warn("the Telegram Bot API is out of reach; the bot keeps trying", "err", err)
	}
	p.down = true
	p.trouble.wait(ctx, patience(err))
}

// patience is how long to wait at least because the Bot API asks for it, within
// reason.
func patience(err error) time.Duration {
	var p *problem
	if errors.As(err, &p) {
		return min(p.after, time.Minute)
	}
	return 0
}

// up notes that a call succeeded.
func (p *poller) up() {
	if p.down {
		p.log.Info("the Telegram Bot API is in reach again")
	}
	if p.conflict {
		p.log.Info("this program polls Telegram again")
	}
	p.down, p.conflict = false, false
	p.trouble.reset()
	p.rivals.reset()
}

// yield makes way after a conflict: another program polls with the same token,
// or somebody set a webhook.
func (p *poller) yield(ctx context.Context, err error) {
	if says(err, "webhook") {
		p.removeWebhook(ctx)
	} else if !p.conflict {
		p.log.Warn("another program polls Telegram with the same token; this one backs off", "err", err)
	}
	p.conflict = true
	p.rivals.wait(ctx, 0)
}
