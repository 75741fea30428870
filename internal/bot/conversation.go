package bot

import (
	"slices"
	"time"

	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/dialog"
)

// conversation is what the store keeps under one key. Every change of it is one
// compare-and-set, and every method here is a plain function of the value, so
// that a change that meets another one is simply made again.
type conversation struct {
	State dialog.State `json:"state,omitzero"`
	// Inbox is what the merchant said and the bot has not answered yet, Since
	// when its first message came, and Answer when it will be answered.
	Inbox  []heard   `json:"inbox,omitempty"`
	Since  time.Time `json:"since,omitzero"`
	Answer time.Time `json:"answer,omitzero"`
	// Merchant and Desk are the posts that wait for delivery. They are apart,
	// so that a platform that is down holds up only its own.
	Merchant lane `json:"merchant,omitzero"`
	Desk     lane `json:"desk,omitzero"`
	// Bucket measures how fast the merchant writes.
	Bucket bucket `json:"bucket,omitzero"`
	// Held are messages that a fault of the program kept from being read.
	Held []heard `json:"held,omitempty"`
	// Lost are the newest posts that nobody can be sure of.
	Lost []lost `json:"lost,omitempty"`
	// Sent is what the platforms call posts that may change.
	Sent []sent `json:"sent,omitempty"`
	// Thread is the id of the room at the desk in which the case is.
	Thread string `json:"thread,omitempty"`
	// Moved is the id of the room that the conversation's room has become.
	Moved string `json:"moved,omitempty"`
	// Erasing says that the conversation is about to be gone, Cleared that all but
	// the goodbye has gone.
	Erasing bool `json:"erasing,omitempty"`
	Cleared bool `json:"cleared,omitempty"`
}

// The bounds of what may grow.
const (
	maxHeld = 20
	maxLost = 20
)

// heard is an accepted message, masked. The room is the conversation's.
type heard struct {
	ID        string      `json:"id,omitempty"`
	Sender    string      `json:"sender,omitempty"`
	Text      string      `json:"text,omitempty"`
	Choice    string      `json:"choice,omitempty"`
	Post      string      `json:"post,omitempty"`
	Edited    bool        `json:"edited,omitempty"`
	Files     []chat.File `json:"files,omitempty"`
	Album     string      `json:"album,omitempty"`
	ReplyTo   string      `json:"reply_to,omitempty"`
	Quote     string      `json:"quote,omitempty"`
	Forwarded bool        `json:"forwarded,omitempty"`
	Group     bool        `json:"group,omitempty"`
	Lang      string      `json:"lang,omitempty"`
	Left      bool        `json:"left,omitempty"`
	At        time.Time   `json:"at,omitzero"`
}

func toHeard(m chat.Message) heard {
	return heard{
		ID: m.ID, Sender: m.Sender, Text: m.Text, Choice: m.Choice, Post: m.Post, Edited: m.Edited, Files: m.Files,
		Album: m.Album, ReplyTo: m.ReplyTo, Quote: m.Quote, Forwarded: m.Forwarded, Group: m.Group, Lang: m.Lang, Left: m.Left, At: m.At,
	}
}

func (h heard) message(room chat.Room) chat.Message {
	return chat.Message{
		ID: h.ID, Room: room, Sender: h.Sender, Text: h.Text, Choice: h.Choice, Post: h.Post, Edited: h.Edited, Files: h.Files,
		Album: h.Album, ReplyTo: h.ReplyTo, Quote: h.Quote, Forwarded: h.Forwarded, Group: h.Group, Lang: h.Lang, Left: h.Left, At: h.At,
	}
}

// lost is a post that did not plainly arrive.
type lost struct {
	Post   string         `json:"post"`
	To     chat.Recipient `json:"to"`
	Kind   chat.Kind      `json:"kind"`
	Fate   string         `json:"fate"` // uncertain, failed, gone
	Reason string         `json:"reason"`
	At     time.Time      `json:"at"`
}

// knows says whether a message was accepted before.
func (c *conversation) knows(m chat.Message) bool {
	mark := dialog.Trace(m)
	return c.State.Knows(m) || m.ID != "" && slices.ContainsFunc(c.Inbox, func(h heard) bool {
		return dialog.Trace(h.message(m.Room)) == mark
	})
}

// lane gives the lane to one side.
func (c *conversation) lane(to chat.Recipient) *lane {
	if to == chat.ToDesk {
		return &c.Desk
	}
	return &c.Merchant
}

// sides are the two lanes' recipients.
var sides = []chat.Recipient{chat.ToMerchant, chat.ToDesk}

// enqueue puts posts into their lanes.
func (c *conversation) enqueue(now time.Time, posts []chat.Post) {
	for _, p := range posts {
		c.lane(p.To).add(outgoing{Post: p, Since: now})
	}
}

// lose records a post that did not plainly arrive.
func (c *conversation) lose(p chat.Post, fate, reason string, now time.Time) {
	c.Lost = newest(append(c.Lost, lost{p.ID, p.To, p.Kind, fate, reason, now}), maxLost)
}

// takeover is how long others leave an answer to the process that accepted the
// question.
const takeover = 2 * time.Second

// due is when the conversation next needs attention; zero: never.
func (c *conversation) due() time.Time {
	if c.Erasing {
		return atOnce
	}
	var next time.Time
	if len(c.Inbox) > 0 {
		next = earlier(next, c.Answer.Add(takeover))
	}
	next = earlier(next, c.Merchant.due())
	next = earlier(next, c.Desk.due())
	return earlier(next, c.State.Wake)
}

// earlier gives the earlier of two times, of which zero is never.
func earlier(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

func newest[T any](list []T, most int) []T {
	if len(list) > most {
		return slices.Clone(list[len(list)-most:])
	}
	return list
}
