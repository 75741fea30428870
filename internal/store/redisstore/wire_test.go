package redisstore_test

import (
	"context"
	"net"
	"sync/atomic"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/s4bot/s4bot/internal/store"
	"github.com/s4bot/s4bot/internal/store/redisstore"
	"github.com/s4bot/s4bot/internal/store/redistest"
)

// counted counts what goes out: the client writes all it has to say, then waits
// for the answers, so a write is a round trip.
type counted struct {
	net.Conn
	trips *atomic.Int64
}

func (c counted) Write(b []byte) (int, error) {
	c.trips.Add(1)
	return c.Conn.Write(b)
}

func counting(trips *atomic.Int64) func(*redis.UniversalOptions) {
	return func(o *redis.UniversalOptions) {
		dial := o.Dialer
		o.Dialer = func(ctx context.Context, network, addr string) (net.Conn, error) {
			conn, err := dial(ctx, network, addr)
			return counted{conn, trips}, err
		}
	}
}

func TestRoundTripsOfATurn(t *testing.T) {
	var trips atomic.Int64
	s := opened(t, redisstore.Config{URL: redistest.Start(t).URL(), Retention: time.Hour, Tune: counting(&trips)})
	defer func() { _ = s.Close() }()
	turn := func(base store.Value) store.Value {
		t.Helper()
		now, ok, err := s.Swap(t.Context(), store.Change{
			Key: key, Etag: base.Etag, Data: []byte("x"), Due: s.Now().Add(72 * time.Hour),
			Aside: []store.Aside{{Name: "photo", Data: []byte("y")}},
		})
		if err != nil || !ok {
			t.Fatalf("swap gives ok %v, %v", ok, err)
		}
		return now
	}
	base := turn(store.Value{}) // connects, and tells Redis the script

	trips.Store(0)
	base = turn(base)
	if n := trips.Load(); n != 1 {
		t.Errorf("a warm turn takes %d round trips, want 1", n)
	}

	trips.Store(0)
	cold, err := s.Get(t.Context(), key)
	if err != nil || cold.Etag != base.Etag {
		t.Fatalf("get gives %+v, %v", cold, err)
	}
	turn(cold)
	if n := trips.Load(); n != 2 {
		t.Errorf("a cold turn takes %d round trips, want 2", n)
	}
}

// Those who ask at the same time share round trips.
func TestRoundTripsOfACrowd(t *testing.T) {
	var trips atomic.Int64
	s := opened(t, redisstore.Config{URL: redistest.Start(t).URL(), Tune: counting(&trips)})
	defer func() { _ = s.Close() }()
	const callers = 64
	ask := func() {
		done := make(chan error)
		for range callers {
			go func() {
				_, err := s.Get(t.Context(), key)
				done <- err
			}()
		}
		for range callers {
			if err := <-done; err != nil {
				t.Error(err)
			}
		}
	}
	ask() // connects
	trips.Store(0)
	for range 20 {
		ask()
	}
	if n := trips.Load(); n > 20*callers/2 {
		t.Errorf("%d questions took %d round trips", 20*callers, n)
	}
}
