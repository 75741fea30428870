package slack

import (
	"time"

	"github.com/s4bot/s4bot/internal/adapters"
)

// What Slack takes, in UTF-16 units; see cost for how they are counted.
const (
	textMost   = 3000 // a text in a block, and the plain text beside blocks
	headerMost = 150
	labelMost  = 75 // of a button
	valueMost  = 2000
)

// Limits are what Slack allows: about one message a second to a channel, with
// bursts. All cases of a desk are in one channel, so that this holds for all
// together.
func (a *Adapter) Limits() adapters.Limits {
	return adapters.Limits{
		Room:       adapters.Rate{Per: time.Second, Burst: 5},
		Everywhere: adapters.Rate{Per: time.Second, Burst: 15},
	}
}
