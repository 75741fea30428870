package bot

import (
	"context"

	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/dialog"
	"github.com/s4bot/s4bot/internal/nlu"
)

// AcceptAgent takes in what agents wrote for the merchant of a conversation, in
// order. It returns nil once that is committed; an error means that nothing was
// accepted. What was said before changes nothing.
func (b *Bot) AcceptAgent(ctx context.Context, conversation chat.Room, said ...dialog.AgentSaid) error {
	out, err := b.agent(ctx, conversation, said)
	b.follow(out)
	return err
}

// HandleAgent is AcceptAgent for callers who wait for the posts, as Handle does.
func (b *Bot) HandleAgent(ctx context.Context, conversation chat.Room, said ...dialog.AgentSaid) error {
	out, err := b.agent(ctx, conversation, said)
	if err == nil {
		b.carryOut(ctx, out)
	}
	return err
}

func (b *Bot) agent(ctx context.Context, room chat.Room, said []dialog.AgentSaid) (todo, error) {
	if err := b.gate.enter(); err != nil {
		b.Metrics.refused.Inc()
		return todo{}, err
	}
	defer b.gate.leave()
	said = b.maskedSaid(said)
	e := b.enter(room.String())
	defer b.leave(e)
	_, out, err := b.turn(ctx, e, func(c *conversation, t *turn) bool {
		b.step(c, t, dialog.Event{Agent: said})
		b.advance(c, t)
		return true
	})
	return out, err
}

// maskedSaid gives what agents wrote as everything from here on sees it.
func (b *Bot) maskedSaid(said []dialog.AgentSaid) []dialog.AgentSaid {
	out := make([]dialog.AgentSaid, len(said))
	for i, a := range said {
		a.Text, a.Agent, a.Files = b.bounded(a.Text), nlu.Mask(a.Agent, b.Mask), b.maskedFiles(a.Files)
		out[i] = a
	}
	return out
}
