package telegram

import (
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/s4bot/s4bot/internal/adapters"
)

// Limits are what Telegram allows: about one message a second to a private
// chat, 30 in any second everywhere. The lower limit of groups, 20 a minute, Deliver
// keeps by itself.
func (a *Adapter) Limits() adapters.Limits {
	return adapters.Limits{
		Room:       adapters.Rate{Per: time.Second, Burst: 3},
		Everywhere: adapters.Rate{Per: time.Second / 25, Burst: 5}, // 30 in any second
	}
}

// groupLimit is what Telegram allows to one group: 20 in any minute.
var groupLimit = adapters.Rate{Per: 4 * time.Second, Burst: 5}

// groupPace keeps messages to groups within groupLimit.
type groupPace struct {
	mu    sync.Mutex // guards what follows
	rooms adapters.Memo[int64, *rate.Limiter]
}

func newGroupPace() *groupPace { return &groupPace{} }

// admit counts a message to a chat; a failure: it must wait. Private chats have
// positive ids and are not counted.
func (g *groupPace) admit(chatID int64) error {
	if chatID > 0 {
		return nil
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	l, known := g.rooms.Get(chatID)
	if !known {
		l = rate.NewLimiter(rate.Every(groupLimit.Per), groupLimit.Burst)
		g.rooms.Put(chatID, l)
	}
	r := l.Reserve()
	if wait := r.Delay(); wait > 0 {
		r.Cancel()
		return &adapters.Failure{Outcome: adapters.Retry, After: wait, Reason: "Telegram takes 20 messages a minute for a group"}
	}
	return nil
}
