package slack

import (
	"context"
	"errors"
	"strings"

	slackgo "github.com/slack-go/slack"

	"github.com/s4bot/s4bot/internal/chat"
)

// improves says whether agents can improve the knowledge.
func (a *Adapter) improves() bool { return a.config.Improve != nil && a.config.Owner != "" }

// offer asks who closed a case with a cause, and nobody else, whether the merchant's
// words belong into its article. It is best effort: the case is closed without it.
func (a *Adapter) offer(run *errands, d deed) {
	if !a.improves() || d.act.Kind != chat.Close || d.act.Cause == "" {
		return
	}
	run.run(func() {
		ctx, cancel := context.WithTimeout(run.ctx, a.taking.tap)
		defer cancel()
		if err := a.askToImprove(ctx, run, d); err != nil {
			a.log.Info("who closed a case was not asked for the merchant's words", "room", d.room, "err", err)
		}
	})
}

func (a *Adapter) askToImprove(ctx context.Context, run *errands, d deed) error {
	words, err := a.wordsOfClosed(ctx, run, d.room)
	if err != nil {
		return err
	}
	draft, err := a.config.Improve.Draft(ctx, d.act.Cause, words)
	if err != nil {
		return err
	}
	c := carried{Room: d.room.ID, Change: draft}
	return a.tellOne(ctx, spotOf(d.room.ID), d.act.Agent.ID, a.offerLetter(c.fitted()))
}

// errStillOpen says that the closing came to nothing, such as one of another agent's
// case.
var errStillOpen = errors.New("the card does not say that the case is closed")

// wordsOfClosed waits until the card says that the case is closed, and gives the
// merchant's words on it.
func (a *Adapter) wordsOfClosed(ctx context.Context, run *errands, room chat.Room) ([]string, error) {
	p := backoff{first: a.taking.first, longest: a.taking.longest}
	for {
		card, err := a.shownCard(ctx, room)
		switch {
		case err == nil && card.over:
			return card.words, nil
		case err == nil:
			err = errStillOpen
		}
		if run.pause(ctx, &p); ended(ctx) || ended(run.soon) {
			return nil, err
		}
	}
}

// offerLetter asks for the merchant's words. Who taps nothing does nothing.
func (a *Adapter) offerLetter(c carried) letter {
	lang := a.config.Lang
	l := saying(fillIn(wordOffer.in(lang), shorten(a.titleOf(c.Change.Cause), titleMost)))
	if len(c.Change.Words) > 0 {
		l.blocks = append(l.blocks, aside(shorten("「"+strings.Join(c.Change.Words, "」"+rowSeparator+"「")+"」", offerMost)))
	}
	l.blocks = append(l.blocks, slackgo.NewActionBlock("", carrying("improve", labelImprove.in(lang), c)))
	return l
}

// offerMost is how much of the words an offer shows.
const offerMost = 600

// carrying is a button that carries an improvement, which must fit.
func carrying(action, label string, c carried) *slackgo.ButtonBlockElement {
	return slackgo.NewButtonBlockElement(action, c.String(), plainText(shorten(label, labelMost)))
}

// titleOf gives the title of a cause's article; of one that is not there its id.
func (a *Adapter) titleOf(cause string) string {
	if a.config.Consult == nil {
		return cause
	}
	for _, g := range a.config.Consult.Causes(a.config.Lang) {
		for _, c := range g.Causes {
			if c.ID == cause {
				return line(c.Label)
			}
		}
	}
	return cause
}

// spotOf gives the place of a thread.
func spotOf(room string) spot {
	channel, thread, _ := strings.Cut(room, "/")
	return spot{channel: channel, thread: thread}
}

// fillIn puts names and titles in the places of %s, in their order.
func fillIn(text string, with ...string) string {
	var b strings.Builder
	for i, part := range strings.Split(text, "%s") {
		if i > 0 && i <= len(with) {
			b.WriteString(with[i-1])
		}
		b.WriteString(part)
	}
	return b.String()
}
