package dialog

import (
	"cmp"
	"slices"
	"strings"

	"github.com/s4bot/s4bot/internal/kb"
	"github.com/s4bot/s4bot/internal/nlu"
)

// listen takes in what the merchant said and answers it all at once.
func (t *turn) listen(heard []Heard) {
	t.s.Turn++
	t.s.Marks = append(t.s.Marks, t.s.mark())
	t.resume()
	t.s.Unreachable, t.s.Forget = false, false
	spoke := false
	for _, h := range heard {
		t.msg, t.s.Merchant = h.Message.ID, cmp.Or(h.Message.Sender, h.Message.Room.String())
		if t.group = h.Message.Group; t.group && h.Message.Choice == "" {
			t.answering = h.Message.ID
		}
		spoke = spoke || !t.continues(h.Message) || tooLarge(h.Message.Files)
		t.guessLanguage(h.Message.Lang)
		t.hear(h)
	}
	t.s.Seen = t.e.At
	if spoke {
		t.respond()
	}
	t.refreshCard()
	t.schedule()
}

// guessLanguage takes the language of the merchant's app while they have not written in
// any: after a start button, a code, a photo or taps.
func (t *turn) guessLanguage(app string) {
	if app == "" || t.s.Lang != "" && !t.s.App {
		return
	}
	lang := kb.English
	if strings.HasPrefix(strings.ToLower(app), string(kb.Chinese)) {
		lang = kb.Chinese
	}
	t.s.Lang, t.s.App = lang, true
}

// speak sets the language that the merchant speaks, or wants.
func (t *turn) speak(lang kb.Lang) { t.s.Lang, t.s.App = lang, false }

// hear takes in one message.
func (t *turn) hear(h Heard) {
	msg := h.Message
	asked := cmp.Or(t.repliesTo(h.RepliesTo), t.expects(msg.Text))
	if t.quoted, t.passed = false, false; msg.Edited {
		asked = cmp.Or(t.takeBack(msg.ID), asked)
	}
	if msg.Choice != "" {
		t.choose(msg)
		return
	}
	command := !msg.Forwarded && t.command(msg.Text)
	if t.s.Pending.Kind == ForForget && (command || msg.Forwarded || len(msg.Files) > 0) {
		t.s.Pending = Pending{} // who goes on does not want it
	}
	if !command && (len(msg.Files) == 0 || !blank(msg.Text)) {
		t.read(h, asked)
	}
	if len(msg.Files) > 0 {
		t.receive(msg)
	}
}

// repliesTo gives the question that one of the bot's posts asked, if a reply to
// it was meant for another one than what is pending. What was said of the charge
// long ago is asked anew, never answered to an old post.
func (t *turn) repliesTo(post string) (question string) {
	for _, e := range t.s.Log {
		if e.What == Asked && e.Void == 0 && post != "" && e.Post == post && e.Question != t.s.Pending.Question && e.Question != t.safety().ID {
			question = e.Question
		}
	}
	return question
}

// takeBack forgets what an edited message said, and gives the question that it
// answered, if it did.
func (t *turn) takeBack(msg string) (question string) {
	t.void(func(e Entry) bool {
		mine := e.Msg == msg && e.What != Asked && e.What != Proposed
		if mine && e.What == Answer {
			question = e.Question
		}
		return mine
	})
	t.quoted, t.passed = t.s.unsay(msg)
	return question
}

// read takes in a text, which may answer the question asked.
func (t *turn) read(h Heard, asked string) {
	text := h.Message.Text
	t.answered = false
	u := t.heeded(t.understand(t.reader.ReadAnswer(text, asked), h.Hits))
	if h.Message.Forwarded {
		u.Intents = nil // somebody else's
	}
	if !h.Message.Forwarded || t.s.Lang == "" || t.s.App {
		t.language(text, u)
	}
	if t.s.Pending.Kind == ForForget {
		if t.replyForget(text) {
			return
		}
		t.s.Pending = Pending{} // who goes on does not want it
	}
	if t.s.Phase == HandedOver && (!u.Has(nlu.Restart) || u.Beyond > beyondRestart || t.s.Handoff.Spoken) {
		t.relay(h.Message, u)
		return
	}
	t.wishes(u)
	t.warnSecrets(text)
	if t.s.Pending.Kind == "" && u.unmatched() {
		t.unmatched(text)
	}
	if u.Kind == OutOfScope && !t.tellsCharge(u) && t.elsewhere(u) {
		return
	}
	t.open(u)
	t.name(u.Names)
	t.s.remember(h.Message.ID, text, u)
	t.s.Waiting = t.s.Waiting || u.Waiting
	t.doubtCharge(text, u)
	if nlu.AsksOtherWay(text) {
		t.asksWayRound()
	}
	toOther := asked != "" && asked == t.repliesTo(h.RepliesTo) // one that was answered or left
	if pending := t.s.Pending; pending.Kind != "" && !toOther && t.reply(text, u) {
		u.Tried = slices.DeleteFunc(u.Tried, func(fix string) bool { return fix == pending.Fix })
		t.takeTried(u) // told beside the report on another fix
		return
	}
	t.takeFacts(u, toOther || nlu.Corrects(text))
	t.takeTried(u)
	t.takeText(u)
}

