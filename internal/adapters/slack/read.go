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
	case e.Subtype == "message_changed":
		ok = n.changed(e)
	case e.Subtype == "message_deleted":
		ok = n.deleted(e)
	default:
		ok = n.wrote(e)
	}
	n.desk = e.Channel == a.config.DeskChannel && n.said.replies()
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
// or counts replies: only another text is a change by the person.
func (n *notice) changed(e *event) bool {
	if e.Message == nil || !e.Message.human() {
		return false
	}
	n.said, n.change = *e.Message, chat.Edit
	if e.Message.Edited != nil {
		n.keys = []string{"edit " + e.Channel + "/" + e.Message.TS + "/" + e.Message.Edited.TS}
	}
	if e.Previous == nil {
		return e.Message.Edited != nil
	}
	return e.Previous.Text != e.Message.Text
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
