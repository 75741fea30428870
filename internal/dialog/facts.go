package dialog

import (
	"slices"

	"github.com/s4bot/s4bot/internal/diagnosis"
	"github.com/s4bot/s4bot/internal/kb"
	"github.com/s4bot/s4bot/internal/nlu"
)

// takeFacts files every answer that a text gives under its question. A new
// answer to a known question replaces the old one if the merchant corrects
// himself; otherwise both are shown and he is asked which holds.
func (t *turn) takeFacts(u Understanding, corrects bool) {
	t.answered = t.answered || corrects && len(u.Facts) > 0
	for _, f := range u.Facts {
		e := t.fromText(f, u)
		old := t.s.answer(f.Question)
		switch {
		case f.Question == t.safety().ID:
			t.takeCharge(e, corrects)
			if old == nil && f.Option == notCharged {
				t.note(t.label(e))
			}
		case old == nil:
			t.settle(e)
			if f.Question != kb.SuspectedArea {
				t.note(t.label(e))
			}
		case old.Option == f.Option && corrects:
			t.replace(e, "")
		case old.Option == f.Option:
		case corrects || old.Turn == t.s.Turn || old.Source == FromAuto:
			t.replace(e, t.label(*old))
		case f.Question == kb.SuspectedArea || t.s.Pending.Kind == ForWhich || t.s.Phase == HandedOver:
			t.replace(e, "")
		default:
			t.release()
			t.s.Pending = Pending{Kind: ForWhich, Question: f.Question, Option: f.Option, Other: old.Option}
		}
	}
}

// fromText is the entry for a fact that a text gives.
func (t *turn) fromText(f nlu.Fact, u Understanding) Entry {
	e := Entry{What: Answer, Question: f.Question, Option: f.Option, Source: FromText, Slip: f.Slip}
	if f.Question == kb.ResponseCode {
		for _, code := range u.Codes {
			if c := t.base.Codes.Code(code); c != nil && c.Option == f.Option {
				e.Code, e.Slip = code, nlu.CodeSlip
			}
		}
	}
	return e
}

// label says an answer in words; "" if the knowledge has it no more.
func (t *turn) label(e Entry) string {
	if c := t.base.Codes.Code(e.Code); c != nil {
		return e.Code + " " + t.text(c.Means)
	}
	if q := t.base.Question(e.Question); q != nil && q.Option(e.Option) != nil {
		return t.text(q.Option(e.Option).Label)
	}
	return ""
}

// note echoes briefly what was taken from a text, so that a misreading shows.
func (t *turn) note(label string) { t.noted = append(t.noted, label) }

// saidBefore says that the same words count already: said twice they prove no
// more.
func (t *turn) saidBefore(e diagnosis.Evidence) bool {
	return slices.ContainsFunc(t.s.Log[t.s.reopened():], func(x Entry) bool {
		return x.What == Searched && x.Void == 0 && slices.Equal(x.Hits, e.Hits)
	})
}

// replace corrects an answer and says so. The words that gave the old one go
// with it.
func (t *turn) replace(e Entry, old string) {
	if was := t.s.answer(e.Question); was != nil && was.Source == FromText && was.Msg != t.msg {
		msg := was.Msg
		t.void(func(x Entry) bool { return x.What == Searched && x.Msg == msg })
	}
	t.settle(e)
	if old != "" {
		t.say(fill(t.text(textCorrected), t.label(e), old))
	}
}

// settle makes an answer the only one to its question.
func (t *turn) settle(answer Entry) {
	t.void(func(e Entry) bool {
		return (e.What == Answer || e.What == Unsure) && e.Question == answer.Question
	})
	t.record(answer)
	if t.s.Pending.Question == answer.Question {
		t.release()
	}
}

// giveUp files that the merchant does not know the answer to a question.
func (t *turn) giveUp(question string, from Source) {
	t.settle(Entry{What: Unsure, Question: question, Source: from})
}

// takeTried records the fixes that the merchant has done already.
func (t *turn) takeTried(u Understanding) {
	for _, id := range u.Tried {
		if t.s.count(Reported, func(e Entry) bool { return e.Fix == id }) > 0 {
			continue
		}
		t.record(Entry{What: Reported, Fix: id, Result: Before, Source: FromText})
		t.note(fill(t.text(textTried), t.text(t.base.Fix(id).Title)))
	}
}

// longText is how much a text must tell, beside the answer to what was asked,
// to be searched as well.
const longText = 8

// maxTexts bounds how many texts of one case are searched.
const maxTexts = 5

// takeText records what the search found for a text that describes the problem.
func (t *turn) takeText(u Understanding) {
	if t.answered && u.Content < longText && len(u.Facts) <= 1 || t.s.count(Searched, nil) >= maxTexts {
		return
	}
	for _, e := range u.Evidence {
		if e.Kind == diagnosis.Searched && !t.saidBefore(e) {
			t.record(Entry{What: Searched, Hits: e.Hits, Trust: e.Trust})
		}
	}
}
