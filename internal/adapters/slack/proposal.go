package slack

import (
	"context"
	"errors"
	"strings"

	slackgo "github.com/slack-go/slack"

	"github.com/s4bot/s4bot/internal/chat"
)

// errCarried says that a button can't carry an improvement.
var errCarried = errors.New("it is more than a button carries")

// propose shows an improvement to the knowledge's owner and tells who proposes it
// what becomes of it. false: too much waits.
func (a *Adapter) propose(run *errands, c carried) bool {
	return run.run(func() {
		ctx, cancel := context.WithTimeout(run.ctx, a.taking.tap)
		defer cancel()
		c.By.Name = a.agent(ctx, c.By.ID, c.By.Name).name
		p, err := a.config.Improve.Propose(ctx, c.Change)
		if err == nil {
			err = a.submit(ctx, p, c)
		}
		if err != nil {
			a.log.Info("an improvement of the knowledge was not proposed", "cause", c.Change.Cause, "err", err)
		}
		to := audience{spot: spotOf(c.Room), user: c.By.ID}
		if err := a.answer(ctx, to, a.receipt(p, c, err)); err != nil {
			a.log.Warn("an agent was not told what became of a proposal", "user", c.By.ID, "err", err)
		}
	})
}

// submit shows a proposal to the owner, in a direct message.
func (a *Adapter) submit(ctx context.Context, p chat.Proposal, c carried) error {
	c.Change = p.Improvement
	if !c.fits() || length(strings.Join(diffParts(p.Diff), "")) > shownMost {
		return errCarried
	}
	l := a.proposalLetter(p, c)
	lang := a.config.Lang
	l.blocks = append(l.blocks, slackgo.NewActionBlock("",
		carrying("improve:yes", labelApprove.in(lang), c).WithStyle(slackgo.StylePrimary),
		carrying("improve:no", labelReject.in(lang), c).WithStyle(slackgo.StyleDanger)))
	return a.writeTo(ctx, a.config.Owner, l)
}

// proposalLetter shows who proposes what.
func (a *Adapter) proposalLetter(p chat.Proposal, c carried) letter {
	name := shorten(line(c.By.Name), agentMost)
	l := saying(fillIn(wordProposes.in(a.config.Lang), name, shorten(a.titleOf(p.Cause), titleMost)))
	for _, w := range p.Warnings {
		if len(l.blocks) < warningsMost {
			l.blocks = append(l.blocks, paragraph(shorten("⚠️ "+a.remark(w), warningMost)))
		}
	}
	return a.withDiff(l, p)
}

// How much of the warnings a proposal shows.
const (
	warningsMost = 11
	warningMost  = 300
)

// withDiff shows a proposal's diff below a letter.
func (a *Adapter) withDiff(l letter, p chat.Proposal) letter {
	if p.Diff == "" {
		return l
	}
	l.blocks = append(l.blocks, aside(shorten(p.File, asideMost)))
	for _, part := range diffParts(p.Diff) {
		l.blocks = append(l.blocks, slackgo.NewSectionBlock(markup("```\n"+escape(part)+"\n```"), nil, nil))
	}
	return l
}

// How much room a part of a diff has, and a line that stays as it was.
const (
	diffMost    = 2600
	contextMost = 80
)

// shownMost is how long a diff may be to be shown whole.
const shownMost = 7500

// diffParts gives a diff in parts that find room in a block each, without the lines
// that name the files. What changes is shown whole: the owner must see all of it.
func diffParts(diff string) (parts []string) {
	var part strings.Builder
	for l := range strings.Lines(strings.ReplaceAll(clean(diff), "```", "'''")) {
		if strings.HasPrefix(l, "diff ") || strings.HasPrefix(l, "--- ") || strings.HasPrefix(l, "+++ ") {
			continue
		}
		if strings.HasPrefix(l, " ") {
			l = shorten(strings.TrimRight(l, "\n"), contextMost) + "\n"
		}
		if part.Len() > 0 && length(part.String())+length(l) > diffMost {
			parts = append(parts, part.String())
			part.Reset()
		}
		part.WriteString(l)
	}
	return append(parts, part.String())
}

// receipt tells who proposes an improvement that it is on its way, or why not. What
// can be mended can be tried again from what was filled in.
func (a *Adapter) receipt(p chat.Proposal, c carried, err error) letter {
	lang := a.config.Lang
	text := []string{wordProposed.in(lang)}
	if err != nil {
		text[0] = whyNot(err).in(lang)
	}
	for _, r := range p.Left {
		text = append(text, "• "+a.remark(r))
	}
	l := saying(shorten(strings.Join(text, "\n"), textMost))
	if c.Made = ""; err != nil && c.fits() {
		l.blocks = append(l.blocks, slackgo.NewActionBlock("", carrying("improve", labelImproveAgain.in(lang), c)))
	}
	return l
}

// whyNot says why an improvement is not made.
func whyNot(err error) phrase {
	for _, w := range reasonsAgainst {
		if errors.Is(err, w.err) {
			return w.says
		}
	}
	return wordNotImproved
}

// remark says what is to be known about a line.
func (a *Adapter) remark(r chat.Remark) string {
	text := remarks[r.About].in(a.config.Lang)
	if r.Article != "" {
		text = fillIn(text, line(r.Article))
	}
	if r.Line != "" {
		text += "「" + shorten(line(r.Line), asideMost/2) + "」"
	}
	return text
}