// An inferred intent counts only if the message is likely nothing but an intent;
// while a reply is awaited it must be longer than most replies, too.
const (
	inferLikely = .6
	inferLength = 4
)

// heeded drops an intent that is told by likeness alone, unless it is clear:
// "对" answers, whatever it is like.
func (t *turn) heeded(u Understanding) Understanding {
	reply := t.s.Pending.Kind != "" && (u.Length < inferLength || len(u.Facts) > 0)
	if u.Inferred && (u.Likely < inferLikely || reply) {
		u.Intents = nil
	}
	return u
}

// expects gives the question that a text may be answering. A bare yes or no to
// a confirmation answers the confirmation, not the question behind it.
func (t *turn) expects(text string) string {
	switch p := t.s.Pending; {
	case p.Kind == ForAnswer, p.Kind == ForWhich, p.Kind == ForConfirm && nlu.YesNo(text) == "":
		return p.Question
	}
	return ""
}

// languageLeast is how long a message must be for the bot to follow its
// language in the middle of a conversation.
const languageLeast = 5

// language follows the merchant's language, and wishes. What a screen or a slip prints
// in capitals is not how they speak.
func (t *turn) language(text string, u Understanding) {
	printed := u.Lang == kb.English && text == strings.ToUpper(text)
	switch {
	case u.Has(nlu.LanguageEN):
		t.speak(kb.English)
	case u.Has(nlu.LanguageZH):
		t.speak(kb.Chinese)
	case u.Lang != "" && (t.s.Lang == "" || t.s.App || u.Length >= languageLeast && !printed):
		t.speak(u.Lang)
	}
}

// beyondRestart is how much else a message may say that wants to begin anew: in
// a longer one the words mean something else.
const beyondRestart = 6

// wishes notes what the merchant wants beside the diagnosis.
func (t *turn) wishes(u Understanding) {
	polite := u.Has(nlu.Thanks) || u.Has(nlu.Greeting) || u.Has(nlu.LanguageEN) || u.Has(nlu.LanguageZH)
	t.wants.calm = t.wants.calm || polite && u.Kind == IntentOnly
	for _, i := range u.Intents {
		switch i {
		case nlu.Human:
			t.wants.human = true
		case nlu.Restart:
			if !u.Has(nlu.Resolved) && u.Beyond <= beyondRestart {
				t.restart()
			}
		case nlu.Angry:
			t.wants.angry = true
		case nlu.Thanks:
			t.wants.thanks, t.wants.reshow = true, true
		case nlu.Greeting:
			t.wants.greeting, t.wants.reshow = true, true
		case nlu.Resolved:
			t.wants.resolved = t.s.Pending.Kind == "" && works(u) && (t.openCase() || u.Kind != AboutCause)
		case nlu.NotResolved:
			t.wants.reshow = true
		case nlu.LanguageEN, nlu.LanguageZH:
			t.wants.reshow = true
			t.say(t.text(textLanguage))
		}
	}
	switch u.Kind {
	case Unreadable:
		t.wants.unreadable = true
	case Vague:
		t.wants.reshow = true // understood, but it says nothing new
	}
}

// warnSecrets tells a merchant who sent a card number or a PIN that it was
// hidden and is not needed.
func (t *turn) warnSecrets(text string) {
	if nlu.Masked(text) {
		t.say(t.text(textSecret))
	}
}

// elsewhere answers a message that is not about a failed payment. It gives
// false, and says nothing, while a reply is awaited that the message may be.
func (t *turn) elsewhere(u Understanding) bool {
	waiting := t.s.Pending.Kind != ""
	if waiting && !u.Sure {
		return false
	}
	if h := t.howto(u.Article); h != nil {
		t.say(t.howtoText(h))
	} else if topic := t.topic(u.Article); topic != nil {
		t.say(t.text(topic.Answer))
	} else if waiting {
		return false
	} else {
		t.say(t.text(textOutside))
	}
	t.wants.reshow = true
	return true
}

func (m *Manager) howto(id string) *kb.Howto {
	for _, h := range m.base.Howtos {
		if h.ID == id {
			return h
		}
	}
	return nil
}

func (m *Manager) topic(id string) *kb.Topic {
	for _, x := range m.base.Topics {
		if x.ID == id {
			return x
		}
	}
	return nil
}

func (t *turn) howtoText(h *kb.Howto) string {
	return strings.Join([]string{t.text(h.Title), numbered(h.Steps.In(t.s.Lang)), t.text(h.Note)}, "\n")
}
