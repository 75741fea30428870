package dialog

import (
	"slices"
	"strconv"

	"github.com/s4bot/s4bot/internal/chat"
)

// passOn passes a message on to the desk. One that replaces another changes the
// desk's copy: the post that passed the other on, or the card that quotes it.
func (t *turn) passOn(msg chat.Message, urgent bool) {
	text := t.forDesk(func() string {
		if urgent {
			return t.text(textDeskCharged) + t.passedText(msg)
		}
		return t.passedText(msg)
	})
	switch {
	case msg.Album != "" && msg.Album == t.album && blank(msg.Text) && !msg.Edited && !urgent:
		p := &t.posts[t.albumPost]
		p.Files = append(slices.Clip(p.Files), msg.Files...)
		t.s.keepFiles(msg)
	case msg.Edited && t.quoted && !t.passed && !urgent:
		t.sendCard(chat.Edit)
	default:
		t.s.pass(msg)
		p := chat.Post{To: chat.ToDesk, Kind: chat.Info, Text: text, Files: msg.Files, Quote: msg.Quote, Of: msg.ID, Urgent: urgent}
		if t.passed && msg.Edited {
			p.Change = chat.Edit
		}
		t.send(p)
		t.album, t.albumPost = msg.Album, len(t.posts)-1
	}
}

// passedText is a message as the desk reads it.
func (t *turn) passedText(msg chat.Message) string {
	text := msg.Text
	if blank(text) {
		text = t.fileLabels(msg.Files)
	}
	if msg.Forwarded {
		text = t.text(textDeskForwarded) + text
	}
	if msg.Edited && !t.passed {
		text = t.text(textDeskEdited) + text
	}
	if msg.Group && msg.Sender != "" {
		text = fill(t.text(textDeskSender), msg.Sender) + text
	}
	return text
}

// pass notes that the desk has a message by itself.
func (s *State) pass(msg chat.Message) {
	i := slices.IndexFunc(s.Words, func(w Said) bool { return w.Msg == msg.ID })
	if i < 0 {
		i = len(s.Words)
		s.Words = append(s.Words, Said{Msg: msg.ID, Text: firstOf(msg.Text)})
	}
	w := &s.Words[i]
	w.Files, w.Album, w.Passed = withFiles(w.Files, msg.Files), msg.Album, true
}

// firstOf is as much of a text as a case keeps of one message.
func firstOf(text string) string {
	runes := []rune(text)
	return string(runes[:min(len(runes), maxWord)])
}

// relayFiles passes files on that came without a word.
func (t *turn) relayFiles(msg chat.Message) {
	t.passOn(msg, false)
	if tooLarge(msg.Files) {
		t.say(t.text(textTooLarge))
	}
	if !t.s.Told && !t.s.Handoff.Spoken {
		t.s.Told = true
		t.say(t.text(textRelayed))
	}
}

// sendCard sends the desk the card of the case, or changes it.
func (t *turn) sendCard(change chat.Change) { t.sendCardAs(change, "", "") }

// cardName is what changes of the case's card name it by.
func (t *turn) cardName() string { return "card" + strconv.Itoa(t.s.Cases) }

// sendCardAs does so with what became of the case: over says how it ended, note
// that the bot goes on with it.
func (t *turn) sendCardAs(change chat.Change, over, note string) {
	p := chat.Post{To: chat.ToDesk, Kind: chat.Handoff, Urgent: t.s.Handoff.Urgent, Of: t.cardName(), Change: change}
	p.Text = t.forDesk(func() string {
		c, text := t.card(over)
		if note != "" {
			c.Bot = true
			c.Rows, text = append(c.Rows, row("", note)), text+"\n"+note
		}
		if over != "" {
			text += "\n" + over
		}
		p.Card = &c
		return text
	})
	if f := t.suggested(); f != nil && !f.Agent && over == "" && t.mayPay(f) {
		p.Card.Fix, p.Card.FixText = f.ID, t.suggestion(f)
		p.Card.FixTitle = t.forDesk(func() string { return t.text(f.Title) })
	}
	t.handoff().Shown = digest(p.Text)
	t.send(p)
	t.album = ""
}

// refreshCard changes the card if what is known of the case has changed.
func (t *turn) refreshCard() {
	if t.s.Phase != HandedOver || t.s.Handoff.Shown == "" {
		return
	}
	if t.charge() == charged && !t.s.Handoff.Urgent {
		t.handoff().Urgent = true
	}
	ranked := t.model.Ranked(t.belief())
	t.handoff().Top = ranked[:min(3, len(ranked))]
	text := t.forDesk(func() string { _, text := t.card(""); return text })
	if digest(text) != t.s.Handoff.Shown {
		t.sendCard(chat.Edit)
	}
}

// sendFiles sends the desk what files came before the card.
func (t *turn) sendFiles() {
	for _, w := range t.s.Words {
		if len(w.Files) > 0 {
			t.send(chat.Post{To: chat.ToDesk, Kind: chat.Info, Text: t.forDesk(func() string { return t.fileLabels(w.Files) }), Files: w.Files, Of: w.Msg})
		}
	}
}
