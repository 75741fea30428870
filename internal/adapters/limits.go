package adapters

import "time"

// Limits are how fast a platform takes posts.
type Limits struct {
	Room       Rate // to one room
	Everywhere Rate // to all rooms together
}

// Rate is one post every Per on average, with up to Burst at once. A zero Per
// is no limit.
type Rate struct {
	Per   time.Duration
	Burst int
}
