package dialog

import (
	"time"

	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/kb"
)

// Event is something that happened: the merchant said something, or the time
// that State.Wake named has come.
type Event struct {
	At time.Time
	// Heard is what the merchant wrote or tapped, in order; several messages
	// of a burst are one event and get one answer. Empty: a wake-up.
	Heard []Heard
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
