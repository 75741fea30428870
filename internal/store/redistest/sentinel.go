package redistest

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
)

// MasterName is what the Sentinels call the master.
const MasterName = "s4bot"

// Sentinel is a master, a replica and one Sentinel that watches over them. A
// master that is down for half a second is replaced.
type Sentinel struct {
	t        testing.TB
	data     []*Server
	sentinel *Server
}

// StartSentinel starts everything; the replica is in step when it gives back.
// Settings are for master and replica alike.
func StartSentinel(t testing.TB, settings ...string) *Sentinel {
	t.Helper()
	s := &Sentinel{t: t}
	master := startTCP(t, settings...)
	replica := startTCP(t, append([]string{"replicaof " + spaced(master.addr)}, settings...)...)
	s.data = []*Server{master, replica}
	s.sentinel = startSentinel(t, master)
	s.WaitReplica()
	client := s.sentinel.Client()
	s.sentinel.wait("the Sentinel knows both", func(ctx context.Context) bool {
		m := masterOf(ctx, client)
		return m["num-slaves"] == "1" && m["flags"] == "master"
	})
	return s
}

func startSentinel(t testing.TB, master *Server) *Server {
	t.Helper()
	port := freePort(t)
	s := start(t, fmt.Sprintf("127.0.0.1:%d", port), []string{
		"bind 127.0.0.1", fmt.Sprintf("port %d", port),
		"sentinel monitor " + MasterName + " " + spaced(master.addr) + " 1",
		"sentinel down-after-milliseconds " + MasterName + " 500",
		"sentinel failover-timeout " + MasterName + " 3000",
	}, "--sentinel")
	// It would ask how the servers are every ten seconds only, and hardly more
	// often than it takes one that does not answer for down.
	must(t, "hurry the Sentinel", s.Client().Do(t.Context(), "SENTINEL", "DEBUG", "info-period", 100, "ping-period", 100, "publish-period", 200).Err())
	return s
}

func spaced(addr string) string { return strings.Replace(addr, ":", " ", 1) }

// masterOf is what a Sentinel says of the master.
func masterOf(ctx context.Context, sentinel *redis.Client) map[string]string {
	said := redis.NewMapStringStringCmd(ctx, "SENTINEL", "MASTER", MasterName)
	_ = sentinel.Process(ctx, said)
	return said.Val()
}

// Addrs are the addresses of the Sentinels.
func (s *Sentinel) Addrs() []string { return []string{s.sentinel.addr} }

// Master is the server that the Sentinels name.
func (s *Sentinel) Master() *Server {
	s.t.Helper()
	m := masterOf(s.t.Context(), s.sentinel.Client())
	for _, one := range s.data {
		if one.addr == m["ip"]+":"+m["port"] {
			return one
		}
	}
	s.t.Fatalf("the Sentinels name no known master: %v", m)
	return nil
}

// KillMaster kills the master and gives it back, for Restart: it then becomes a
// replica.
func (s *Sentinel) KillMaster() *Server {
	s.t.Helper()
	master := s.Master()
	master.Stop()
	return master
}

// WaitOther waits until the Sentinels name another master than this one.
func (s *Sentinel) WaitOther(old *Server) {
	s.t.Helper()
	client := s.sentinel.Client()
	s.sentinel.wait("another master is named", func(ctx context.Context) bool {
		m := masterOf(ctx, client)
		return m["port"] != "" && m["ip"]+":"+m["port"] != old.addr
	})
}

// WaitReplica waits until the master has a replica in step.
func (s *Sentinel) WaitReplica() {
	s.t.Helper()
	deadline := time.Now().Add(time.Minute)
	for !s.inStep() {
		if time.Now().After(deadline) {
			s.t.Fatal("waited in vain for a replica in step")
		}
		time.Sleep(10 * time.Millisecond)
	}
}

func (s *Sentinel) inStep() bool {
	text := s.Master().Client().Info(s.t.Context(), "replication").Val()
	return strings.Contains(text, "role:master") && strings.Contains(text, "state=online")
}
