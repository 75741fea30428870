//go:build chaos

package chaos

import (
	"math/rand/v2"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/s4bot/s4bot/internal/adapters/telegram/telegramtest"
)

// untilKills waits until processes that kill themselves have done so often
// enough.
func untilKills(most int) func(w *world) {
	return func(w *world) {
		for w.again(func(c counts) bool { return c.kills >= most }) {
			w.pass(50*time.Millisecond, 100*time.Millisecond)
		}
	}
}

// wait lets the merchants write, for so long in the long version.
func wait(d time.Duration) func(w *world) {
	return func(w *world) {
		for began := time.Now(); time.Since(began) < d && w.again(nil); {
			w.pass(50*time.Millisecond, 100*time.Millisecond)
		}
	}
}

// killAtRandom kills whichever process at whichever time.
func killAtRandom(w *world) {
	for w.again(func(c counts) bool { return c.kills >= 200 }) {
		w.any().kill()
		w.pass(500*time.Millisecond, 4*time.Second)
	}
}

// stopPollers stops the process that polls for longer than its lease, so that the
// other one takes over, and continues it.
func stopPollers(w *world) {
	d := 12 * time.Second
	if *long {
		d = 35 * time.Second // longer than a delivery's lease, too
	}
	for w.again(nil) {
		w.poller().pause(d)
		w.pass(time.Second, 5*time.Second)
	}
}

// crashRedis kills Redis again and again.
func crashRedis(w *world) {
	for w.again(func(c counts) bool { return c.redis >= 50 }) {
		w.pass(500*time.Millisecond, 3*time.Second)
		w.crash()
		w.whole()
	}
}

// cutPower cuts Redis's power again and again; the replicas stay alive.
func cutPower(w *world) {
	a, bytes := watchAOF(w), int64(0)
	for w.again(func(c counts) bool { return c.redis >= 50 }) {
		w.pass(2*time.Second, 4*time.Second)
		bytes += w.powerCut(a)
		w.whole()
	}
	w.Logf("the power cuts took %d bytes of the append-only file", bytes)
}

// failOver makes the lagging replica the master, again and again.
func failOver(w *world) {
	for w.again(func(c counts) bool { return c.redis >= 40 }) {
		w.pass(500*time.Millisecond, 3*time.Second)
		w.failover()
		w.whole()
	}
}

// replaceMaster has Sentinel replace the master, again and again.
func replaceMaster(w *world) {
	for w.again(func(c counts) bool { return c.redis >= 20 }) {
		w.pass(500*time.Millisecond, 3*time.Second)
		w.elect()
		w.whole()
	}
}

// refuse fills Redis, makes it a replica, lets it forget its scripts, pauses it
// and stops it.
func refuse(w *world) {
	for first := true; first || w.again(nil); first = false {
		w.doubt()
		w.fill()
		w.do("REPLICAOF", "127.0.0.1", "1")
		w.pass(time.Second, 2*time.Second)
		w.do("REPLICAOF", "NO", "ONE")
		w.add(func(c *counts) { c.redis++ })
		w.whole()
		for range 20 {
			w.do("SCRIPT", "FLUSH")
			w.pass(10*time.Millisecond, 100*time.Millisecond)
		}
		w.do("CLIENT", "PAUSE", 1500)
		w.pass(1600*time.Millisecond, 3*time.Second)
		w.freeze(w.redis, 2*time.Second+rand.N(2*time.Second))
		w.whole()
	}
}

// fill fills Redis: up to the share at which nothing more is taken in, then
// wholly, and empties it.
func (w *world) fill() {
	w.Helper()
	w.reach(20*time.Second, "nothing is taken in", func() bool {
		w.limit(90)
		return !slices.ContainsFunc(w.replicas, func(r *replica) bool {
			status, _ := r.get("/readyz")
			return status != http.StatusServiceUnavailable
		})
	})
	w.limit(200)
	w.pass(time.Second, 2*time.Second)
	w.do("CONFIG", "SET", "maxmemory", 0)
	w.whole()
}

// limit gives Redis so much memory that what it uses is a share in percent.
func (w *world) limit(share int64) {
	w.Helper()
	used, err := strconv.ParseInt(infoOf(w.Context(), w.redis.Client(), "used_memory"), 10, 64)
	if err != nil {
		w.Fatalf("how much memory does Redis use? %v", err)
	}
	w.do("CONFIG", "SET", "maxmemory", used*100/share)
}

// breakNetwork makes the way from single replicas to Redis bad in every manner.
func breakNetwork(w *world) {
	for w.again(nil) {
		r := w.any()
		switch rand.IntN(4) {
		case 0:
			r.proxy.reset()
		case 1:
			r.proxy.set(network{slow: time.Duration(5+rand.IntN(200)) * time.Millisecond})
		case 2:
			r.proxy.set(network{cut: true})
		case 3:
			r.proxy.set(network{loses: .3})
		}
		w.add(func(c *counts) { c.redis++ })
		w.pass(500*time.Millisecond, 4*time.Second)
		r.proxy.set(network{})
	}
}

// failPlatform makes the platform fail in every manner, and its ids jump back.
func failPlatform(w *world) {
	w.platform.SetFault(func(method string, _ telegramtest.Params) telegramtest.Fault {
		if method != "sendMessage" && method != "getUpdates" || rand.IntN(10) > 0 {
			return telegramtest.Fault{}
		}
		return w.mishap(method)
	})
	for n := 1; w.again(nil); n++ {
		w.pass(time.Second, 3*time.Second)
		if n%3 == 0 {
			w.jumpBack()
		}
	}
}

// mishaps are the ways in which a call fails. The last of them are rare: a platform
// that hangs holds up a post for long, and a poll for a minute.
var mishaps = []telegramtest.Kind{
	telegramtest.TooMany, telegramtest.ErrorBefore, telegramtest.ErrorAfter, telegramtest.ResetBefore, telegramtest.ResetAfter,
	telegramtest.ProxyBefore, telegramtest.ProxyAfter, telegramtest.Forbidden, telegramtest.HangBefore, telegramtest.HangAfter,
}

// mishap is one of the ways in which a call fails.
func (w *world) mishap(method string) telegramtest.Fault {
	kind := mishaps[rand.IntN(len(mishaps)-2)]
	if rand.IntN(20) == 0 && (method == "sendMessage" || *long) {
		kind = mishaps[len(mishaps)-1-rand.IntN(2)]
	}
	switch {
	case method == "getUpdates" && kind == telegramtest.Forbidden:
		kind = telegramtest.ErrorBefore // it tells the poll to end for good
	case method == "sendMessage" && kind == telegramtest.ErrorAfter:
		w.add(func(c *counts) { c.sends++ }) // the bot believes a 500
	}
	return telegramtest.Fault{Kind: kind, RetryAfter: time.Second}
}

// jumpBack lets the ids of updates begin anew, lower: the platform does so only
// when it has nothing more to deliver.
func (w *world) jumpBack() {
	w.writing.Lock()
	defer w.writing.Unlock()
	if until(5*time.Second, func() bool { return w.platform.Unconfirmed() == 0 }) {
		w.platform.JumpTo(1 + rand.Int64N(500))
	}
}

// platformDown takes the platform down for a minute at a time.
func platformDown(w *world) {
	for w.again(nil) {
		w.platform.SetFault(func(string, telegramtest.Params) telegramtest.Fault {
			return telegramtest.Fault{Kind: telegramtest.ErrorBefore}
		})
		w.pass(time.Minute, 70*time.Second)
		w.platform.SetFault(nil)
		w.pass(20*time.Second, 30*time.Second)
	}
}
