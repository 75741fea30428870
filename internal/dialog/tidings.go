package dialog

import (
	"slices"
	"strings"
	"time"

	"github.com/s4bot/s4bot/internal/chat"
)

// tidings takes in what the runtime has to tell.
func (t *turn) tidings() {
	if t.e.Broken != nil {
		t.broken(*t.e.Broken)
	}
	for _, a := range t.e.BrokenDesk {
		t.seen(traceAct(a))
		t.tell(a.Agent, textDeskFault)
	}
	if t.e.Flooded {
		t.post(chat.Info, t.text(textTooFast))
	}
	for _, u := range t.e.Undelivered {
		t.undelivered(u)
	}
	for _, a := range t.e.Arrived {
		t.arrived(a.Of)
	}
	if t.e.DeskLost {
		t.rebuild()
	}
}

// broken answers a message that a fault of the program keeps from being read.
// Who has the case is told, so that somebody asks.
func (t *turn) broken(m chat.Message) {
	if t.s.Knows(m) {
		return
	}
	t.seen(m)
	t.s.Seen = t.e.At
	if t.s.Phase == HandedOver {
		t.send(chat.Post{To: chat.ToDesk, Kind: chat.Info, Text: t.forDesk(func() string { return t.text(textDeskBroken) })})
	}
	t.post(chat.Info, t.text(textBroken))
}

// askedAgain is how long the bot waits for an answer to a question of which
// nobody knows whether it arrived. A merchant who saw it has mostly answered by
// then; one who did not must not wait for the usual nudge.
const askedAgain = 90 * time.Second

// closed takes in that nothing reaches the merchant any more.
func (t *turn) closed() {
	t.s.Wake = time.Time{}
	if t.s.Phase == HandedOver && !t.s.Unreachable {
		t.send(chat.Post{To: chat.ToDesk, Kind: chat.Info, Text: t.forDesk(func() string { return t.text(textDeskClosed) })})
	}
	t.s.Unreachable = true
}

// undelivered draws the consequences from a post that did not plainly arrive. An
// agent hears of each of their own.
func (t *turn) undelivered(u Undelivered) {
	if u.Of != "" {
		t.notDone(u)
	}
	switch {
	case u.Closed:
		t.closed()
	case slices.Contains(t.s.Pending.Posts, u.Post) && !t.s.Pending.Nudged:
		if again := t.e.At.Add(askedAgain); t.s.Wake.IsZero() || again.Before(t.s.Wake) {
			t.s.Wake, t.s.Pending.Unsure = again, true
		}
	}
}

// notDone marks what an agent wrote with what did not become of it.
func (t *turn) notDone(u Undelivered) {
	text, mark := textDeskUncertain, chat.Uncertain
	switch {
	case !u.Closed && !u.Refused:
	case u.Change == chat.Edit:
		text, mark = textDeskNotEdited, chat.Failed
	case u.Change == chat.Delete:
		text, mark = textDeskNotDeleted, chat.Failed
	default:
		text, mark = textDeskNotSent, chat.Failed
	}
	words := t.forDesk(func() string { return fill(t.text(text), u.Reason) })
	if suggestion(u.Of) {
		t.send(chat.Post{To: chat.ToDesk, Kind: chat.Info, Text: words})
		return
	}
	p := chat.Post{To: chat.ToDesk, Kind: chat.Info, Text: words, Of: u.Of, Mark: mark}
	if h := t.s.Handoff; h != nil {
		p.Private = h.Agent.ID
	}
	t.send(p)
}

// arrived marks what an agent wrote as delivered; of a suggestion there is no
// message to mark.
func (t *turn) arrived(of string) {
	if rest, ok := strings.CutPrefix(of, suggestMark); ok {
		id, _, _ := strings.Cut(rest, " ")
		if f := t.base.Fix(id); f != nil { // else the knowledge has lost it since
			t.send(chat.Post{To: chat.ToDesk, Kind: chat.Info, Text: t.forDesk(func() string { return fill(t.text(textDeskSuggested), t.text(f.Title)) })})
		}
		return
	}
	t.send(chat.Post{To: chat.ToDesk, Kind: chat.Info, Of: of, Mark: chat.Delivered})
}

// suggestMark stands before the fix that was suggested and the id of the act.
const suggestMark = "suggest "

func suggestion(of string) bool { return strings.HasPrefix(of, suggestMark) }

// rebuild gives the desk the case once more, with all that was said in it.
func (t *turn) rebuild() {
	if t.s.Phase != HandedOver {
		return
	}
	t.sendCard("")
	for _, w := range t.s.Words {
		if w.Passed || len(w.Files) > 0 {
			t.send(chat.Post{To: chat.ToDesk, Kind: chat.Info, Text: t.forDesk(func() string { return t.retold(w) }), Files: w.Files, Of: w.Msg})
		}
	}
}

// retold is a message as the desk reads it once more. What stands on the card is
// not said again.
func (t *turn) retold(w Said) string {
	switch {
	case w.Agent != "":
		return fill(t.text(textDeskSender), "👤 "+w.Agent) + w.Text
	case !w.Passed || w.Text == "":
		return t.fileLabels(w.Files)
	}
	return w.Text
}
