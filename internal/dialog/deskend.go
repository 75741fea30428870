package dialog

import (
	"strings"

	"github.com/s4bot/s4bot/internal/chat"
)

// giveBack lets the bot go on with a case. It can't where it was at its end, or
// where the customer was charged.
func (t *turn) giveBack(a chat.Agent) {
	if !t.free() && !t.mine(a) {
		return
	}
	switch t.s.Handoff.Reason {
	case FixesFailed, NoDiagnosis, MoneyUnknown:
		t.tell(a, textDeskNoWay)
		return
	}
	if t.charge() == charged {
		t.tell(a, textDeskCharge)
		return
	}
	t.handoff().Agent = chat.Agent{} // whoever likes may claim it again
	t.sendCardAs(chat.Edit, "", t.forDesk(func() string { return t.text(textCardReturned) }))
	t.unrecord()
	t.s.Handoff, t.s.Phase, t.s.Pending, t.s.Told, t.s.Angry, t.s.Began = nil, Asking, Pending{}, false, 0, t.s.Turn
	t.say(t.text(textBackToBot))
	t.next()
	t.schedule()
}

// suggest sends the merchant the fix that the card suggests, in the merchant's
// language. One that repeats the payment waits until the charge is known.
func (t *turn) suggest(a chat.Act) {
	f := t.base.Fix(a.Fix)
	if f == nil || !t.mine(a.Agent) {
		return
	}
	if !t.mayPay(f) {
		t.tell(a.Agent, textDeskCharge)
		return
	}
	if f.RepeatsPayment {
		t.forgetCharge(always) // from now on the customer may have paid
	}
	t.send(chat.Post{To: chat.ToMerchant, Kind: chat.Fix, Text: t.suggestion(f), Of: suggestMark + f.ID + " " + a.ID})
}

// closeBy ends the case for an agent, who says what it was: that is what the bot
// learns from.
func (t *turn) closeBy(a chat.Act) {
	if !t.free() && !t.mine(a.Agent) {
		return
	}
	over := t.forDesk(func() string { return t.over(a) })
	if t.base.Cause(a.Cause) != nil {
		t.confirm(a.Cause)
	}
	t.keepRecord(ByAgent)
	t.sendCardAs(chat.Edit, over, "")
	t.post(chat.Closing, t.text(textClosedByAgent))
	t.s.Phase = Closed
	t.s.Pending, t.s.Handoff, t.s.Told = Pending{}, nil, false
	t.schedule()
}

// over says how an agent closed a case.
func (t *turn) over(a chat.Act) string {
	what := t.text(textNoneOfThese)
	if c := t.base.Cause(a.Cause); c != nil {
		what = t.text(c.Title)
	}
	parts := []string{fill(t.text(textCardClosed), a.Agent.Name, what)}
	if note := strings.TrimSpace(a.Note); note != "" {
		parts = append(parts, note)
	}
	return strings.Join(parts, t.text(textSeparator))
}
