package redisstore

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"

	"github.com/redis/go-redis/v9"
)

// scanCount is how many keys are asked for in one round trip.
const scanCount = 500

// Each implements store.Store. The servers of a cluster are asked at the same
// time, the visitor is called for one value after the other.
func (s *Store) Each(ctx context.Context, visit func(key string, data []byte) error) error {
	cluster, ok := s.client.(*redis.ClusterClient)
	if !ok {
		return scan(ctx, s.client, visit)
	}
	var one sync.Mutex
	var failed error
	return cluster.ForEachMaster(ctx, func(ctx context.Context, server *redis.Client) error {
		return scan(ctx, server, func(key string, data []byte) error {
			one.Lock()
			defer one.Unlock()
			if failed == nil {
				failed = visit(key, data)
			}
			return failed
		})
	})
}

// scan visits the values on one server, some hundred in a round trip.
func scan(ctx context.Context, server redis.Cmdable, visit func(key string, data []byte) error) error {
	seen := map[string]bool{} // SCAN may give a key twice
	for cursor := uint64(0); ; {
		if err := ctx.Err(); err != nil {
			return unavailable("read all conversations", err)
		}
		names, next, err := server.Scan(ctx, cursor, "s:{*", scanCount).Result()
		if err != nil {
			return unavailable("read all conversations", err)
		}
		names = slices.DeleteFunc(names, func(name string) bool {
			again := seen[name]
			seen[name] = true
			return again
		})
		if err := visitNamed(ctx, server, names, visit); err != nil {
			return err
		}
		if cursor = next; cursor == 0 {
			return nil
		}
	}
}

// visitNamed visits the values of those names that are still there.
func visitNamed(ctx context.Context, server redis.Cmdable, names []string, visit func(key string, data []byte) error) error {
	got, err := server.Pipelined(ctx, func(pipe redis.Pipeliner) error {
		for _, name := range names {
			pipe.Get(ctx, name)
		}
		return nil
	})
	if err != nil && !errors.Is(err, redis.Nil) {
		return unavailable("read all conversations", err)
	}
	for i, cmd := range got {
		raw, err := cmd.(*redis.StringCmd).Result()
		if errors.Is(err, redis.Nil) {
			continue // gone meanwhile
		}
		if err != nil {
			return unavailable("read all conversations", err)
		}
		v, err := decode(raw)
		if err != nil {
			return err
		}
		_, key, _ := strings.Cut(names[i], "}:")
		if err := visit(key, v.Data); err != nil {
			return err
		}
	}
	return nil
}
