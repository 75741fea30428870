package redisstore_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/s4bot/s4bot/internal/store/redisstore"
	"github.com/s4bot/s4bot/internal/store/redistest"
)

// contains says whether a text has a part; the empty part means no text at all.
func contains(text, part string) bool {
	if part == "" {
		return text == ""
	}
	return strings.Contains(text, part)
}

func TestWaitReadyTellsWhatItWaitsFor(t *testing.T) {
	server := redistest.Start(t, redistest.Durable)
	admin := server.Client()
	s := opened(t, redisstore.Config{URL: server.URL()})
	defer func() { _ = s.Close() }()
	server.Stop()
	var told []string
	err := s.WaitReady(t.Context(), func(reason string) {
		told = append(told, reason)
		switch len(told) {
		case 1:
			server.Restart()
			admin.ReplicaOf(t.Context(), "127.0.0.1", "1")
		case 2:
			admin.ReplicaOf(t.Context(), "NO", "ONE")
			admin.ConfigSet(t.Context(), "maxmemory", "1")
		case 3:
			admin.ConfigSet(t.Context(), "maxmemory", "0")
		}
	})
	if err != nil || len(told) != 3 {
		t.Fatalf("waiting ends with %v, told %q", err, told)
	}
	for i, want := range []string{"does not answer", "replica", "full"} {
		if !strings.Contains(told[i], want) {
			t.Errorf("reason %d is %q, want %q in it", i, told[i], want)
		}
	}
	if err := s.WaitReady(t.Context(), func(reason string) { t.Errorf("a ready Redis is waited for: %s", reason) }); err != nil {
		t.Error(err)
	}
}

func TestWaitReadyDoesNotWaitForAnotherPassword(t *testing.T) {
	server := redistest.Start(t, "requirepass right")
	for _, url := range []string{server.URLWith("wrong"), server.URL()} {
		s := opened(t, redisstore.Config{URL: url})
		defer func() { _ = s.Close() }()
		err := s.WaitReady(t.Context(), func(reason string) { t.Errorf("it waits: %s", reason) })
		if err == nil || !strings.Contains(err.Error(), "password") || strings.Contains(err.Error(), "wrong@") {
			t.Errorf("with a wrong password waiting ends with %v", err)
		}
	}
	s := opened(t, redisstore.Config{URL: server.URLWith("right")})
	defer func() { _ = s.Close() }()
	server.Stop()
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	if err := s.WaitReady(ctx, func(string) {}); err == nil {
		t.Error("waiting does not end with its context")
	}
}
