package dialog

import (
	"time"

	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/kb"
)

// Event is something that happened: the merchant said something, the time that
// State.Wake named has come, or the runtime has news.
type Event struct {
	At time.Time
	// Heard is what the merchant wrote or tapped, in order; several messages
	// of a burst are one event and get one answer.
	Heard []Heard
	// Flooded says that the merchant writes faster than the bot reads, so that
	// from now on messages are not read until it gets calmer.
	Flooded bool
	// Broken is a message that a fault of the program keeps from being read.
	Broken *chat.Message
	// Undelivered are posts that did not plainly arrive.
	Undelivered []Undelivered
	// Clock says that At is the shop's local time, so that the hour counts as
	// evidence. Replays and tests leave it false.
	Clock bool
}

// Heard is one message with what the search found for its text. The text is
// masked already.
type Heard struct {
	Message chat.Message
	Hits    []kb.Hit
}

// Undelivered is a post to the merchant that did not plainly arrive.
type Undelivered struct {
	Post string // its id
	// Closed says that nothing can reach the merchant; else nobody knows
	// whether the post did.
	Closed bool
}
