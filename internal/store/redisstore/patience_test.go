package redisstore_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/s4bot/s4bot/internal/store"
	"github.com/s4bot/s4bot/internal/store/redisstore"
	"github.com/s4bot/s4bot/internal/store/redistest"
)

// One caller who gives up gets away at once and harms no one who shares the
// pipeline.
func TestGivingUpHarmsNoOneElse(t *testing.T) {
	server := redistest.Start(t)
	s := opened(t, redisstore.Config{URL: server.URL()})
	defer func() { _ = s.Close() }()
	if _, err := s.Get(t.Context(), key); err != nil {
		t.Fatal(err)
	}
	admin := server.Client()
	admin.Do(t.Context(), "CLIENT", "PAUSE", "600", "ALL")

	ctx, cancel := context.WithCancel(t.Context())
	var others sync.WaitGroup
	for range 20 {
		others.Go(func() {
			if _, err := s.Get(t.Context(), key); err != nil {
				t.Errorf("one who did not give up gets %v", err)
			}
		})
	}
	gaveUp := make(chan error)
	go func() {
		_, err := s.Get(ctx, key)
		gaveUp <- err
	}()
	begin := time.Now()
	cancel()
	if err := <-gaveUp; !errors.Is(err, store.ErrUnavailable) || !errors.Is(err, context.Canceled) {
		t.Errorf("one who gives up gets %v", err)
	}
	if took := time.Since(begin); took > 400*time.Millisecond {
		t.Errorf("one who gives up waits %v", took)
	}
	others.Wait()
}

func TestClosingFailsWhoStillWaits(t *testing.T) {
	server := redistest.Start(t)
	s := opened(t, redisstore.Config{URL: server.URL()})
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Get(t.Context(), key); !errors.Is(err, store.ErrUnavailable) {
		t.Errorf("a closed store gives %v", err)
	}
}
