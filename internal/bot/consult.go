package bot

import (
	"context"
	"errors"
	"strings"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/dialog"
	"github.com/s4bot/s4bot/internal/kb"
)

var _ adapters.Consultant = (*Bot)(nil)

// consulter is a dialog that answers colleagues, too.
type consulter interface {
	Consult(text string, hits []kb.Hit, answers []chat.Answered) chat.Advice
	CauseTitles(lang kb.Lang) (groups []string, causes map[string][]chat.Option)
	KeepRating(s dialog.State, e dialog.Event, text string) dialog.State
}

var errNoConsulter = errors.New("this dialog answers merchants only")

// Consult implements adapters.Consultant.
func (b *Bot) Consult(ctx context.Context, text string, answers []chat.Answered) (chat.Advice, error) {
	c, ok := b.Manager.(consulter)
	if !ok {
		return chat.Advice{}, errNoConsulter
	}
	text = b.bounded(text, textMost)
	found := b.search(ctx, chat.Message{Text: text})
	return c.Consult(text, found.Hits, answers), nil
}

// Causes implements adapters.Consultant.
func (b *Bot) Causes(lang string) (out []adapters.CauseGroup) {
	c, ok := b.Manager.(consulter)
	if !ok {
		return nil
	}
	groups, causes := c.CauseTitles(kb.Lang(lang))
	for _, g := range groups {
		out = append(out, adapters.CauseGroup{Title: g, Causes: causes[g]})
	}
	return out
}

// ratings is the conversation in which colleagues' judgements are kept.
var ratings = chat.Room{Platform: "desk", ID: "ratings"}

// Rate implements adapters.Consultant: a text that was answered badly is kept for
// the authors of the knowledge (bot kb gaps), with the reason; who said so is not.
func (b *Bot) Rate(ctx context.Context, _ chat.Agent, text string, good bool, reason string) error {
	c, ok := b.Manager.(consulter)
	if !ok || good {
		return nil
	}
	text = b.bounded(text, textMost)
	if reason = strings.TrimSpace(b.bounded(reason, textMost)); reason != "" {
		text += " // " + reason
	}
	e := b.enter(ratings.String())
	defer b.leave(e)
	_, _, err := b.turn(ctx, e, func(conv *conversation, t *turn) bool {
		conv.State = c.KeepRating(conv.State, dialog.Event{At: t.now}, text)
		return true
	})
	return err
}
