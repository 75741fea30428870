package telegram

import (
	"context"
	"errors"
	"slices"
	"strconv"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/chat"
)

// deletedAtOnce is how many messages one request may delete.
const deletedAtOnce = 100

// delete takes a post back. That it is gone already is no fault.
func (a *Adapter) delete(ctx context.Context, room chat.Room, post chat.Post) error {
	r, err := recall(room, post)
	if err != nil {
		return err
	}
	return a.remove(ctx, r)
}

// remove deletes messages of one chat.
func (a *Adapter) remove(ctx context.Context, r reference) error {
	for some := range slices.Chunk(r, deletedAtOnce) {
		method, q, err := deletion(some)
		if err != nil {
			return err
		}
		if err := a.change(ctx, method, q, "message to delete not found"); err != nil {
			return err
		}
	}
	return nil
}

func deletion(r reference) (method string, q params, err error) {
	q = params{"chat_id": strconv.FormatInt(r[0].chat, 10)}
	if len(r) == 1 {
		q["message_id"] = strconv.Itoa(r[0].id)
		return "deleteMessage", q, nil
	}
	return "deleteMessages", q, q.AddInterface("message_ids", r.ids())
}

// settle leaves of the keyboard under a post only the options that were chosen,
// marked. Nothing is lost where that can't be done: such a post counts as
// delivered.
func (a *Adapter) settle(ctx context.Context, room chat.Room, post chat.Post) error {
	r, err := recall(room, post)
	if err != nil {
		a.log.Info("a keyboard could not be settled", "err", err)
		return nil
	}
	keys, err := settled(post)
	if err != nil {
		return never(err.Error())
	}
	last := r[len(r)-1]
	q := params{"chat_id": strconv.FormatInt(last.chat, 10), "message_id": strconv.Itoa(last.id)}
	if err := q.AddInterface("reply_markup", keys); err != nil {
		return never(err.Error())
	}
	err = a.change(ctx, "editMessageReplyMarkup", q, "message is not modified")
	if err != nil && adapters.Judge(err).Outcome == adapters.Failed {
		a.log.Info("a keyboard could not be settled", "err", err)
		return nil
	}
	return err
}

// change makes a request that changes what was sent and may be repeated safely.
// An answer with one of the words says that there is nothing to do. The error is a
// *Failure.
func (a *Adapter) change(ctx context.Context, method string, q params, done ...string) error {
	_, err := a.call(ctx, requestTimeout, method, q)
	var p *problem
	if !errors.As(err, &p) || slices.ContainsFunc(done, func(words string) bool { return says(p, words) }) {
		return nil
	}
	f := judge(p)
	if says(p, "can't be deleted") {
		f.Reason += "; Telegram lets bots delete a message for 48 hours"
	}
	return again(f)
}
