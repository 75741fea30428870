package slack

import (
	"cmp"
	"strings"

	"github.com/s4bot/s4bot/internal/chat"
)

// notice is what an event tells, as far as the bot cares.
type notice struct {
	keys    []string // by which a repeat is known
	said    spoken
	change  chat.Change
	channel string
	desk    bool // it is in a thread of the desk's channel
	private bool // it is in a direct message
	mention bool // the bot is named
	gone    bool // the card above the thread was deleted
}

// line is where the order matters: the thread.
func (n *notice) line() string { return n.channel + "/" + cmp.Or(n.said.ThreadTS, n.said.TS) }

// room is the thread as a room of the desk.
func (n *notice) room() chat.Room {
	return chat.Room{Platform: Platform, ID: n.channel + "/" + n.said.ThreadTS}
}

// notice gives what an event tells; false: nothing for the bot.
func (a *Adapter) notice(e *event, id string) (*notice, bool) {
	n := &notice{channel: e.Channel, private: e.ChannelType == "im" || e.ChannelType == "" && strings.HasPrefix(e.Channel, "D")}
	ok := false
	switch {
	case e.Channel == "" || e.Type != "message" && e.Type != "app_mention":
		return nil, false
	case e.Type == "app_mention":
		n.mention = true
		ok = n.wrote(e)
	case e.Subtype == "message_changed" && !n.cardGone(e):
		ok = n.changed(e)
	case e.Subtype == "message_deleted" && !n.cardGone(e):
		ok = n.deleted(e)
	case e.Subtype == "message_changed", e.Subtype == "message_deleted":
		ok = e.Channel == a.config.DeskChannel
	default:
		ok = n.wrote(e)
	}
	n.desk = e.Channel == a.config.DeskChannel && (n.said.replies() || n.gone)
	if id != "" {
		n.keys = append(n.keys, "event "+id)
	}
	return n, ok && (n.desk || n.change == "")
}

// wrote reads a new message. A message and the mention in it are two events for one
// message; they have the same key.
func (n *notice) wrote(e *event) bool {
	n.said = e.spoken
	n.keys = []string{"message " + e.Channel + "/" + e.TS}
	return e.human() && (strings.TrimSpace(e.Text) != "" || len(e.Files) > 0)
}

// changed reads a change of a message. Slack also tells so when it unfolds a link
// or counts replies: only another text is a change, and only by the one who wrote it.
func (n *notice) changed(e *event) bool {
	if e.Message == nil || !e.Message.human() {
		return false
	}
	if e.Message.Edited == nil || e.Previous != nil && (e.Previous.User != e.Message.User || e.Previous.Text == e.Message.Text) {
		return false
	}
	n.said, n.change = *e.Message, chat.Edit
	n.keys = []string{"edit " + e.Channel + "/" + e.Message.TS + "/" + e.Message.Edited.TS}
	return true
}

// cardGone reads that a message of a bot above a thread was deleted: with replies it
// becomes a tombstone. Whether it was a card of ours the desk knows by its thread.
func (n *notice) cardGone(e *event) bool {
	p := e.Previous
	tombstone := e.Subtype == "message_changed" && e.Message != nil && e.Message.Subtype == "tombstone"
	if p == nil || p.BotID == "" || p.replies() || e.Subtype != "message_deleted" && !tombstone || !timeForm.MatchString(p.TS) {
		return false
	}
	n.said, n.gone = spoken{TS: p.TS, ThreadTS: p.TS, User: p.User}, true
	n.keys = []string{"gone " + e.Channel + "/" + p.TS}
	return true
}

// deleted reads that a message was deleted.
func (n *notice) deleted(e *event) bool {
	if e.Previous == nil || !e.Previous.human() || !timeForm.MatchString(e.DeletedTS) {
		return false
	}
	n.said, n.change = *e.Previous, chat.Delete
	n.said.TS = e.DeletedTS
	n.keys = []string{"delete " + e.Channel + "/" + e.DeletedTS}
	return true
}
