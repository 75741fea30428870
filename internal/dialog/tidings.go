package dialog

import (
	"slices"
	"time"

	"github.com/s4bot/s4bot/internal/chat"
)

// tidings takes in what the runtime has to tell.
func (t *turn) tidings() {
	if t.e.Broken != nil {
		t.broken(*t.e.Broken)
	}
	if t.e.Flooded {
		t.post(chat.Info, t.text(textTooFast))
	}
	for _, u := range t.e.Undelivered {
		t.undelivered(u)
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
		t.send(chat.Post{To: chat.ToDesk, Kind: chat.Info, Text: t.text(textDeskBroken)})
	}
	t.post(chat.Info, t.text(textBroken))
}

// askedAgain is how long the bot waits for an answer to a question of which
// nobody knows whether it arrived. A merchant who saw it has mostly answered by
// then; one who did not must not wait for the usual nudge.
const askedAgain = 90 * time.Second

// undelivered draws the consequences from a post that did not plainly arrive. An
// agent hears of each of their own.
func (t *turn) undelivered(u Undelivered) {
	if u.Of != "" {
		t.send(chat.Post{To: chat.ToDesk, Kind: chat.Info, Text: t.notDone(u), ReplyTo: u.Of})
	}
	switch {
	case u.Closed:
		t.s.Wake = time.Time{}
		if t.s.Phase == HandedOver && !t.s.Unreachable {
			t.send(chat.Post{To: chat.ToDesk, Kind: chat.Info, Text: t.text(textDeskClosed)})
		}
		t.s.Unreachable = true
	case slices.Contains(t.s.Pending.Posts, u.Post) && !t.s.Pending.Nudged:
		if again := t.e.At.Add(askedAgain); t.s.Wake.IsZero() || again.Before(t.s.Wake) {
			t.s.Wake = again
		}
	}
}

// notDone tells an agent what did not become of what they wrote.
func (t *turn) notDone(u Undelivered) string {
	text := textDeskUncertain
	switch {
	case u.Change == chat.Edit:
		text = textDeskNotEdited
	case u.Change == chat.Delete:
		text = textDeskNotDeleted
	case u.Closed || u.Refused:
		text = textDeskNotSent
	}
	return fill(t.text(text), u.Reason)
}
