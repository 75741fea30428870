package dialog

import (
	"slices"

	"github.com/s4bot/s4bot/internal/nlu"
)

// reply takes a text as the reply to what is pending. It gives true if the text
// is used up by that; facts in it are then none, or already filed.
func (t *turn) reply(text string, u Understanding) bool {
	if u.Fact(t.safety().ID) == charged {
		return false // nothing else matters now
	}
	if len(t.s.Pending.Posts) == 0 {
		return false // not asked yet
	}
	switch t.s.Pending.Kind {
	case ForAnswer:
		return t.replyAnswer(text, u)
	case ForConfirm:
		return t.replyConfirm(text, u)
	case ForWhich:
		return t.replyWhich(text, u)
	case ForResult:
		return t.replyResult(text, u)
	case ForPerson:
		return t.replyPerson(text, u)
	}
	return false
}

// ordinal takes a text that names an option by its place.
func (t *turn) ordinal(text string) bool {
	options := t.s.Pending.Options
	n := nlu.Ordinal(text, len(options))
	if n > 0 {
		t.take(options[n-1], FromText)
	}
	return n > 0
}

// replyAnswer files the answer to the pending question; other facts in the text
// are taken by the caller.
func (t *turn) replyAnswer(text string, u Understanding) bool {
	q := t.s.Pending.Question
	if option := u.Fact(q); option != "" {
		t.answered = true
		t.answerPending(t.fromText(nlu.Fact{Question: q, Option: option}, u))
		return false
	}
	if n := nlu.Ordinal(text, len(t.s.Pending.Options)); n > 0 && t.s.Pending.Options[n-1] == optUnsure {
		t.unsure()
		return true
	}
	if u.Has(nlu.Unsure) && len(u.Facts) == 0 && (!u.Money || q == t.safety().ID) {
		t.unsure()
		return true
	}
	if works(u) && len(u.Facts) == 0 && q != t.safety().ID {
		t.wants.resolved = true
		return true
	}
	return false
}

func (t *turn) replyConfirm(text string, u Understanding) bool {
	p := t.s.Pending
	if t.ordinal(text) {
		return true
	}
	switch option := u.Fact(p.Question); {
	case p.Question == t.safety().ID && works(u): // the payment works, which tells nothing of the one before
		t.wants.resolved = true
		return true
	case nlu.YesNo(text) == "yes":
		t.takeConfirmed(Entry{What: Answer, Question: p.Question, Option: p.Option, Source: FromText})
		return true
	case option != "":
		t.takeConfirmed(t.fromText(nlu.Fact{Question: p.Question, Option: option}, u))
		return false
	case nlu.YesNo(text) == "no", u.Has(nlu.Unsure):
		t.giveUp(p.Question, FromText)
		return true
	}
	return false
}

func (t *turn) replyWhich(text string, u Understanding) bool {
	p := t.s.Pending
	if t.ordinal(text) {
		return true
	}
	if option := u.Fact(p.Question); option != "" {
		t.settle(t.fromText(nlu.Fact{Question: p.Question, Option: option}, u))
		return false
	}
	if u.Has(nlu.Unsure) {
		t.giveUp(p.Question, FromText)
		return true
	}
	return false
}

// replyResult reads a text as one of the four reports on a fix. A report may
// hold facts beside.
func (t *turn) replyResult(text string, u Understanding) bool {
	if t.ordinal(text) {
		return true
	}
	result := nlu.Outcome(text)
	done := slices.Contains(u.Tried, t.s.Pending.Fix)
	switch {
	case result == "" && (u.Has(nlu.NotResolved) || nlu.StillSo(text)):
		result = string(Same)
	case u.Money:
		return false // whatever it is, the charge comes first
	case result != "":
	case works(u):
		result = string(Works)
	case done || nlu.Done(text):
		t.wants.outcome, t.wants.reshow = true, true
		return true
	case nlu.Acknowledges(text):
		t.say(t.text(textTakeYourTime))
		t.wants.reshow = true
		return true
	default:
		result = map[string]string{"yes": string(Works), "no": string(Same)}[nlu.YesNo(text)]
	}
	if result == "" {
		return false
	}
	t.takeResult(result, FromText)
	return len(u.Facts) == 0
}

// replyPerson takes the reply to the offer of a person. Going on with the case
// declines it.
func (t *turn) replyPerson(text string, u Understanding) bool {
	if t.ordinal(text) {
		return true
	}
	switch {
	case works(u):
		t.wants.resolved = true
		return true
	case u.Has(nlu.NotResolved), nlu.YesNo(text) == "no":
		t.say(t.text(textGoesOn))
		t.release()
		return len(u.Facts) == 0
	case nlu.YesNo(text) == "yes":
		t.wants.human = true
		return true
	}
	if len(u.Facts) > 0 || u.Kind == AboutCause || u.Kind == AboutGroup {
		t.release()
	}
	return false
}
