package dialog

import (
	"strings"

	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/diagnosis"
	"github.com/s4bot/s4bot/internal/kb"
)

// respond answers everything that this turn's messages said.
func (t *turn) respond() {
	if t.recap != "" && t.openCase() && !t.wants.resolved {
		t.lead = append([]string{t.recap}, t.lead...)
	}
	switch {
	case t.wants.forgotten:
		t.forgetAll()
	case t.wants.forget:
		t.askForget()
	case t.wants.restart && !t.openCase():
		t.post(chat.Info, t.text(textRestarted))
	case t.s.Phase == HandedOver:
		t.respondHandedOver()
	case t.openCase() && t.charge() == charged:
		t.sayNoted()
		t.handOver(WasCharged, nil)
	case t.wants.human:
		t.begun()
		t.handOver(AskedFor, nil)
	case t.wants.resolved:
		t.close()
	case t.wants.giveUp && t.openCase():
		t.drop()
	case t.wants.back && t.s.Phase == Closed:
		t.respondBack()
	case !t.openCase() && !t.wants.angry:
		t.respondIdle()
	case t.wants.back:
		t.respondBack()
	default:
		t.proceed()
	}
}

// respondIdle answers a merchant who has told of no problem.
func (t *turn) respondIdle() {
	switch {
	case t.wants.help:
		t.post(chat.Info, joinLines([]string{t.text(textHelp), t.groupRule()}))
	case t.wants.unreadable && t.s.Turn > 1:
		t.post(chat.Info, t.text(textUnreadable))
	case t.wants.thanks:
		t.post(chat.Info, t.text(textWelcome))
	case len(t.lead) > 0 && !t.wants.greeting:
		t.flush()
	default:
		t.post(chat.Info, joinLines([]string{t.text(textGreeting), t.groupRule()}))
	}
}

// groupRule tells people in a group what the bot sees of it.
func (t *turn) groupRule() string {
	if !t.group {
		return ""
	}
	return t.text(textGroup)
}

func (t *turn) respondBack() {
	if t.back() {
		t.say(t.text(textUndone))
	} else {
		t.say(t.text(textNothingToUndo))
	}
	if t.s.Pending.Kind == "" {
		t.next()
		return
	}
	t.reshow()
}

// proceed goes on with an open case: first what the merchant asked besides,
// then the next step.
func (t *turn) proceed() {
	t.begun()
	t.sayNoted()
	switch {
	case t.wants.why:
		t.say(t.why())
		t.wants.reshow = true
	case t.wants.help:
		t.say(t.text(textHelp))
		t.say(t.groupRule())
		t.wants.reshow = true
	case t.wants.unreadable:
		t.say(t.text(textUnreadable))
		t.wants.reshow = true
	}
	if t.wants.thanks {
		t.say(t.text(textNotAtAll))
	}
	if t.wants.angry {
		t.soothe()
		return
	}
	if t.s.Turn-t.s.Began >= t.model.Params().MaxTurns {
		t.handOver(NoDiagnosis, nil)
		return
	}
	switch p := t.s.Pending; {
	case p.Kind == ForAnswer && (t.news() || t.owesWayRound() || t.wants.money && p.Question != t.safety().ID), p.Kind == "":
		t.s.Lost = 0
		if !t.wants.mute {
			t.s.Mute = 0
		}
		t.release()
		t.next()
	default:
		fresh := len(p.Posts) == 0 // made in this turn
		t.stay(!t.news() && !fresh)
	}
}

// news says that this turn added evidence.
func (t *turn) news() bool {
	for _, e := range t.s.Log {
		if e.Turn == t.s.Turn || e.Void == t.s.Turn && e.Void != 0 {
			return true
		}
	}
	return false
}

// How many messages in a row that the bot can make nothing of lead to the offer
// of a person, and to the person.
const (
	lostOffer = 2
	lostMost  = 4
	// The same of turns without a word.
	muteOffer = 3
	muteMost  = 4
)

// stay shows again what is pending. If nothing has come of the message it says
// that it did not understand, unless there was something to answer; and it
// brings in a person instead of asking for ever.
func (t *turn) stay(stuck bool) {
	asked := t.wants.why || t.wants.help || t.wants.calm
	switch {
	case t.wants.mute:
		t.s.Mute++
	case !stuck:
		t.s.Lost, t.s.Mute = 0, 0
	case !asked:
		t.s.Lost++
	}
	switch {
	case t.s.Mute >= muteMost:
		t.handOver(NoDiagnosis, nil)
		return
	case t.wants.mute && t.s.Mute == muteOffer && t.s.Pending.Kind != ForPerson:
		t.offerPerson(t.text(textMuteOffer))
		return
	case t.s.Lost >= lostMost:
		t.handOver(NoDiagnosis, nil)
		return
	case t.s.Lost == lostOffer && !t.wants.reshow:
		t.offerPerson(t.text(textLostOffer))
		return
	case t.s.Lost == lostMost-1 && t.s.Pending.Kind != ForPerson:
		t.offerPerson("")
		return
	case stuck && !t.wants.reshow && len(t.lead) == 0:
		t.say(t.text(textLost))
	}
	t.reshow()
}

