package slack

import (
	"context"
	"time"
)

// persist hands a notice over again and again until it is accepted or the errands
// end. done is called when it is through, or when Slack would wait
// too long, and may be called twice; false: too much waits, and it never is.
func (a *Adapter) persist(run *errands, n *notice, done func()) bool {
	late := time.AfterFunc(a.taking.answer, done)
	ok := a.inLine(run, n.line(), func() {
		if a.attemptOften(run, n) {
			late.Stop()
			done()
		}
	})
	if !ok {
		late.Stop()
	}
	return ok
}

// attemptOften attempts until a notice is accepted; false: the errands end first.
func (a *Adapter) attemptOften(run *errands, n *notice) bool {
	p := backoff{first: a.taking.first, longest: a.taking.longest}
	for failed := false; run.soon.Err() == nil; failed = true {
		err := a.attempt(run, n)
		if err == nil {
			return true
		}
		if !failed {
			a.log.Warn("an event from Slack is not accepted yet; it is handed over again and again", "room", n.line(), "err", err)
		}
		p.wait(run.soon)
	}
	return false
}

// attempt hands a notice over unless a repeat of it was. nil: it is accepted.
func (a *Adapter) attempt(run *errands, n *notice) error {
	if a.in.known(n.keys) {
		return nil
	}
	ctx, cancel := context.WithTimeout(run.ctx, a.taking.handover)
	defer cancel()
	if err := a.take(ctx, run, n); err != nil {
		return err
	}
	a.in.handled(n.keys)
	return nil
}
