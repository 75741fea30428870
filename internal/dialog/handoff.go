package dialog

import (
	"time"

	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/diagnosis"
	"github.com/s4bot/s4bot/internal/kb"
	"github.com/s4bot/s4bot/internal/nlu"
)

// Handoff is why and with what a case went to a person.
type Handoff struct {
	Reason Reason                  `json:"reason"`
	Top    []diagnosis.Probability `json:"top"`
	// Fix is what an agent should do, if there is a diagnosis.
	Fix    string `json:"fix,omitempty"`
	Urgent bool   `json:"urgent,omitempty"`
	// Agent has the case; nobody does while it is zero. Spoken says that a person
	// has: from then on the bot is silent.
	Agent  chat.Agent `json:"agent,omitzero"`
	Spoken bool       `json:"spoken,omitempty"`
	// After is when the newest line was written that was there when Agent took it: what
	// comes to light and is not newer stays inside.
	After time.Time `json:"after,omitzero"`
	// Guests are colleagues whom the agent has called to the case: they may write
	// to the merchant, too.
	Guests []Guest `json:"guests,omitempty"`
	// Said are messages that were passed on before State.Lines knew of them.
	Said []SaidBy `json:"said,omitempty"`
	// Shown is a fingerprint of what the card says.
	Shown string `json:"shown,omitempty"`
	// Since is when the case began to wait for somebody.
	Since time.Time `json:"since,omitzero"`
	// Reminded counts how often the desk was reminded that nobody has the case;
	// Quiet says that the agent was told of a merchant who does not answer.
	Reminded int  `json:"reminded,omitempty"`
	Quiet    bool `json:"quiet,omitempty"`
}

// Reason is why a person takes over. The values are part of the JSON interface.
type Reason string

// The reasons.
const (
	AskedFor     Reason = "asked"         // the merchant wants a person
	WasAngry     Reason = "angry"         // the merchant lost patience
	WasCharged   Reason = "charged"       // the customer may have paid
	NeedsAgent   Reason = "diagnosed"     // the cause is known, an agent must fix it
	NoDiagnosis  Reason = "no_diagnosis"  // going on would cost more than a person
	FixesFailed  Reason = "fixes_failed"  // the bot is at its end
	MoneyUnknown Reason = "money_unknown" // nothing safe is left while the charge is unknown
	AgentCame    Reason = "agent_came"    // an agent spoke up
)

// handOver gives the case to a person: the merchant hears what happens now, the
// desk gets the card.
func (t *turn) handOver(reason Reason, fix *kb.Fix) {
	h := &Handoff{Reason: reason, Urgent: reason == WasCharged || reason == WasAngry || t.s.Waiting, Since: t.e.At}
	ranked := t.model.Ranked(t.belief())
	h.Top = ranked[:min(3, len(ranked))]
	if fix != nil {
		h.Fix = fix.ID
	}
	t.s.Handoff, t.s.Phase, t.s.Pending, t.s.Lost = h, HandedOver, Pending{}, 0
	t.keepRecord(ToPerson)
	if reason == WasCharged {
		t.post(chat.Safety, t.text(textCharged))
	}
	t.post(chat.Handoff, t.handoffText(h, fix))
	t.sendCard("")
	t.sendFiles()
}

// handoffText tells the merchant what happens now.
func (t *turn) handoffText(h *Handoff, fix *kb.Fix) string {
	text := t.text(handoffTexts[h.Reason])
	if h.Reason == NeedsAgent && fix != nil {
		text = t.likely(h) + text + "\n" + t.text(textMeanwhile) + "\n" + numbered(fix.Steps.In(t.s.Lang))
	}
	if h.Reason != WasCharged && h.Reason != MoneyUnknown && t.charge() == "" {
		text += "\n" + t.text(textDontRerun)
	}
	if !t.desk.Hours.Open(t.e.At) {
		return text + "\n" + fill(t.text(textNobodyNow), t.opens())
	}
	return text + "\n" + t.text(textHandedOver)
}

// likely names the cause of a handoff with a diagnosis.
func (t *turn) likely(h *Handoff) string {
	if c := t.base.Cause(h.Top[0].Cause); c != nil && h.Top[0].P >= namedAt {
		return fill(t.text(textLikely), t.text(c.Title)) + "\n"
	}
	return ""
}

// soothe offers a person to a merchant who has lost patience, and brings one in
// if it happens again.
func (t *turn) soothe() {
	t.s.Angry++
	if t.s.Angry > 1 {
		t.handOver(WasAngry, nil)
		return
	}
	t.offerPerson(t.text(textSorry))
}

// offerPerson asks whether a person should take over.
func (t *turn) offerPerson(text string) {
	if text == "" {
		text = t.text(textOffer)
	}
	options := []chat.Option{{ID: optPerson, Label: t.text(textPersonNow)}, {ID: optContinue, Label: t.text(textGoOn)}}
	if t.s.Pending.Kind != ForPerson {
		t.release()
	}
	post := t.post(chat.Confirm, text, options...)
	t.await(Pending{Kind: ForPerson}, post, options)
	t.s.Phase = Offering
}

// respondHandedOver answers while a person has the case.
func (t *turn) respondHandedOver() {
	switch {
	case t.wants.resolved:
		t.close()
	case t.wants.why:
		t.say(t.why())
		t.post(chat.Info, t.text(textPersonHasIt))
	case t.wants.help:
		t.post(chat.Info, joinLines([]string{t.text(textPersonHasIt), t.text(textHelp)}))
	case t.wants.human, t.wants.back, t.wants.greeting && !t.s.Handoff.Spoken && len(t.posts) == 0 && len(t.lead) == 0:
		t.post(chat.Info, t.text(textPersonHasIt))
	default:
		t.flush()
	}
}

// relay passes on what a merchant writes while a person has the case. That the
// customer was charged is news even then. Once a person has spoken the bot says
// nothing else.
func (t *turn) relay(msg chat.Message, u Understanding) {
	text := msg.Text
	if blank(text) {
		msg.Files = []chat.File{{Kind: chat.OtherFile}}
		t.relayFiles(msg)
		return
	}
	t.s.remember(t.msg, text, u)
	t.name(u.Names)
	news := t.charge() != charged
	if triedAgain(text, u) {
		t.attempted()
	}
	t.takeFacts(u, nlu.Corrects(text))
	if msg.Edited { // what it said before the handoff was taken back
		t.takeTried(u)
		t.takeText(u)
	}
	t.noted = nil
	if news = news && t.charge() == charged; news {
		h := *t.s.Handoff // shared with the state before
		h.Urgent = true
		t.s.Handoff = &h
		t.post(chat.Safety, t.text(textCharged))
	}
	t.passOn(msg, news)
	switch {
	case t.s.Handoff.Spoken:
		t.lead = nil
	case works(u) && t.charge() != charged:
		t.wants.resolved = true
	case !t.s.Told:
		t.s.Told = true
		t.say(t.text(textRelayed))
		t.warnPayment(t.charge() == charged || nlu.Asks(text))
	case len(u.Intents) > 0 || nlu.Asks(text):
		t.say(t.text(textPatience))
		t.warnPayment(true)
	}
}

// warnPayment says not to pay again while it is open whether the customer did.
func (t *turn) warnPayment(due bool) {
	switch {
	case !due || len(t.posts) > 1: // the warning stands right above
	case t.charge() == charged:
		t.say(t.text(textDontPay))
	case t.charge() == "":
		t.say(t.text(textDontRerun))
	}
}