// sayNoted echoes what was read from text.
func (t *turn) sayNoted() {
	if t.fresh && len(t.lead) == 0 && len(t.noted) == 0 && !t.wants.angry && t.charge() != charged {
		t.say(t.text(textOpening))
	}
	if len(t.noted) > 0 {
		t.say(fill(t.text(textNoted), strings.Join(t.noted, t.text(textSeparator))))
	}
}

// belief is the belief that the log gives.
func (t *turn) belief() diagnosis.Belief { return t.model.Belief(t.s.evidence()) }

// next decides what to do from the belief and does it.
func (t *turn) next() {
	if t.wayRound() {
		return
	}
	s := t.situation()
	if t.wants.money && t.charge() == "" && !s.NoPayment {
		t.say(t.text(textMoneyFirst))
		t.ask(t.safety())
		return
	}
	if q := t.base.Question(screenMessage); t.wants.screen && q != nil && !s.Known[q.ID] && s.Questions < t.model.Params().MaxQuestions {
		t.ask(q)
		return
	}
	s = t.ended(s)
	if t.s.count(Unsure, nil) >= t.model.Params().MaxUnsure {
		t.handOver(NoDiagnosis, nil)
		return
	}
	act := t.policy(t.model, t.s.evidence(), s)
	switch {
	case act.Question != nil:
		t.hold()
		t.ask(act.Question)
	case act.Fix == nil:
		t.handOver(t.reasonWithout(s), t.onceSafe(s))
	case act.Fix.Agent:
		t.handOver(NeedsAgent, act.Fix)
	default:
		t.hold()
		t.propose(act.Fix)
	}
}

// ended leaves only a person in the situation of a case that is at its end.
func (t *turn) ended(s diagnosis.Situation) diagnosis.Situation {
	if t.atEnd() {
		s.Questions, s.Fixes = t.model.Params().MaxQuestions, t.model.Params().MaxFixes
	}
	return s
}

// reasonWithout says why there is neither a question nor a fix left.
func (t *turn) reasonWithout(s diagnosis.Situation) Reason {
	switch {
	case t.failed() > 0:
		return FixesFailed
	case s.NoPayment:
		return MoneyUnknown
	}
	return NoDiagnosis
}

// onceSafe gives the fix that a person can try once the charge's status is
// known, or nil.
func (t *turn) onceSafe(s diagnosis.Situation) *kb.Fix {
	belief := t.belief()
	if !s.NoPayment || t.failed() > 0 || t.charge() == charged || t.model.Ranked(belief)[0].P < namedAt {
		return nil
	}
	s.NoPayment, s.PaymentCost = false, 0
	return t.model.Repair(belief, s).Fix
}

// situation is what constrains the next act, read off the log.
func (t *turn) situation() diagnosis.Situation {
	s := diagnosis.Situation{Known: map[string]bool{}, Tried: map[string]bool{}, LastChance: lastChance}
	asks, proposed, unsure := map[string]int{}, map[string]bool{}, 0
	for _, e := range t.s.Log {
		if e.Void != 0 {
			continue
		}
		switch e.What {
		case Asked:
			if asks[e.Question]++; asks[e.Question] >= asksMost {
				s.Known[e.Question] = true
			}
		case Answer:
			s.Known[e.Question] = true
			if e.Source != FromAuto {
				unsure = 0
			}
		case Unsure:
			s.Known[e.Question] = true
			unsure++
		case Reported:
			s.Tried[e.Fix] = true
		case Proposed:
			proposed[e.Fix] = true
		}
	}
	s.Fixes = len(proposed)
	for id := range asks {
		if id != t.safety().ID {
			s.Questions++
		}
	}
	s.NoTests = unsure >= unsureMost
	switch {
	case t.charge() == charged || s.Known[t.safety().ID] && t.charge() == "":
		s.NoPayment = true
	case t.charge() == "":
		s.PaymentCost = t.safety().Effort
	}
	return s
}

const (
	asksMost   = 3 // how often one question is shown before it is given up
	unsureMost = 2 // "I don't know" in a row before errands, and help, stop
)

// lastChance is how likely a third fix must help after two that did not: a
// merchant who has tried two things in vain wants a person rather than a guess.
const lastChance = .7

// sureAt is the belief in one cause that counts as a confident diagnosis.
const sureAt = .6

// atEnd says that two fixes failed after a confident diagnosis: the bot knows
// no better.
func (t *turn) atEnd() bool {
	sure, failed := false, 0
	for _, e := range t.s.Log[t.s.reopened():] {
		switch {
		case e.Void != 0:
		case e.What == Proposed:
			sure = sure || e.Sure
		case e.What == Reported && e.Result == Same:
			failed++
		}
	}
	return sure && failed >= 2
}

// failed counts the proposed fixes that did not help.
func (t *turn) failed() int {
	return t.s.count(Reported, func(e Entry) bool { return e.Result == Same || e.Result == Different })
}
