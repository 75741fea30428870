//go:build chaos

package chaos

import (
	"fmt"
	"math/rand/v2"
	"sync/atomic"
	"testing"
	"time"

	"github.com/s4bot/s4bot/internal/store/redistest"
)

// scenario is one kind of trouble.
type scenario struct {
	name     string
	settings []string      // of Redis
	sentinel bool          // master, replica and Sentinel
	lag      time.Duration // master and replica, which lags behind
	replicas int           // of the bot
	chats    int           // merchants who write at the same time
	hooked   bool          // updates come by webhook, else by polling
	atOnce   float64       // the share of updates that come to all replicas at the same time
	proxied  bool          // a proxy stands between each replica and Redis
	arm      func() string // where the next process kills itself; nil: nowhere
	trouble  func(w *world)
	longFor  time.Duration // how long the trouble of the long version lasts at most
	longOnly bool
}

const (
	everysec    = "appendonly yes\nappendfsync everysec"
	minReplicas = "min-replicas-to-write 1\nmin-replicas-max-lag 10"
)

// places are where a process can kill itself, and "*" for all of them.
var places = []string{"received", "before commit", "after commit", "before send", "after send", "after acknowledge", "*"}

// inTurn arms processes at some places in turn, after up to some visits.
func inTurn(most int, places ...string) func() string {
	var n atomic.Int64
	return func() string {
		return fmt.Sprintf("%s:%d", places[int(n.Add(1))%len(places)], 1+rand.IntN(most))
	}
}

func scenarios() []scenario {
	durable := []string{redistest.Durable}
	list := []scenario{
		{name: "killed at every point", settings: durable, replicas: 3, chats: 8, hooked: true, atOnce: .2, arm: inTurn(12, places...), trouble: untilKills(3), longFor: 3 * time.Minute},
		{name: "killed at random", settings: durable, replicas: 2, chats: 6, trouble: killAtRandom, longFor: 8 * time.Minute},
		{name: "stopped and continued", settings: durable, replicas: 2, chats: 6, trouble: stopPollers, longFor: 6 * time.Minute},
		{name: "redis killed", settings: durable, replicas: 2, chats: 6, trouble: crashRedis, longFor: 8 * time.Minute},
		{name: "power cuts under everysec", settings: []string{everysec}, replicas: 2, chats: 8, hooked: true, trouble: cutPower, longFor: 8 * time.Minute},
		{name: "redis refuses and hangs", settings: durable, replicas: 2, chats: 6, trouble: refuse, longFor: 6 * time.Minute},
		{name: "network to redis", settings: durable, replicas: 2, chats: 6, hooked: true, atOnce: .1, proxied: true, trouble: breakNetwork, longFor: 6 * time.Minute},
		{name: "platform fails", settings: durable, replicas: 2, chats: 6, trouble: failPlatform, longFor: 6 * time.Minute},
		{name: "failover with lag", settings: []string{redistest.Durable, minReplicas}, lag: 40 * time.Millisecond, replicas: 2, chats: 6, hooked: true, proxied: true, trouble: failOver, longFor: 8 * time.Minute},
		{name: "sentinel replaces the master", settings: []string{redistest.Durable, minReplicas}, sentinel: true, replicas: 2, chats: 6, trouble: replaceMaster, longFor: 8 * time.Minute, longOnly: true},
		{name: "same update everywhere", settings: durable, replicas: 3, chats: 10, hooked: true, atOnce: 1, trouble: wait(time.Minute), longFor: 2 * time.Minute, longOnly: true},
		{name: "platform down for long", settings: durable, replicas: 2, chats: 6, trouble: platformDown, longFor: 6 * time.Minute, longOnly: true},
	}
	for _, place := range places {
		list = append(list, scenario{
			name: "killed " + place, settings: durable, replicas: 3, chats: 10, hooked: true, atOnce: .2,
			arm: inTurn(10, place), trouble: untilKills(130), longFor: 8 * time.Minute, longOnly: true,
		})
	}
	return list
}

func TestChaos(t *testing.T) {
	if _, err := program(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { t.Logf("\n%s", &totals) }) // after all scenarios
	for _, s := range scenarios() {
		if s.longOnly && !*long {
			continue
		}
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			play(t, s)
		})
	}
}
