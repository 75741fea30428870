package slack

import (
	"context"

	slackgo "github.com/slack-go/slack"

	"github.com/s4bot/s4bot/internal/chat"
)

// decided carries out what the owner of the knowledge decided; the tap of anybody else
// does nothing. false: too much waits.
func (a *Adapter) decided(run *errands, t tap, c carried) bool {
	return run.run(func() {
		ctx, cancel := context.WithTimeout(run.ctx, a.taking.tap)
		defer cancel()
		to := t.audience()
		if t.user.ID != a.config.Owner {
			a.notify(ctx, to, saying(wordNotOwner.in(a.config.Lang)))
			return
		}
		t.user.Name = a.agent(ctx, t.user.ID, t.user.Name).name
		shown, err := a.carryOut(ctx, t, c)
		if err != nil {
			a.log.Warn("what the knowledge's owner decided was not carried out", "cause", c.Change.Cause, "tap", t.action, "err", err)
			to.reply = ""
			a.notify(ctx, to, saying(whyNot(err).in(a.config.Lang)))
			return
		}
		to.replace = true
		a.notify(ctx, to, shown)
		a.tellProposer(ctx, t, c)
	})
}

// carryOut does what was decided and gives what takes the proposal's place.
func (a *Adapter) carryOut(ctx context.Context, t tap, c carried) (letter, error) {
	lang := a.config.Lang
	switch t.action {
	case "improve:yes":
		p, err := a.config.Improve.Propose(ctx, c.Change)
		if err != nil {
			return letter{}, err
		}
		made, err := a.config.Improve.Apply(ctx, p.Improvement, c.By, t.user)
		if err != nil {
			return letter{}, err
		}
		l := a.withDiff(a.proposalLine(wordApproved, c), p)
		back := carried{Room: c.Room, Change: chat.Improvement{Cause: c.Change.Cause}, By: c.By, Made: made}
		l.blocks = append(l.blocks, slackgo.NewActionBlock("", carrying("improve:undo", labelUndo.in(lang), back)))
		return l, nil
	case "improve:undo":
		return a.proposalLine(wordTakenBack, c), a.config.Improve.Undo(ctx, c.Made, t.user)
	}
	p, _ := a.config.Improve.Propose(ctx, c.Change) // to show what was rejected, if it still can be
	return a.withDiff(a.proposalLine(wordRejected, c), p), nil
}

// proposalLine says in a line what became of a proposal.
func (a *Adapter) proposalLine(what phrase, c carried) letter {
	return saying(fillIn(what.in(a.config.Lang), shorten(a.titleOf(c.Change.Cause), titleMost), shorten(line(c.By.Name), agentMost)))
}

// outcomes are what who proposed is told.
var outcomes = map[string]phrase{"improve:yes": wordYours, "improve:no": wordYoursNot, "improve:undo": wordYoursBack}

// tellProposer tells who proposed an improvement what was decided, unless they decided
// it themselves.
func (a *Adapter) tellProposer(ctx context.Context, t tap, c carried) {
	if c.By.ID == t.user.ID || !userForm.MatchString(c.By.ID) {
		return
	}
	l := saying(fillIn(outcomes[t.action].in(a.config.Lang), shorten(line(t.user.Name), agentMost), shorten(a.titleOf(c.Change.Cause), titleMost)))
	if err := a.writeTo(ctx, c.By.ID, l); err != nil {
		a.log.Warn("an agent was not told what became of a proposal", "user", c.By.ID, "err", err)
	}
}

// notify shows a letter to somebody, as well as that can be done.
func (a *Adapter) notify(ctx context.Context, to audience, l letter) {
	if err := a.answer(ctx, to, l); err != nil {
		a.log.Warn("somebody was not told what became of a proposal", "user", to.user, "err", err)
	}
}
