package telegram

import (
	"context"
	"encoding/json"
	"strconv"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"github.com/s4bot/s4bot/internal/adapters"
)

// pollLimit is how many updates one answer may have.
const pollLimit = 100

// poller is one run of long polling.
type poller struct {
	*Adapter
	handle   adapters.Handler
	run      *errands
	offset   int64     // updates before it are accepted; 0: unknown
	heardAt  time.Time // of the newest update
	down     bool      // the Bot API could not be reached the last time
	failing  bool      // the last handover was not accepted whole
	trouble  pause     // Bot API or network
	rivals   pause     // another poller
	stuck    pause     // handovers that are not accepted
	conflict bool      // another poller was at work the last time
}

// Poll takes updates in by long polling until the context ends; then it gives
// nil, with everything that was accepted confirmed to Telegram if that is
// possible within a second. It removes a webhook that is set. Messages of a room are
// handed over in order, those of one answer in one call; what handle does not accept comes
// again, and with it what came after it, in all rooms. An error is one that
// only an operator can mend: the token is not valid.
func (a *Adapter) Poll(ctx context.Context, handle adapters.Handler) error {
	p := &poller{
		Adapter: a, handle: handle, run: newErrands(ctx), heardAt: time.Now(),
		trouble: pause{first: a.pace.first, longest: a.pace.longest},
		rivals:  pause{first: a.pace.first, longest: a.pace.conflict},
		stuck:   pause{first: a.pace.first, longest: a.pace.longest},
	}
	defer p.run.end()
	defer a.client.CloseIdleConnections()
	if err := p.begin(ctx); err != nil {
		return err
	}
	for ctx.Err() == nil {
		if err := p.round(ctx); err != nil {
			return err
		}
	}
	p.confirm(ctx)
	return nil
}

// begin learns who the bot is and removes a webhook, for as long as that takes.
func (p *poller) begin(ctx context.Context) error {
	for ctx.Err() == nil {
		err := p.identify(ctx, requestTimeout)
		if err == nil {
			p.up()
			p.removeWebhook(ctx)
			return nil
		}
		if refused(err) {
			return errToken
		}
		p.fail(ctx, err)
	}
	return nil
}

// removeWebhook removes a webhook if one is set: Telegram allows either.
func (p *poller) removeWebhook(ctx context.Context) {
	raw, err := p.call(ctx, requestTimeout, "getWebhookInfo", nil)
	var info tgbotapi.WebhookInfo
	if err != nil || json.Unmarshal(raw, &info) != nil || !info.IsSet() {
		return
	}
	p.log.Warn("a Telegram webhook is set; it is removed, because this bot polls")
	if err := p.DeleteWebhook(ctx); err != nil {
		p.log.Warn("the Telegram webhook was not removed", "err", err)
	}
}

// round asks once for updates and hands them over. The error ends polling.
func (p *poller) round(ctx context.Context) error {
	if time.Since(p.heardAt) > p.pace.idle {
		p.offset = 0 // after a week of silence ids start anew, maybe lower
	}
	raws, err := p.updates(ctx, p.pace.poll, pollLimit)
	switch {
	case err == nil:
		p.up()
	case ctx.Err() != nil:
		return nil
	case code(err) == 401:
		return errToken
	case code(err) == 409:
		p.yield(ctx, err)
		return nil
	default:
		p.fail(ctx, err)
		return nil
	}
	if len(raws) > 0 {
		p.heardAt = time.Now()
		p.take(ctx, raws)
	}
	return nil
}

// updates asks for what is not confirmed, and confirms what is before the
// offset.
func (p *poller) updates(ctx context.Context, timeout time.Duration, limit int) ([]json.RawMessage, error) {
	q := params{"limit": strconv.Itoa(limit), "timeout": strconv.Itoa(int(timeout.Seconds())), "allowed_updates": wanted}
	q.AddNonZero64("offset", p.offset)
	raw, err := p.call(ctx, timeout+requestTimeout, "getUpdates", q)
	if err != nil {
		return nil, err
	}
	var raws []json.RawMessage
	if err := json.Unmarshal(raw, &raws); err != nil {
		return nil, &problem{method: "getUpdates", left: true, text: "the answer is no list of updates"}
	}
	return raws, nil
}

// take hands updates over and moves the offset past those that were accepted.
// It pauses if that brought nothing forward, so that it never spins.
func (p *poller) take(ctx context.Context, raws []json.RawMessage) {
	b := p.read(raws, p.offset-1, p.run)
	handing, cancel := trailing(ctx, p.pace.grace)
	defer cancel()
	err := p.hand(handing, p.handle, b)
	p.tell(ctx, err)
	// Ids below the offset are new ones after a reset, or a server that forgets
	// confirmations; the offset follows them either way.
	old := p.offset
	n := b.prefix()
	if n > 0 {
		p.offset = b.ids[n-1] + 1
	}
	if n == len(b.ids) && p.offset > old {
		p.stuck.reset()
		return
	}
	p.stuck.wait(ctx, 0)
}

// tell logs once when handovers begin to fail and once when that is over.
func (p *poller) tell(ctx context.Context, err error) {
	switch {
	case err != nil && !p.failing && ctx.Err() == nil:
		p.log.Warn("messages from Telegram are not accepted; they come again", "err", err)
	case err == nil && p.failing:
		p.log.Info("messages from Telegram are accepted again")
	}
	p.failing = err != nil
}

// confirm tells Telegram what was accepted, so that a clean end repeats nothing.
func (p *poller) confirm(ctx context.Context) {
	if p.offset == 0 {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), p.pace.confirm)
	defer cancel()
	if _, err := p.updates(ctx, 0, 1); err != nil {
		p.log.Info("the newest Telegram updates could not be confirmed; some may come again", "err", err)
	}
}
