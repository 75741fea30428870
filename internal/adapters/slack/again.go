package slack

import (
	"context"
	"errors"

	"github.com/s4bot/s4bot/internal/chat"
)

// errGone says that a message is not in Slack any more.
var errGone = errors.New("the message is gone")

// sayAgain says once more what an agent wrote when nobody knows whether it arrived:
// the message is fetched and handed over as a new one. A second tap is another try,
// unless it comes so soon that the desk takes it for the same; a tap that is delivered
// twice is not.
func (a *Adapter) sayAgain(run *errands, t tap) bool {
	ts := t.value
	if !timeForm.MatchString(ts) {
		return true
	}
	d := deed{room: t.room, act: chat.Act{ID: ts + "#" + t.at, Kind: chat.Say, Again: ts, Agent: t.user, At: t.time()}, reply: t.reply}
	return a.doAfter(run, d, func(ctx context.Context, d *deed) error {
		m, err := a.fetch(ctx, d.room, ts)
		if err != nil {
			return err
		}
		d.act.Text, d.act.Files = a.plain(ctx, m.Text), m.files()
		return nil
	})
}

// fetch gets one message of a thread that a person wrote.
func (a *Adapter) fetch(ctx context.Context, room chat.Room, ts string) (*spoken, error) {
	q := threadOf(room)
	q.Set("oldest", ts)
	q.Set("latest", ts)
	q.Set("inclusive", "true")
	q.Set("limit", "10") // the first of the thread may be among them
	page, err := a.pageOf(ctx, q)
	if err != nil {
		return nil, err
	}
	for _, m := range page.messages {
		if m.TS == ts && m.human() {
			return m, nil
		}
	}
	return nil, errGone
}
