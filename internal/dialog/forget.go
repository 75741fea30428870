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

// forgetAll says goodbye and leaves a state that knows nothing; the runtime
// erases what else is kept.
func (t *turn) forgetAll() {
	t.endAtDesk(textDeskForget)
	t.post(chat.Closing, t.text(textForgotten))
	t.s = State{Lang: t.s.Lang, Phase: Idle, Turn: t.s.Turn, Posts: t.s.Posts, First: t.s.First, Recent: t.s.Recent, Forget: true}
}
