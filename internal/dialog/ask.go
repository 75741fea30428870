package dialog

import (
	"slices"

	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/kb"
)

// ask posts a question with its options and "not sure".
func (t *turn) ask(q *kb.Question) {
	again := t.s.Pending.Kind == ForAnswer && t.s.Pending.Question == q.ID
	helped := again && t.s.Pending.Helped
	kind, phase := chat.Question, Asking
	if q.Safety {
		kind, phase = chat.Safety, CheckMoney
	}
	options := t.options(q, "")
	post := t.post(kind, t.text(q.Ask), options...)
	t.await(Pending{Kind: ForAnswer, Question: q.ID, Helped: helped}, post, options)
	t.s.Phase = phase
	if !again {
		t.record(Entry{What: Asked, Question: q.ID, Post: post})
	}
}

// options gives a question's options; first, if set, leads and is worded as a
// confirmation.
func (t *turn) options(q *kb.Question, first string) []chat.Option {
	var out []chat.Option
	for _, o := range q.Options {
		label := t.text(o.Label)
		if o.ID == first {
			out = append([]chat.Option{{ID: o.ID, Label: fill(t.text(textYesThis), label)}}, out...)
			continue
		}
		out = append(out, chat.Option{ID: o.ID, Label: label})
	}
	return append(out, chat.Option{ID: optUnsure, Label: t.text(textUnsure)})
}

// postsMost is how many posts of one question keep their options alive.
const postsMost = 4

// await makes a post the one that is waited for.
func (t *turn) await(p Pending, post string, options []chat.Option) {
	same := t.s.Pending.Kind == p.Kind && t.s.Pending.Question == p.Question && t.s.Pending.Fix == p.Fix
	if same {
		p.Posts, p.Nudged = newest(t.s.Pending.Posts, postsMost), t.s.Pending.Nudged
	}
	p.Posts = append(slices.Clone(p.Posts), post)
	for _, o := range options {
		p.Options = append(p.Options, o.ID)
	}
	t.s.Pending = p
}

// askConfirm asks lightly whether a surprising answer is right.
func (t *turn) askConfirm() {
	p := t.s.Pending
	q := t.base.Question(p.Question)
	options := t.options(q, p.Option)
	post := t.post(chat.Confirm, fill(t.text(textConfirm), t.text(q.Option(p.Option).Label)), options...)
	t.await(Pending{Kind: ForConfirm, Question: p.Question, Option: p.Option}, post, options)
	t.s.Phase = Confirming
}

// askWhich shows two answers that contradict each other and asks which holds.
func (t *turn) askWhich() {
	p := t.s.Pending
	q := t.base.Question(p.Question)
	var options []chat.Option
	for _, id := range []string{p.Other, p.Option} {
		options = append(options, chat.Option{ID: id, Label: t.text(q.Option(id).Label)})
	}
	post := t.post(chat.Confirm, fill(t.text(textWhich), options[0].Label, options[1].Label), options...)
	t.await(Pending{Kind: ForWhich, Question: p.Question, Option: p.Option, Other: p.Other}, post, options)
	t.s.Phase = Confirming
}

// explainsCheck says how to find out what is asked, if that is known.
func (t *turn) explainsCheck() bool {
	q := t.base.Question(t.s.Pending.Question)
	if t.s.Pending.Kind != ForAnswer || q == nil || t.text(q.Check) == "" {
		return false
	}
	t.s.Pending.Helped = true
	t.say(t.text(textHowToCheck) + t.text(q.Check))
	return true
}

// unsure takes "I don't know": the first time the bot says how to find out, the
// second time it tries another way.
func (t *turn) unsure() {
	p := &t.s.Pending
	q := t.base.Question(p.Question)
	if q == nil {
		return
	}
	if check := t.text(q.Check); !p.Helped && check != "" && (q.Safety || t.s.count(Unsure, nil) < unsureMost) {
		p.Helped = true
		t.say(t.text(textHowToCheck) + check)
		t.wants.reshow = true
		return
	}
	t.giveUp(q.ID, FromText)
	if q.Safety {
		return // what follows says enough
	}
	t.say(t.text(textNeverMind))
}
