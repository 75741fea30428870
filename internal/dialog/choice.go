package dialog

import (
	"slices"

	"github.com/s4bot/s4bot/internal/chat"
)

// The ids of options that are no answers to questions of the knowledge base.
const (
	optUnsure   = "unsure"
	optPerson   = "human"
	optContinue = "continue"
	optAnother  = "another_way"
	optForget   = "forget"
	optKeep     = "keep"
)

// choose takes in a tapped option, which the message names by its key. An option of an older post, or one that
// nobody offered, changes nothing.
func (t *turn) choose(msg chat.Message) {
	p := t.s.Pending
	old := msg.Post != "" && !slices.Contains(p.Posts, msg.Post)
	choice := slices.IndexFunc(p.Options, func(id string) bool { return id == msg.Choice || chat.Option{ID: id}.Key() == msg.Choice })
	if msg.Choice == charged && (old || p.Question != t.safety().ID) && t.openCase() {
		t.s.Tapped = tapOf(msg)
		t.settle(Entry{What: Answer, Question: t.safety().ID, Option: charged, Source: FromChoice})
		return // an old button, but never old news
	}
	if p.Kind == "" || old || choice < 0 {
		if p.Kind == "" {
			t.say(t.text(textSettledAll))
		} else {
			t.say(t.text(textSettled))
		}
		t.wants.reshow, t.wants.calm = true, true
		return
	}
	t.s.Tapped = tapOf(msg)
	t.take(p.Options[choice], FromChoice)
}

// take settles what is pending with one of its options.
func (t *turn) take(option string, from Source) {
	p := t.s.Pending
	answer := Entry{What: Answer, Question: p.Question, Option: option, Source: from}
	switch {
	case option == optPerson:
		t.wants.human = true
	case p.Kind == ForAnswer && option == optUnsure:
		t.unsure()
	case p.Kind == ForAnswer:
		t.answerPending(answer)
	case p.Kind == ForConfirm:
		t.takeConfirmed(answer)
	case p.Kind == ForWhich:
		t.settle(answer)
	case p.Kind == ForResult:
		t.takeResult(option, from)
	case p.Kind == ForPerson:
		t.release()
	case p.Kind == ForForget:
		t.forgetOrKeep(option == optForget)
	}
}

// answerPending takes the answer to the pending question.
func (t *turn) answerPending(answer Entry) {
	surprising := t.surprising(answer.Question, answer.Option)
	t.settle(answer)
	if surprising {
		t.s.Pending = Pending{Kind: ForConfirm, Question: answer.Question, Option: answer.Option}
	}
}

// An answer that is likelier than slipAt to be a slip is confirmed, lightly: once
// a question, and not often in one case.
const (
	slipAt       = .2
	confirmsMost = 2
)

func (t *turn) surprising(question, option string) bool {
	q := t.base.Question(question)
	if q == nil || q.Safety || t.confirms("") >= confirmsMost || t.confirms(question) > 0 {
		return false
	}
	return t.model.Slipped(t.belief(), question, option) > slipAt
}

// confirms counts the confirmed answers to a question, or ("") to all.
func (t *turn) confirms(question string) int {
	return t.s.count(Answer, func(e Entry) bool { return e.Confirmed && (question == "" || e.Question == question) })
}

// takeConfirmed takes the reply to a confirmation: the same option confirms it,
// another one replaces it.
func (t *turn) takeConfirmed(answer Entry) {
	if answer.Option == optUnsure {
		t.giveUp(answer.Question, answer.Source)
		return
	}
	answer.Confirmed = true
	t.settle(answer)
}
