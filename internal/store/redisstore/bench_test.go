package redisstore_test

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/s4bot/s4bot/internal/store"
	"github.com/s4bot/s4bot/internal/store/redisstore"
	"github.com/s4bot/s4bot/internal/store/redistest"
)

// BenchmarkTurn compares turns with a plain GET and SET of the same bytes
// through the same kind of client, at several conversations at a time.
func BenchmarkTurn(b *testing.B) {
	server := redistest.Start(b)
	s, err := redisstore.Open(redisstore.Config{URL: server.URL(), Retention: 30 * 24 * time.Hour})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = s.Close() })
	client, data := server.Client(), make([]byte, 300)
	due := time.Now().Add(72 * time.Hour)
	swap := func(ctx context.Context, key, etag string) (string, error) {
		now, ok, err := s.Swap(ctx, store.Change{Key: key, Etag: etag, Data: data, Due: due})
		if err == nil && !ok {
			err = fmt.Errorf("a lone swap of %q is refused", key)
		}
		return now.Etag, err
	}
	for _, test := range []struct {
		name string
		turn func(ctx context.Context, key, etag string) (string, error)
	}{
		{"GET+SET", func(ctx context.Context, key, _ string) (string, error) {
			client.Get(ctx, key)
			return "", client.Set(ctx, key, data, time.Hour).Err()
		}},
		{"Swap", swap},
		{"Swap+Swap", func(ctx context.Context, key, etag string) (string, error) {
			etag, err := swap(ctx, key, etag)
			if err == nil {
				etag, err = swap(ctx, key, etag)
			}
			return etag, err
		}},
		{"Get+Swap", func(ctx context.Context, key, _ string) (string, error) {
			now, err := s.Get(ctx, key)
			if err != nil {
				return "", err
			}
			return swap(ctx, key, now.Etag)
		}},
	} {
		for _, n := range []int{1, 16, 128} {
			b.Run(fmt.Sprintf("%s/%d", test.name, n), func(b *testing.B) {
				client.FlushAll(b.Context())
				inParallel(b, n, test.turn)
			})
		}
	}
}

// inParallel takes b.N turns with n conversations at a time.
func inParallel(b *testing.B, n int, turn func(ctx context.Context, key, etag string) (string, error)) {
	var all sync.WaitGroup
	var left atomic.Int64
	left.Store(int64(b.N))
	for i := range n {
		all.Go(func() {
			ctx, key, etag := context.Background(), fmt.Sprintf("telegram:%d", i), "" // as the runtime commits
			for left.Add(-1) >= 0 {
				var err error
				if etag, err = turn(ctx, key, etag); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "turns/s")
}

// BenchmarkBytesPerConversation tells what an idle conversation with 80 bytes of
// data costs in Redis, all in.
func BenchmarkBytesPerConversation(b *testing.B) {
	const n = 100_000
	for b.Loop() {
		server := redistest.Start(b)
		s, err := redisstore.Open(redisstore.Config{URL: server.URL(), Retention: 30 * 24 * time.Hour})
		if err != nil {
			b.Fatal(err)
		}
		before := usedMemory(b, server.Client())
		var all sync.WaitGroup
		for g := range 64 {
			all.Go(func() {
				for i := g; i < n; i += 64 {
					// Closing idle ones falls into a few hours, as conversations do.
					due := s.Now().Add(72*time.Hour + time.Duration(i)*200*time.Millisecond)
					c := store.Change{Key: fmt.Sprintf("telegram:%d", 1_000_000_000+i), Data: make([]byte, 80), Due: due}
					if _, _, err := s.Swap(b.Context(), c); err != nil {
						b.Error(err)
					}
				}
			})
		}
		all.Wait()
		b.ReportMetric((usedMemory(b, server.Client())-before)/n, "B/conversation")
		_ = s.Close()
	}
}

func usedMemory(b *testing.B, admin *redis.Client) float64 {
	b.Helper()
	_, rest, _ := strings.Cut(admin.Info(b.Context(), "memory").Val(), "used_memory:")
	text, _, _ := strings.Cut(rest, "\r\n")
	used, err := strconv.ParseFloat(text, 64)
	if err != nil {
		b.Fatal(err)
	}
	return used
}

// BenchmarkDue asks for what is due while nothing is.
func BenchmarkDue(b *testing.B) {
	s, err := redisstore.Open(redisstore.Config{URL: redistest.Start(b).URL()})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = s.Close() })
	for b.Loop() {
		if _, err := s.Due(b.Context(), time.Now(), 100); err != nil {
			b.Fatal(err)
		}
	}
}
