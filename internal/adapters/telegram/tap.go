package telegram

import (
	"context"
	"time"
)

const answerTimeout = 3 * time.Second

// answer tells Telegram that a tap arrived, in the background. That the tap is
// too old to be answered is no fault: it counts all the same.
func (a *Adapter) answer(c *callback, run *errands) {
	id := c.ID
	run.run(answerTimeout, func(ctx context.Context) {
		_, err := a.call(ctx, answerTimeout, "answerCallbackQuery", params{"callback_query_id": id})
		if err != nil && ctx.Err() == nil && !says(err, "query is too old") {
			a.log.Warn("a tap was not answered", "err", err)
		}
	})
}
