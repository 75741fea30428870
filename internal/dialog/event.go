package dialog

import (
	"time"

	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/kb"
)

// Event is something that happened: the merchant or an agent said something, the
// time that State.Wake named has come, or the runtime has news.
type Event struct {
	At time.Time
	// Heard is what the merchant wrote or tapped, in order; several messages
	// of a burst are one event and get one answer.
	Heard []Heard
	// Desk is what agents did with the case, in order. What they wrote is masked.
	Desk []chat.Act
	// Flooded says that the merchant writes faster than the bot reads, so that
	// from now on messages are not read until it gets calmer.
	Flooded bool
	// Broken is a message that a fault of the program keeps from being read.
	Broken *chat.Message
	// BrokenDesk is what agents did and a fault of the program keeps from being
	// carried out.
	BrokenDesk []chat.Act
	// Undelivered are posts that did not plainly arrive, Arrived those of agents
	// that did.
	Undelivered []Undelivered
	Arrived     []Arrived
	// DeskLost says that the case's place at the desk is gone with all that stood
	// there.
	DeskLost bool
	// Clock says that At is the shop's local time, so that the hour counts as
	// evidence. Replays and tests leave it false.
	Clock bool
}

// Heard is one message with what the search found for its text. The text is
// masked already.
type Heard struct {
	Message chat.Message
	Hits    []kb.Hit
	// RepliesTo is the bot's post that the message replies to, or "".
	RepliesTo string
}

// Arrived is a post that passed on what an agent wrote.
type Arrived struct{ Of string }

// Undelivered is a post to the merchant that did not plainly arrive.
type Undelivered struct {
	Post string // its id
	// Of and Change are those of the post: Of is set if it passes on, or changes,
	// what an agent wrote.
	Of     string
	Change chat.Change
	// Closed says that nothing can reach the merchant, Refused that this post
	// never will; else nobody knows whether it did.
	Closed, Refused bool
	Reason          string // without content
}
