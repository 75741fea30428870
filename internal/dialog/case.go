package dialog

import (
	"slices"
	"strings"

	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/kb"
	"github.com/s4bot/s4bot/internal/nlu"
)

// open opens a case when a message tells of a problem and none is open.
func (t *turn) open(u Understanding) {
	if t.openCase() {
		return
	}
	if t.s.Phase == Closed && u.Has(nlu.NotResolved) {
		t.reopen()
		t.say(t.text(textReopen))
		return
	}
	tells := u.Kind == AboutCause || u.Kind == AboutGroup || u.Kind == Vague || len(u.Codes) > 0 || t.tellsCharge(u)
	if tells || u.Has(nlu.NotResolved) || u.Has(nlu.Angry) || u.Has(nlu.Unsure) {
		t.begin()
	}
}

// openCase says that a case is open.
func (t *turn) openCase() bool { return t.s.Phase != "" && t.s.Phase != Idle && t.s.Phase != Closed }

// begin opens a new case; nothing of the one before counts.
func (t *turn) begin() {
	t.clearCase()
	t.s.Phase = Asking
	t.s.Cases++
	t.s.Began, t.s.Opened = t.s.Turn, momentOf(t.e.At)
	t.s.Marks = []Mark{{Turn: t.s.Turn, Phase: Asking}}
	t.fresh = true
	t.clock()
}

// begun makes sure that a case is open; the last one, if it was just closed.
func (t *turn) begun() {
	switch {
	case t.openCase():
	case t.s.Phase == Closed:
		t.reopen()
	default:
		t.begin()
	}
}

// clearCase forgets everything about the current case.
func (t *turn) clearCase() {
	t.s = State{
		Lang: t.s.Lang, App: t.s.App, Phase: Idle, Merchant: t.s.Merchant, Terminal: t.s.Terminal, Turn: t.s.Turn,
		Posts: t.s.Posts, First: t.s.First, Recent: t.s.Recent, Lines: t.s.Lines, Read: t.s.Read, Seen: t.s.Seen, Cases: t.s.Cases, Gaps: t.s.Gaps, Lessons: t.s.Lessons, Records: t.s.Records,
	}
}

// restart forgets the case because the merchant wants to begin anew. A person
// who has the case is told.
func (t *turn) restart() {
	t.endAtDesk(textDeskRestarted)
	if t.openCase() {
		t.keepRecord(Anew)
	}
	t.clearCase()
	t.wants.restart = true
}

// reopen goes on with a case whose fix did not hold.
func (t *turn) reopen() {
	t.s.Phase, t.s.Began = Asking, t.s.Turn
	t.unlearn()
	t.unrecord()
	for _, e := range slices.Backward(t.s.Log) {
		if e.What == Reported && e.Result == Works && e.Void == 0 {
			t.void(func(x Entry) bool { return x.What == Reported && x.Result == Works })
			t.record(Entry{What: Reported, Fix: e.Fix, Result: Same, Source: FromText})
			break
		}
	}
	t.attempted()
}

// close ends the case well.
func (t *turn) close() {
	if !t.openCase() {
		t.post(chat.Info, t.text(textGlad))
		return
	}
	t.endAtDesk(textDeskResolved)
	if f := t.base.Fix(t.s.Pending.Fix); f != nil {
		t.record(Entry{What: Reported, Fix: f.ID, Result: Works, Source: FromText})
	}
	t.learn()
	t.keepRecord(Solved)
	text := t.text(textClosing)
	best := t.model.Ranked(t.belief())[0]
	worked := t.s.count(Reported, func(e Entry) bool { return e.Result == Works }) > 0
	if c := t.base.Cause(best.Cause); c != nil && best.P >= namedAt && worked {
		text += "\n" + fill(t.text(textPrevent), c.Prevent.In(t.s.Lang)[0])
	}
	t.post(chat.Closing, text)
	t.s.Phase = Closed
	t.s.Pending, t.s.Handoff, t.s.Told = Pending{}, nil, false
}

// endAtDesk tells the desk that a case that it has is over, and why.
func (t *turn) endAtDesk(why kb.Text) {
	if t.s.Phase != HandedOver {
		return
	}
	text := t.forDesk(func() string { return t.text(why) })
	t.send(chat.Post{To: chat.ToDesk, Kind: chat.Closing, Text: text})
	t.sendCardAs(chat.Edit, text, "")
}

// drop ends the case because the merchant lets it be.
func (t *turn) drop() {
	if t.charge() == "" {
		t.say(t.text(textDropMoney))
	}
	t.post(chat.Closing, t.text(textDropped))
	t.keepRecord(LetBe)
	t.s.Phase = Closed
	t.s.Pending = Pending{}
}

// clockSlip is how often the clock is wrong about the hour: its zone may be.
const clockSlip = .01

// clock records what the time of day answers.
func (t *turn) clock() {
	if !t.e.Clock {
		return
	}
	for _, q := range t.base.Questions {
		if q.Auto != "clock" {
			continue
		}
		option := "day"
		if h := t.e.At.Hour(); h >= 23 || h < 5 {
			option = "night"
		}
		t.record(Entry{What: Answer, Question: q.ID, Option: option, Source: FromAuto, Slip: clockSlip})
	}
}

// Said is a message of the merchant's, masked, as a person will read it.
type Said struct {
	Msg  string `json:"msg,omitempty"`
	Text string `json:"text"`
	// Files came with it; Album is what they were sent as.
	Files []chat.File `json:"files,omitempty"`
	Album string      `json:"album,omitempty"`
	// Agent wrote it, if not the merchant.
	Agent string `json:"agent,omitempty"`
	// Passed says that the desk got the message by itself, after the card.
	Passed bool `json:"passed,omitempty"`
}

// remember keeps what the merchant said for the person who may take over.
func (s *State) remember(msg, text string, u Understanding) {
	text = word(text)
	idle := u.Kind == IntentOnly && len(u.Intents) > 0 && !u.Has(nlu.Angry) && !u.Has(nlu.NotResolved) && !u.Has(nlu.Unsure)
	if text == "" || idle {
		return
	}
	for i := range s.Words {
		if w := &s.Words[i]; w.Msg == msg && w.Text == "" { // its files are kept already
			w.Text = text
			return
		}
	}
	if !slices.ContainsFunc(s.Words, func(w Said) bool { return w.Text == text }) {
		s.Words = append(s.Words, Said{Msg: msg, Text: text})
	}
}

// word is a text as it is kept.
func word(text string) string {
	text = strings.ToValidUTF8(strings.TrimSpace(text), "\uFFFD")
	if runes := []rune(text); len(runes) > maxWord {
		text = string(runes[:maxWord]) + "…"
	}
	return text
}

// unsay drops the words of an edited message; files stay. It says whether that was
// among the words, and whether the desk has it by itself.
func (s *State) unsay(msg string) (quoted, passed bool) {
	for i := range s.Words {
		if w := &s.Words[i]; w.Msg == msg {
			quoted, passed = true, passed || w.Passed
			w.Text = ""
		}
	}
	s.Words = slices.DeleteFunc(s.Words, func(w Said) bool { return w.Msg == msg && len(w.Files) == 0 })
	return quoted, passed
}
