package dialog

import (
	"time"

	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/nlu"
)

// askForget asks whether really everything is to be erased.
func (t *turn) askForget() {
	if t.openCase() && t.s.Phase != HandedOver && t.s.Pending.Kind != ForForget {
		t.release()
	}
	options := []chat.Option{{ID: optForget, Label: t.text(textForgetYes)}, {ID: optKeep, Label: t.text(textForgetNo)}}
	text := t.text(textForget)
	if t.group {
		text = t.text(textForgetGroup)
	}
	if t.s.Phase == HandedOver {
		text += "\n" + t.text(textForgetDesk)
	}
	post := t.post(chat.Confirm, text, options...)
	t.await(Pending{Kind: ForForget}, post, options)
}

// forgetWithin is how long a word may confirm that everything is to be erased;
// after that only a new question can.
const forgetWithin = 10 * time.Minute

// replyForget reads a text as the reply to that.
func (t *turn) replyForget(text string) bool {
	if t.e.At.Sub(t.s.Seen) > forgetWithin {
		return false
	}
	options := t.s.Pending.Options
	if n := nlu.Ordinal(text, len(options)); n > 0 {
		t.forgetOrKeep(options[n-1] == optForget)
		return true
	}
	answer := nlu.YesNo(text)
	if answer != "" {
		t.forgetOrKeep(answer == "yes")
	}
	return answer != ""
}

// forgetOrKeep settles the question.
func (t *turn) forgetOrKeep(forget bool) {
	t.s.Pending = Pending{}
	if t.wants.forgotten = forget; !forget {
		t.say(t.text(textKept))
	}
}

// forgetAtDesk leaves of the case at the desk only that there was one: the card says
// nothing more, and what was passed on is taken back.
func (t *turn) forgetAtDesk() {
	if t.s.Phase != HandedOver {
		return
	}
	text := t.forDesk(func() string { return t.text(textDeskForget) })
	t.send(chat.Post{To: chat.ToDesk, Kind: chat.Closing, Text: text})
	title := t.forDesk(func() string { return t.text(textCardForgotten) })
	t.send(chat.Post{
		To: chat.ToDesk, Kind: chat.Handoff, Text: title, Of: t.cardName(), Change: chat.Edit,
		Card: &chat.Card{Title: title, Over: text, Lang: string(t.desk.Lang)},
	})
	for _, w := range t.s.Words {
		if (w.Passed || len(w.Files) > 0) && w.Agent == "" {
			t.send(chat.Post{To: chat.ToDesk, Kind: chat.Info, Of: w.Msg, Change: chat.Delete})
		}
	}
}

// forgetAll says goodbye and leaves a state that knows nothing; the runtime
// erases what else is kept.
func (t *turn) forgetAll() {
	t.forgetAtDesk()
	t.post(chat.Closing, t.text(textForgotten))
	t.s = State{Lang: t.s.Lang, App: t.s.App, Phase: Idle, Turn: t.s.Turn, Posts: t.s.Posts, First: t.s.First, Recent: t.s.Recent, Forget: true}
}
