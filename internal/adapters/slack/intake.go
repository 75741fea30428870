package slack

import (
	"context"
	"sync"
	"sync/atomic"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/chat"
)

// intake is what the incoming side of an adapter remembers and does meanwhile.
type intake struct {
	hooks       *errands // what HTTP requests leave behind
	queues      queues
	quarantined atomic.Int64

	mu     sync.Mutex // guards what follows
	seen   adapters.Memo[string, struct{}]
	people adapters.Memo[string, person]
	recent adapters.Memo[chat.Room, trace] // threads where something went on
	self   *self                           // nil: auth.test has not told yet
}

func newIntake() *intake {
	return &intake{hooks: newErrands(context.Background(), usualTaking.grace)}
}

// Quarantined says how many envelopes and events could not be read since the
// start. They were acknowledged, for a repeat would not mend them.
func (a *Adapter) Quarantined() int64 { return a.in.quarantined.Load() }

// quarantine counts something that can't be read. Its content is not logged.
func (a *Adapter) quarantine(kind, id string) {
	a.in.quarantined.Add(1)
	a.log.Warn("something from Slack could not be read and is passed over", "kind", kind, "id", shorten(id, 64))
}
