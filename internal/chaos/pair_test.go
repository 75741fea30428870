//go:build chaos

package chaos

import (
	"context"
	"net"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/s4bot/s4bot/internal/store/redisstore"
	"github.com/s4bot/s4bot/internal/store/redistest"
)

// pair is a master and its replica, which hears of every write some time later.
// Sentinel would mend such a detour, so that the failovers are made by hand.
type pair struct {
	master, other *redistest.Server
	lag           *proxy // from the replica to the master
	reader        *proxy // from the suite to the master
}

// withPair starts a master and a replica; the replicas of the bot go through
// proxies, which know the master.
func (w *world) withPair() {
	p := &pair{}
	p.master, p.other = redistest.Start(w, w.plan.settings...), redistest.Start(w, w.plan.settings...)
	p.lag, p.reader = newProxy(w.T, p.master.URL()), newProxy(w.T, p.master.URL())
	w.Cleanup(func() { p.lag.close(); p.reader.close() })
	p.lag.set(network{slow: w.plan.lag})
	w.redis, w.pair = p.master, p
	client := redis.NewClient(&redis.Options{Addr: p.reader.addr()})
	w.store = redisstore.New(client, 0)
	w.Cleanup(func() { _ = client.Close() })
	w.follow()
}

// follow makes the other server the replica of the master, and waits until it is
// in step.
func (w *world) follow() {
	w.Helper()
	p := w.pair
	host, port, _ := net.SplitHostPort(p.lag.addr())
	client := p.other.Client()
	if err := client.Do(w.Context(), "REPLICAOF", host, port).Err(); err != nil {
		w.Fatalf("make a replica: %v", err)
	}
	w.reach(30*time.Second, "the replica is in step", func() bool {
		return infoOf(w.Context(), client, "master_link_status") == "up"
	})
}

// failover kills the master and makes the replica it, without what was still on
// the way. The old one comes back as the replica.
func (w *world) failover() {
	w.Helper()
	p := w.pair
	w.doubt()
	p.master.Stop()
	p.lag.reset()
	p.master, p.other = p.other, p.master
	if err := p.master.Client().Do(context.Background(), "REPLICAOF", "NO", "ONE").Err(); err != nil {
		w.Fatalf("make a master: %v", err)
	}
	w.redis = p.master
	for _, proxy := range append([]*proxy{p.lag, p.reader}, w.proxies()...) {
		proxy.aim(p.master.URL())
		proxy.reset()
	}
	p.other.Restart()
	w.follow()
	w.add(func(c *counts) { c.redis++ })
}

func (w *world) proxies() []*proxy {
	var all []*proxy
	for _, r := range w.replicas {
		all = append(all, r.proxy)
	}
	return all
}
