package redisstore_test

import (
	"context"
	"fmt"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/s4bot/s4bot/internal/store"
	"github.com/s4bot/s4bot/internal/store/redisstore"
	"github.com/s4bot/s4bot/internal/store/redistest"
)

// counter is a conversation that counts, and what its writer knows of it.
type counter struct {
	key     string
	value   store.Value // the last acknowledged one
	n       int         // in it
	written time.Time
}

// count writes the next number. A write whose outcome is unknown is made good by
// reading before the next one.
func (c *counter) count(ctx context.Context, s store.Store) error {
	now, ok, err := s.Swap(ctx, store.Change{Key: c.key, Etag: c.value.Etag, Data: []byte(strconv.Itoa(c.n + 1))})
	if err != nil {
		return err
	}
	n, err := strconv.Atoi(string(now.Data))
	if err == nil && !ok && n != c.n+1 {
		err = fmt.Errorf("the store of %s holds %d, its only writer knows of %d", c.key, n, c.n)
	}
	c.value, c.n, c.written = now, n, s.Now()
	return err
}

// heal puts back what the store lost.
func (c *counter) heal(ctx context.Context, s store.Store) error {
	stored, err := s.Get(ctx, c.key)
	if err != nil || stored.Etag == c.value.Etag {
		return err
	}
	if stored.Etag != "" && !s.Precedes(stored.Etag, c.value.Etag) {
		c.value = stored // it has the write whose answer was lost
		c.n, err = strconv.Atoi(string(stored.Data))
		return err
	}
	now, ok, err := s.Restore(ctx, store.Change{Key: c.key, Etag: c.value.Etag, Data: c.value.Data}, stored.Etag, c.written)
	if err == nil && !ok {
		err = fmt.Errorf("%s cannot be put back over %q", c.key, now.Data)
	}
	return err
}

// A master is killed while many write. The new one is not touched before the
// change was heard of, and once healed nothing that was acknowledged is missing.
func TestAFailoverIsHeardOfAndHealed(t *testing.T) {
	t.Parallel()
	sentinel := redistest.StartSentinel(t, "min-replicas-to-write 1", "min-replicas-max-lag 10")
	s := opened(t, redisstore.Config{Addrs: sentinel.Addrs(), Master: redistest.MasterName})
	defer func() { _ = s.Close() }()
	var heard atomic.Pointer[string]
	s.OnEpoch(func(epoch string) { heard.Store(&epoch) })
	first, err := s.Health(t.Context())
	if err != nil {
		t.Fatal(err)
	}

	var writers sync.WaitGroup
	counters, turns, half := make([]*counter, 20), atomic.Int64{}, make(chan struct{})
	for i := range counters {
		c := &counter{key: fmt.Sprintf("telegram:%d", i)}
		counters[i] = c
		writers.Go(func() {
			for c.count(t.Context(), s) == nil { // until the master is gone
				if turns.Add(1) == 200 {
					close(half)
				}
			}
		})
	}
	<-half
	old := sentinel.KillMaster()
	writers.Wait()
	sentinel.WaitOther(old)
	old.Restart() // as a replica, or the new master would take no writes
	sentinel.WaitReplica()

	for deadline := time.Now().Add(time.Minute); heard.Load() == nil; {
		if now, err := s.Get(t.Context(), counters[0].key); err == nil && heard.Load() == nil {
			t.Fatalf("%q is read before the failover is heard of", now.Data)
		}
		if time.Now().After(deadline) {
			t.Fatal("the failover is not heard of")
		}
	}
	if _, err := s.Get(t.Context(), counters[0].key); err == nil {
		t.Error("the new master is read before it is accepted")
	}
	second, err := s.Health(t.Context())
	if err != nil || second.Epoch == first.Epoch {
		t.Fatalf("health after the failover is %+v, %v", second, err)
	}
	s.Accept(second.Epoch)
	for _, c := range counters {
		acknowledged := c.n
		if err := c.heal(t.Context(), s); err != nil {
			t.Fatal(err)
		}
		now, err := s.Get(t.Context(), c.key)
		if n, _ := strconv.Atoi(string(now.Data)); err != nil || n < acknowledged || n > acknowledged+1 {
			t.Errorf("%s counts %q, %v; acknowledged were %d", c.key, now.Data, err, acknowledged)
		}
		if err := c.count(t.Context(), s); err != nil {
			t.Errorf("%s cannot go on: %v", c.key, err)
		}
	}
}
