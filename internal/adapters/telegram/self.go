package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
)

// errToken is the end of polling: only the operator can mend it.
var errToken = errors.New("TELEGRAM_TOKEN is not valid: the Bot API refuses it; ask BotFather for the token, and check TELEGRAM_API_BASE if it is set")

// identify asks once who the bot is.
func (a *Adapter) identify(ctx context.Context, timeout time.Duration) error {
	if a.self.Load() != nil {
		return nil
	}
	raw, err := a.call(ctx, timeout, "getMe", nil)
	if err != nil {
		return err
	}
	var me tgbotapi.User
	if err := json.Unmarshal(raw, &me); err != nil || me.ID == 0 {
		return &problem{method: "getMe", left: true, text: "the answer names no bot"}
	}
	a.self.Store(&me)
	return nil
}

// refused says that the Bot API does not know the token.
func refused(err error) bool {
	return code(err) == 401 || code(err) == 404
}
