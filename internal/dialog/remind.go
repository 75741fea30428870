package dialog

import (
	"time"

	"github.com/s4bot/s4bot/internal/chat"
)

// remindMost is how often the desk is reminded of a case that nobody takes.
const remindMost = 3

// watch sets when to look whether somebody has taken the case: after a while, each
// time twice as long, and not before the desk opens.
func (t *turn) watch() {
	h := t.s.Handoff
	t.s.Wake = time.Time{}
	if t.desk.Remind <= 0 || !t.free() || h.Reminded >= remindMost {
		return
	}
	after := t.desk.Remind * (2<<h.Reminded - 1)
	t.s.Wake = t.desk.Hours.From(t.desk.Hours.From(h.Since).Add(after))
}

// look does what the time wants while a person has the case: it reminds the desk
// of one that nobody takes, tells the merchant honestly how things stand, and
// tells the agent of a merchant who does not answer.
func (t *turn) look() {
	switch h := t.s.Handoff; {
	case t.free() && t.desk.Remind > 0:
		if !t.desk.Hours.Open(t.e.At) {
			t.watch()
			return
		}
		t.remind()
	case !t.free() && !h.Quiet && t.desk.Silence > 0:
		t.handoff().Quiet = true
		t.tell(h.Agent, textDeskQuiet)
	}
}

// remind calls somebody to the case: those who are there, then the group that the
// configuration names.
func (t *turn) remind() {
	h := t.handoff()
	h.Reminded++
	who := 1
	if h.Reminded > 1 {
		who = 2
	}
	text := t.forDesk(func() string { return fill(t.text(textDeskRemind), t.s.Merchant) })
	t.send(chat.Post{To: chat.ToDesk, Kind: chat.Info, Text: text, Remind: who, Urgent: h.Urgent})
	switch h.Reminded {
	case 1:
		t.post(chat.Info, t.text(textStillWaiting))
	case remindMost:
		t.post(chat.Info, t.text(textNobodyYet))
	}
	t.watch()
}
