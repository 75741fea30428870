package slack

import (
	"context"
	"errors"
	"strings"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/chat"
)

// deed is something that an agent did, on its way to the case.
type deed struct {
	room  chat.Room
	act   chat.Act
	reply string // the response_url; empty: none
	// then goes on once it is accepted; nil: nothing does.
	then func(*errands, deed)
}

// do hands a deed over in the background, in its place in the thread, again and again
// for a while. If it fails for good the agent is told. false: too much waits.
func (a *Adapter) do(run *errands, d deed) bool {
	return a.doAfter(run, d, func(context.Context, *deed) error { return nil })
}

// doAfter is do, once prepare has completed the deed.
func (a *Adapter) doAfter(run *errands, d deed, prepare func(context.Context, *deed) error) bool {
	return a.inLine(run, d.room.ID, func() {
		ctx, cancel := context.WithTimeout(run.ctx, a.taking.tap)
		defer cancel()
		d.act.Agent.Name = a.agent(ctx, d.act.Agent.ID, d.act.Agent.Name).name
		err := a.insist(ctx, run, func() error {
			if err := prepare(ctx, &d); err != nil {
				return err
			}
			return a.hand(ctx, d.room, d.act)
		})
		if err != nil {
			a.log.Warn("what an agent did was not accepted", "room", d.room, "act", d.act.Kind, "err", err)
			a.apologise(run, d, err)
			return
		}
		if d.then != nil {
			d.then(run, d)
		}
	})
}

// insist tries until it succeeds, no repeat can mend it, or time is up.
func (a *Adapter) insist(ctx context.Context, run *errands, try func() error) error {
	p := backoff{first: a.taking.first, longest: a.taking.longest}
	for {
		err := try()
		if err == nil || errors.Is(err, adapters.ErrNoCase) || errors.Is(err, errGone) || ended(ctx) || ended(run.soon) {
			return err
		}
		run.pause(ctx, &p)
	}
}

// apologise tells an agent, and nobody else, that what they did came to nothing.
func (a *Adapter) apologise(run *errands, d deed, why error) {
	text := wordNotDone
	switch {
	case errors.Is(why, adapters.ErrNoCase):
		text = wordNoCase
	case errors.Is(why, errGone):
		text = wordGone
	}
	ctx, cancel := context.WithTimeout(run.ctx, a.pace.request)
	defer cancel()
	channel, thread, _ := strings.Cut(d.room.ID, "/")
	to := audience{spot: spot{channel: channel, thread: thread}, user: d.act.Agent.ID, reply: d.reply}
	if err := a.answer(ctx, to, saying(text.in(a.config.Lang))); err != nil {
		a.log.Warn("an agent could not be told that something was not done", "room", d.room, "err", err)
	}
}
