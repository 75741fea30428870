package dialog

import "github.com/s4bot/s4bot/internal/kb"

// owesWayRound says that a customer was found to be waiting and has not been
// served yet.
func (t *turn) owesWayRound() bool {
	return t.s.Waiting && !t.s.WayRound && t.s.Pending.Question != t.safety().ID
}

// wayRound serves a waiting customer first, once, and again when the merchant
// asks for it: another way to pay, but only when nothing was debited. It gives
// true if it asks about the charge.
func (t *turn) wayRound() bool {
	if !t.s.Waiting || t.s.WayRound {
		return false
	}
	safety := t.safety()
	switch t.charge() {
	case "":
		if t.s.count(Unsure, func(e Entry) bool { return e.Question == safety.ID }) > 0 {
			t.s.WayRound = true
			t.wants.hold = true
			return false
		}
		t.say(t.text(textWaitingMoney))
		t.ask(safety)
		return true
	case notCharged:
		t.s.WayRound = true
		t.say(fill(t.text(textWayRound), t.text(t.otherWay())))
		t.wants.wayRound = true
		t.forgetCharge(always) // the customer may pay by it
	}
	return false
}

// hold asks a customer to wait whose charge nobody knows.
func (t *turn) hold() {
	if t.wants.hold {
		t.say(t.text(textWaitUnknown))
	}
}

// The answers that close a way round.
const (
	otherWays = "other_ways"
	scanFails = "qr_fails"
	everyCard = "every_card"
)

// otherWay names the ways to pay that nothing known speaks against.
func (t *turn) otherWay() kb.Text {
	cards, scan := true, true
	if e := t.s.answer(kb.WhichCards); e != nil {
		cards = e.Option != everyCard
	}
	if e := t.s.answer(otherWays); e != nil {
		scan = e.Option != scanFails
	}
	switch {
	case cards && scan:
		return textAnyWay
	case scan:
		return textByScan
	case cards:
		return textByCard
	}
	return textByCash
}

// asksWayRound takes in that the merchant asks whether the customer may pay in
// another way.
func (t *turn) asksWayRound() {
	t.s.Waiting, t.s.WayRound, t.wants.reshow = true, false, true
	switch p := t.s.Pending; {
	case p.Question == t.safety().ID:
		t.say(t.text(textDontRerun))
	case p.Kind == ForResult && t.charge() == notCharged:
		t.wayRound()
	case p.Kind == ForResult, p.Kind == ForPerson:
		t.release() // the charge comes first
	}
}
