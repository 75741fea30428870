package redistest

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/redis/go-redis/v9"
)

// Cluster is a Redis Cluster of three masters.
type Cluster struct {
	Masters  []*Server
	Replicas []*Server // of the masters in the same order; none if not asked for
}

const slots = 16384

// StartCluster starts a cluster, with a replica for each master if wanted. It is
// ready when it gives back, which takes some seconds.
func StartCluster(t testing.TB, replicas bool) *Cluster {
	t.Helper()
	c := &Cluster{}
	for range 3 {
		c.Masters = append(c.Masters, startNode(t))
		if replicas {
			c.Replicas = append(c.Replicas, startNode(t))
		}
	}
	c.meet(t)
	for i, master := range c.Masters {
		from, to := i*slots/3, (i+1)*slots/3-1
		must(t, "give a master its slots", master.Client().ClusterAddSlotsRange(t.Context(), from, to).Err())
	}
	for i, replica := range c.Replicas {
		replica.follow(c.Masters[i])
	}
	for _, s := range c.all() {
		client := s.Client()
		s.wait("the cluster is ready", func(ctx context.Context) bool {
			return strings.Contains(client.ClusterInfo(ctx).Val(), "cluster_state:ok") && c.whole(ctx, client)
		})
	}
	return c
}

func startNode(t testing.TB) *Server {
	return startTCP(t, "cluster-enabled yes", fmt.Sprintf("cluster-port %d", freePort(t)),
		"cluster-node-timeout 2000", "cluster-replica-validity-factor 0")
}

func (c *Cluster) all() []*Server { return append(append([]*Server{}, c.Masters...), c.Replicas...) }

// meet makes all nodes known to each other.
func (c *Cluster) meet(t testing.TB) {
	t.Helper()
	nodes := c.all()
	for i, s := range nodes { // which is possible only before they know each other
		must(t, "number a node", s.Client().Do(t.Context(), "CLUSTER", "SET-CONFIG-EPOCH", i+1).Err())
	}
	for _, s := range nodes {
		client := s.Client()
		for _, other := range nodes {
			if other == s {
				continue
			}
			host, port, _ := strings.Cut(other.addr, ":")
			bus := other.Client().ConfigGet(t.Context(), "cluster-port").Val()["cluster-port"]
			must(t, "introduce a node", client.Do(t.Context(), "CLUSTER", "MEET", host, port, bus).Err())
		}
	}
	for _, s := range nodes {
		client := s.Client()
		s.wait("the nodes know each other", func(ctx context.Context) bool {
			return strings.Count(client.ClusterNodes(ctx).Val(), " connected") == len(nodes)
		})
	}
}

// follow makes a node a replica.
func (s *Server) follow(master *Server) {
	s.t.Helper()
	client, id := s.Client(), master.Client().ClusterMyID(s.t.Context()).Val()
	s.wait("a node becomes a replica", func(ctx context.Context) bool {
		return client.ClusterReplicate(ctx, id).Err() == nil
	})
	s.wait("the replica is in step", func(ctx context.Context) bool {
		return strings.Contains(client.Info(ctx, "replication").Val(), "master_link_status:up")
	})
}

// whole says whether a node knows who has every slot, and of all replicas.
func (c *Cluster) whole(ctx context.Context, client *redis.Client) bool {
	known, nodes := 0, 0
	for _, shard := range client.ClusterShards(ctx).Val() {
		for _, r := range shard.Slots {
			known += int(r.End - r.Start + 1)
		}
		nodes += len(shard.Nodes)
	}
	return known == slots && nodes >= len(c.all())
}

// Addrs are the addresses of the masters.
func (c *Cluster) Addrs() []string {
	var addrs []string
	for _, s := range c.Masters {
		addrs = append(addrs, s.addr)
	}
	return addrs
}

// Client connects to the cluster; who asked closes it.
func (c *Cluster) Client() *redis.ClusterClient {
	return redis.NewClusterClient(&redis.ClusterOptions{Addrs: c.Addrs()})
}

// Empty removes all keys.
func (c *Cluster) Empty(t testing.TB) {
	t.Helper()
	for _, s := range c.Masters {
		must(t, "empty a master", s.Client().FlushAll(t.Context()).Err())
	}
}

func must(t testing.TB, what string, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("%s: %v", what, err)
	}
}
