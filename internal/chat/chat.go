// Package chat is the vocabulary that every room of the program shares: rooms,
// messages that come in, posts that go out and the options under a post.
//
// It promises plain comparable data without behaviour of any platform. Ids of
// other systems are opaque here: only the adapter that made them reads them.
// It is not the place for dialog state or for knowledge.
package chat

import "time"

// Room is one place on one platform where people write: a merchant's chat, a
// desk channel or a thread in it. ID is opaque outside the platform's adapter.
type Room struct {
	Platform string `json:"platform"`
	ID       string `json:"id"`
}

// String gives the room's key, "platform:id". It names a conversation in the
// store and in logs; it carries no personal data beyond the platform's own id.
func (r Room) String() string { return r.Platform + ":" + r.ID }

// Message is something that a person did in a room: text that they wrote, or an
// option that they tapped. Exactly one of Text and Choice matters; an empty
// text without a choice is a message that carried nothing readable.
type Message struct {
	// ID is the platform's id of the message, unique within the room. A
	// message that arrives twice, or an edit of it, has the same ID.
	ID   string
	Room Room
	// Sender is what people call who wrote it; empty if the platform has no
	// name for them.
	Sender string
	Text   string
	// Choice is the id of a tapped option and Post the id of the post that
	// showed it; an empty Post means the newest post with options.
	Choice string
	Post   string
	// Edited says that the text replaces an earlier one of the same ID.
	Edited bool
	At     time.Time
}

// Recipient is the side of a conversation that a post goes to.
type Recipient string

// The two recipients of a post.
const (
	ToMerchant Recipient = "merchant"
	ToDesk     Recipient = "desk"
)

// Kind says what a post is for. The values are part of the JSON interface.
type Kind string

// The kinds of posts.
const (
	Question Kind = "question" // a follow-up question
	Fix      Kind = "fix"      // the steps that cure a cause
	Verify   Kind = "verify"   // did the fix work?
	Safety   Kind = "safety"   // about money: was the customer charged?
	Confirm  Kind = "confirm"  // is this surprising answer right?
	Handoff  Kind = "handoff"  // a person takes over
	Info     Kind = "info"     // everything that asks for nothing
	Closing  Kind = "closing"  // the case is closed
)

// Post is a message that the bot sends. ID is unique within its conversation.
type Post struct {
	ID      string    `json:"id"`
	To      Recipient `json:"to"`
	Kind    Kind      `json:"kind"`
	Text    string    `json:"text"`
	Options []Option  `json:"options,omitempty"`
	// Urgent asks the desk to look at once: a charged customer, an angry one.
	Urgent bool `json:"urgent,omitempty"`
}

// Option is one choice under a post. ID is stable, Label is what people read.
type Option struct {
	ID    string `json:"id"`
	Label string `json:"label"`
}
