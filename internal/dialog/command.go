package dialog

import (
	"slices"
	"strings"

	"github.com/s4bot/s4bot/internal/kb"
	"github.com/s4bot/s4bot/internal/nlu"
	"github.com/s4bot/s4bot/internal/nlu/fold"
)

// command takes in a message that is a command, or plain words for one.
func (t *turn) command(text string) bool {
	word, rest, _ := strings.Cut(strings.TrimSpace(fold.String(text)), " ")
	word, _, _ = strings.Cut(word, "@") // "/why@s4bot" in a group
	switch word {
	case "/start":
		t.wants.greeting, t.wants.reshow, t.wants.calm = true, true, true
		t.link(strings.TrimSpace(text))
	case "/help":
		t.wants.help = true
	case "/human":
		t.wants.human = true
	case "/restart":
		t.restart()
	case "/why":
		t.wants.why = true
	case "/back":
		t.wants.back = true
	case "/forget":
		t.wants.forget = true
	case "/language":
		t.switchLanguage(rest)
	default:
		return t.wordCommand(text)
	}
	return true
}

// maxTerminal bounds a terminal's name, as Telegram does.
const maxTerminal = 64

// link takes in what the link that opened the chat tells: a language, a name for
// the terminal, or both, as in "en-shop7".
func (t *turn) link(text string) {
	_, payload, _ := strings.Cut(text, " ")
	payload = strings.TrimSpace(payload)
	name := payload
	if lang, rest, _ := strings.Cut(strings.ReplaceAll(payload, "_", "-"), "-"); lang == string(kb.English) || lang == string(kb.Chinese) {
		t.speak(kb.Lang(lang))
		name = payload[len(payload)-len(rest):]
	}
	if name != "" && len(name) <= maxTerminal {
		t.s.Terminal = name
	}
}

// switchLanguage changes to the named language, or to the other one.
func (t *turn) switchLanguage(name string) {
	switch {
	case strings.HasPrefix(name, "en"):
		t.speak(kb.English)
	case strings.HasPrefix(name, "zh"), strings.HasPrefix(name, "中"), strings.HasPrefix(name, "ch"):
		t.speak(kb.Chinese)
	case t.s.Lang == kb.English:
		t.speak(kb.Chinese)
	default:
		t.speak(kb.English)
	}
	t.say(t.text(textLanguage))
	t.wants.reshow, t.wants.calm = true, true
}

// wordCommand knows the plain words for /why and /back.
func (t *turn) wordCommand(text string) bool {
	switch {
	case nlu.AsksWhy(text), nlu.WondersWhy(text) && t.s.Pending.Kind != "":
		t.wants.why = true
	case nlu.AsksBack(text):
		t.wants.back = true
	case nlu.AsksHow(text) && t.explainsCheck():
		t.wants.reshow = true
	case nlu.GivesUp(text) && t.openCase() && t.s.Phase != HandedOver && t.s.Phase != Offering:
		t.wants.giveUp = true
	default:
		return false
	}
	return true
}

// back undoes the last turn that left something in the log, and waits again for
// what was awaited before it. What went stale meanwhile stays forgotten, and that
// nothing was debited is not believed again: a payment can't be taken back.
func (t *turn) back() bool {
	last, closed := t.lastTold(), t.s.Phase == Closed
	if closed {
		last = max(last, t.s.closedAt())
		t.unlearn()
		t.unrecord()
	}
	if last == 0 {
		return false
	}
	// A case that seemed solved may have been paid, whatever was pending.
	kept, paid := t.s.Log[:0], closed || t.s.WayRound || t.mayHavePaid(Entry{What: Proposed, Fix: t.s.Pending.Fix})
	for _, e := range t.s.Log {
		if e.Turn >= last && e.Source != FromAuto {
			paid = paid || t.mayHavePaid(e)
			continue
		}
		if e.Void >= last && e.Void < t.s.Turn && !(e.Question == t.safety().ID && e.Option == notCharged) {
			e.Void = 0
		}
		kept = append(kept, e)
	}
	t.s.Log = kept
	t.s.restore(last)
	if paid {
		t.forgetCharge(always)
	}
	t.reconcile()
	t.expire()
	return true
}

// lastTold gives the newest turn before this one that told the bot something.
func (t *turn) lastTold() int {
	last := 0
	for _, e := range t.s.Log {
		if e.Turn < t.s.Turn && e.Void == 0 && e.Source != FromAuto && e.What != Asked && e.What != Proposed {
			last = max(last, e.Turn)
		}
	}
	return last
}

// closedAt gives the turn that closed the case: the newest that began open; 0 if
// that is not remembered.
func (s *State) closedAt() int {
	for _, m := range slices.Backward(s.Marks) {
		if m.Phase != Closed {
			return m.Turn
		}
	}
	return 0
}

// mark remembers what a turn may change beside the log.
func (s *State) mark() Mark {
	return Mark{s.Turn, s.Pending, s.Phase, s.Waiting, s.WayRound, s.Angry}
}

// restore puts back what the mark of a turn remembers.
func (s *State) restore(turn int) {
	s.Pending, s.Phase = Pending{}, Asking
	for i, m := range s.Marks {
		if m.Turn == turn {
			s.Pending, s.Phase, s.Waiting, s.WayRound, s.Angry = m.Pending, m.Phase, m.Waiting, m.WayRound, m.Angry
			s.Marks = s.Marks[:i]
			return
		}
	}
}
