package improve

import (
	"fmt"
	"io/fs"
	"path"
	"slices"

	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/kb"
	"github.com/s4bot/s4bot/internal/learn"
)

// Propose shows what an improvement would change, with what is left of it and what
// the one who decides should know. Nothing is changed. Errors are as in chat; with
// ErrNothingNew the proposal tells, too, what is left out.
func Propose(files fs.FS, c chat.Improvement) (chat.Proposal, error) {
	p, err := makePlan(files, c)
	if err != nil {
		return p.proposal, err
	}
	p.proposal.Diff = learn.Diff(files, map[string][]byte{p.proposal.File: p.after})
	return p.proposal, nil
}

// plan is an improvement as a file's contents before and after it.
type plan struct {
	proposal      chat.Proposal
	before, after []byte
}

// makePlan works an improvement out. What it gives without an error loads, and says
// what was asked for.
func makePlan(files fs.FS, c chat.Improvement) (*plan, error) {
	p := &plan{proposal: chat.Proposal{Improvement: c}}
	base, article, err := find(files, c.Cause)
	if err != nil {
		return p, err
	}
	p.proposal.Title, p.proposal.File = article.Title.In(kb.Lang(c.Lang)), causeFile(c.Cause)
	if err := p.sift(article); err != nil {
		return p, err
	}
	p.warn(base, article)
	if p.before, err = fs.ReadFile(files, p.proposal.File); err != nil {
		return p, fmt.Errorf("read the article: %w", err)
	}
	if err := p.edit(article); err != nil {
		return p, err
	}
	return p, p.check(files, article)
}

func causeFile(id string) string { return path.Join("causes", id+".yaml") }

// sift leaves only what is new.
func (p *plan) sift(article *kb.Cause) (err error) {
	c := &p.proposal.Improvement
	if c.Lang != string(kb.English) {
		c.Lang = string(kb.Chinese)
	}
	c.Words, p.proposal.Left = sift(c.Words, article.Aliases.All())
	if c.Fix, err = tidyFix(c.Fix); err != nil {
		return err
	}
	if c.Fix != nil && hasFix(article, c.Fix) {
		p.proposal.Left = append(p.proposal.Left, chat.Remark{About: chat.AboutKnown, Line: c.Fix.Title})
		c.Fix = nil
	}
	if len(c.Words) == 0 && c.Fix == nil {
		return chat.ErrNothingNew
	}
	return nil
}

// edit writes what is new into the file's contents.
func (p *plan) edit(article *kb.Cause) (err error) {
	c := p.proposal.Improvement
	p.after = p.before
	if len(c.Words) > 0 {
		have := article.Aliases.In(kb.Lang(c.Lang))
		if p.after, err = learn.InsertItems(p.after, []string{"aliases", c.Lang}, len(have), scalars(c.Words)...); err != nil {
			return fmt.Errorf("%w: %s: aliases.%s: %w", chat.ErrLayout, p.proposal.File, c.Lang, err)
		}
	}
	if c.Fix == nil {
		return nil
	}
	if p.after, err = learn.InsertItems(p.after, []string{"fixes"}, placeOfFix(article), fixYAML(freeID(article), c.Lang, c.Fix)); err != nil {
		return fmt.Errorf("%w: %s: fixes: %w", chat.ErrLayout, p.proposal.File, err)
	}
	return nil
}

// check makes sure that the changed knowledge loads and that the article then says
// what it said before and what is new, to the letter.
func (p *plan) check(files fs.FS, before *kb.Cause) error {
	base, err := kb.Load(learn.Overlay(files, map[string][]byte{p.proposal.File: p.after}))
	if err != nil {
		return fmt.Errorf("%w: %w", chat.ErrFaulty, err)
	}
	c, now := p.proposal.Improvement, base.Cause(before.ID)
	cures := len(before.Cures)
	if c.Fix != nil {
		cures++
	}
	lang := kb.Lang(c.Lang)
	if !slices.Equal(now.Aliases.In(lang), slices.Concat(before.Aliases.In(lang), c.Words)) || len(now.Cures) != cures {
		return fmt.Errorf("%w: %s would not say what was asked for", chat.ErrLayout, p.proposal.File)
	}
	return nil
}
