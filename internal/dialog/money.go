package dialog

import (
	"github.com/s4bot/s4bot/internal/kb"
	"github.com/s4bot/s4bot/internal/nlu"
)

const (
	charged    = kb.Charged
	notCharged = kb.NotCharged
)

// safety is the question about the customer's charge.
func (m *Manager) safety() *kb.Question { return m.base.SafetyQuestion() }

// charge gives what is known of the customer's charge: charged, notCharged, or
// "" while it is unknown.
func (t *turn) charge() string {
	if e := t.s.answer(t.safety().ID); e != nil {
		return e.Option
	}
	return ""
}

// mayPay says that a fix may be shown: it does not make the customer pay again,
// or nothing was debited.
func (t *turn) mayPay(f *kb.Fix) bool {
	return !f.RepeatsPayment || t.charge() == notCharged
}

// tellsCharge says that a message is about the customer's money: whatever else it
// may be about, that is never passed over.
func (t *turn) tellsCharge(u Understanding) bool {
	return u.Fact(t.safety().ID) == charged || u.Money && t.openCase()
}

// attempted forgets that nothing was debited: somebody has tried, or may have
// tried, to pay once more since the merchant said so.
func (t *turn) attempted() {
	t.forgetCharge(func(e Entry) bool { return e.Turn < t.s.Turn || e.Msg != t.msg })
}

// forgetCharge forgets what was said of the charge, but for that the customer
// was charged.
func (t *turn) forgetCharge(ok func(Entry) bool) {
	safety := t.safety().ID
	if e := t.s.answer(safety); e == nil || e.Option == charged || !ok(*e) {
		return
	}
	t.void(func(e Entry) bool {
		return e.Question == safety && (e.What == Answer || e.What == Asked) && ok(e)
	})
}

// always is every entry.
func always(Entry) bool { return true }

// mayHavePaid says that an entry is about a fix that repeats the payment.
func (t *turn) mayHavePaid(e Entry) bool {
	f := t.base.Fix(e.Fix)
	return f != nil && f.RepeatsPayment && (e.What == Proposed || e.What == Reported)
}

// release stops waiting for what is pending. A fix that repeats the payment may
// have been done by then.
func (t *turn) release() {
	if f := t.base.Fix(t.s.Pending.Fix); f != nil && f.RepeatsPayment {
		t.attempted()
	}
	t.s.Pending, t.s.Phase = Pending{}, Asking
}

// takeCharge files what a text says of the charge. That the customer paid always
// counts; that he did not counts against it only as a correction.
func (t *turn) takeCharge(answer Entry, corrects bool) {
	old := t.s.answer(answer.Question)
	if old != nil && old.Option == charged && answer.Option != charged && !corrects {
		return
	}
	t.settle(answer)
}

// doubtCharge forgets that nothing was debited if a text speaks of the charge
// unclearly, takes something back, or tells of another attempt.
func (t *turn) doubtCharge(text string, u Understanding) {
	takesBack := nlu.Corrects(text) && len(u.Facts) == 0
	if u.Money || takesBack || triedAgain(text, u) {
		t.attempted()
	}
	if !u.Money || t.charge() != "" {
		return
	}
	asked := t.s.Pending.Question == t.safety().ID && t.s.Pending.Kind == ForAnswer
	switch {
	case asked && u.NoChargeGuessed:
		t.s.Pending = Pending{Kind: ForConfirm, Question: t.safety().ID, Option: notCharged}
	case asked && !u.Has(nlu.Unsure):
		t.say(t.text(textUnclearMoney))
		t.wants.reshow = true
	case !asked:
		t.wants.money = true
	}
}

// triedAgain says that a message tells, or lets expect, that somebody has tried to
// pay once more.
func triedAgain(text string, u Understanding) bool {
	return u.Has(nlu.NotResolved) || nlu.TriesAgain(text) || len(u.Tried) > 0
}

// works says that a message reports success, and nothing against it: that a
// payment went through on the customer's side is no success.
func works(u Understanding) bool {
	return u.Has(nlu.Resolved) && !u.Has(nlu.NotResolved) && !u.Money
}
