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

// Message is something that a person did in a room: what they wrote or sent, or
// an option that they tapped. With a Choice nothing else of the content matters;
// no text, no choice and no file is a message that carried nothing readable.
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
	// Files are what came with the text. Messages of one Album were sent as one.
	Files []File
	Album string
	// ReplyTo is the id of the message that this one replies to, of a tap that of
	// the message which showed the option; Quote is how a replied-to message
	// begins. Forwarded says that somebody else wrote the text.
	ReplyTo   string
	Quote     string
	Forwarded bool
	// Group says that several people write in the room.
	Group bool
	// Lang is the language of the sender's app, such as "zh-hans"; may be empty.
	Lang string
	// MovedTo, if set, is the room that this one has become. Such a message
	// carries nothing else.
	MovedTo Room
	// Left says that nothing reaches the room any more: the merchant has blocked the
	// bot, or it was put out of the group. Such a message carries nothing else.
	Left bool
	At   time.Time
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
	// Strong is the part of Text that stands out, such as the question below
	// what was noted; zero: none.
	Strong Span `json:"strong,omitzero"`
	// Files go out with the text, which may then be empty.
	Files []File `json:"files,omitempty"`
	// ReplyTo is the id of the message in the room that the post answers, Quote
	// what the message that it passes on replied to.
	ReplyTo string `json:"reply_to,omitempty"`
	Quote   string `json:"quote,omitempty"`
	// Of is the id of the message of the other side that the post passes on, or
	// with a Change of what it changes.
	Of     string `json:"of,omitempty"`
	Change Change `json:"change,omitempty"`
	// Of a post for the desk: Card is the case that Text tells of; Private is the
	// id of the only agent who sees the post; Mark is what became of the agent's
	// message Of; Remind calls those who are there (1) or a named group (2).
	Card    *Card  `json:"card,omitempty"`
	Private string `json:"private,omitempty"`
	Mark    Mark   `json:"mark,omitempty"`
	Remind  int    `json:"remind,omitempty"`
	// Ref is what the platform calls the post that is changed, as its delivery
	// gave it; empty: nobody knows. The runtime sets it.
	Ref string `json:"ref,omitempty"`
}

// Change says that a post changes an earlier one to the same side.
type Change string

// The changes.
const (
	// Edit replaces the text of the post that passed on Of.
	Edit Change = "edit"
	// Delete takes back the post that passed on Of.
	Delete Change = "delete"
	// Settle leaves of the options under the post with the id Of only those of
	// this one, marked as chosen; none: no option is left.
	Settle Change = "settle"
)

// Span is a part of a text, in bytes: from Start up to End.
type Span struct {
	Start int `json:"start,omitempty"`
	End   int `json:"end,omitempty"`
}

// Option is one choice under a post. ID is stable, Label is what people read.
type Option struct {
	ID    string `json:"id"`
	Label string `json:"label"`
}
