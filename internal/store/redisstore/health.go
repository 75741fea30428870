package redisstore

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"
	"strings"
	"sync"

	"github.com/redis/go-redis/v9"

	"github.com/s4bot/s4bot/internal/store"
)

// Health implements store.Store. It also sets the clock. It works while a new
// epoch holds up everything else.
func (s *Store) Health(ctx context.Context) (store.Health, error) {
	nodes, err := s.nodes(ctx)
	if err != nil {
		return store.Health{}, unavailable("ask Redis how it is", err)
	}
	h, ids := store.Health{}, []string{}
	for _, n := range nodes {
		h.Fill = max(h.Fill, n.info.fill())
		h.Warning = cmp.Or(h.Warning, n.info.warning(n.saves))
		ids = append(ids, n.info["master_replid"])
	}
	if h.Epoch = epochOf(ids); h.Epoch == "" {
		return store.Health{}, unavailable("ask Redis how it is", errors.New("it does not tell its replication id"))
	}
	s.epochs.see(h.Epoch)
	return h, nil
}

// epochOf names the history of all masters together.
func epochOf(ids []string) string {
	if len(ids) == 1 {
		return ids[0]
	}
	slices.Sort(ids)
	sum := sha256.Sum256([]byte(strings.Join(ids, " ")))
	return hex.EncodeToString(sum[:20])
}

// node is one master.
type node struct {
	address string
	info    info
	saves   bool
}

// nodes asks all masters, in the order of their addresses. The first one's clock
// is the store's.
func (s *Store) nodes(ctx context.Context) ([]node, error) {
	cluster, ok := s.watch.(*redis.ClusterClient)
	if !ok {
		n, err := ask(ctx, s.watch)
		return []node{n}, cmp.Or(err, s.setClock(ctx, s.watch))
	}
	var mu sync.Mutex
	var nodes []node
	masters := map[string]*redis.Client{}
	cluster.ReloadState(ctx)
	err := cluster.ForEachMaster(ctx, func(ctx context.Context, master *redis.Client) error {
		n, err := ask(ctx, master)
		n.address = master.Options().Addr
		mu.Lock()
		defer mu.Unlock()
		nodes, masters[n.address] = append(nodes, n), master
		return err
	})
	if err != nil {
		return nil, err
	}
	if len(nodes) == 0 {
		return nil, errors.New("the cluster has no masters")
	}
	slices.SortFunc(nodes, func(a, b node) int { return cmp.Compare(a.address, b.address) })
	return nodes, s.setClock(ctx, masters[nodes[0].address])
}

func ask(ctx context.Context, server redis.Cmdable) (node, error) {
	text, err := server.Info(ctx).Result()
	if err != nil {
		return node{}, err
	}
	n := node{info: parseInfo(text), saves: true}
	// A server that does not show its settings is taken to write snapshots.
	if save, err := server.ConfigGet(ctx, "save").Result(); err == nil {
		n.saves = save["save"] != ""
	}
	return n, nil
}

func (s *Store) setClock(ctx context.Context, server redis.Cmdable) error {
	asked := s.clock.elapsed()
	said, err := server.Time(ctx).Result()
	if err != nil {
		return err
	}
	s.clock.learn(said, asked, s.clock.elapsed())
	return nil
}
