package telegram

import (
	"context"
	"errors"
	"fmt"
)

// SetWebhook tells Telegram to post updates to Config.WebhookURL. While Telegram
// is out of reach or asks for patience it keeps trying, until the context ends;
// then it gives nil. An error is one that only an operator can mend: the token is
// not valid, or Telegram refuses the address.
func (a *Adapter) SetWebhook(ctx context.Context) error {
	if a.config.WebhookURL == "" {
		return errors.New("TELEGRAM_WEBHOOK_URL is not set")
	}
	wait := pause{first: a.pace.first, longest: a.pace.longest}
	for down := false; ctx.Err() == nil; {
		err := a.setWebhook(ctx)
		switch {
		case err == nil:
			a.log.Info("the Telegram webhook is set")
			return nil
		case refused(err):
			return errToken
		case hopeless(err):
			return fmt.Errorf("TELEGRAM_WEBHOOK_URL or TELEGRAM_WEBHOOK_SECRET is refused: %w", err)
		case !down && ctx.Err() == nil:
			down = true
			a.log.Warn("the Telegram webhook could not be set; the bot keeps trying", "err", err)
		}
		wait.wait(ctx, patience(err))
	}
	return nil
}

func (a *Adapter) setWebhook(ctx context.Context) error {
	_, err := a.call(ctx, requestTimeout, "setWebhook", params{
		"url": a.config.WebhookURL, "secret_token": a.config.WebhookSecret, "allowed_updates": wanted,
	})
	return err
}

// hopeless says that the Bot API understood and will not do it at another time
// either.
func hopeless(err error) bool {
	var p *problem
	return errors.As(err, &p) && p.answered && p.code >= 400 && p.code < 500 && p.code != 409 && p.code != 429
}

// DeleteWebhook makes Telegram keep updates for polling; none is lost.
func (a *Adapter) DeleteWebhook(ctx context.Context) error {
	_, err := a.call(ctx, requestTimeout, "deleteWebhook", params{"drop_pending_updates": "false"})
	return err
}
