package redisstore_test

import (
	"errors"
	"testing"

	"github.com/s4bot/s4bot/internal/store"
	"github.com/s4bot/s4bot/internal/store/redisstore"
	"github.com/s4bot/s4bot/internal/store/redistest"
)

func TestARestartIsHeardOfBeforeAnythingIsRead(t *testing.T) {
	server := redistest.Start(t)
	s := opened(t, redisstore.Config{URL: server.URL()})
	defer func() { _ = s.Close() }()
	var heard []string
	s.OnEpoch(func(epoch string) { heard = append(heard, epoch) })
	first, err := s.Health(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	change := store.Change{Key: key, Data: []byte("x")}
	if _, _, err := s.Swap(t.Context(), change); err != nil || len(heard) > 0 {
		t.Fatalf("a write gives %v; heard of %q while nothing happened", err, heard)
	}

	server.Restart()
	for range 2 {
		if _, err := s.Get(t.Context(), key); !errors.Is(err, store.ErrUnavailable) || len(heard) != 1 {
			t.Fatalf("after a restart get gives %v, heard %q; want unavailable, one epoch", err, heard)
		}
	}
	second, err := s.Health(t.Context())
	if err != nil || second.Epoch != heard[0] || second.Epoch == first.Epoch {
		t.Fatalf("health gives %+v, %v; want the epoch %q", second, err, heard)
	}
	s.Accept("another")
	if _, err := s.Get(t.Context(), key); err == nil {
		t.Error("accepting another epoch lets reads through")
	}
	s.Accept(second.Epoch)
	if now, err := s.Get(t.Context(), key); err != nil || now.Etag != "" {
		t.Errorf("after accepting, get gives %+v, %v", now, err)
	}
}

func TestHealthWarnsOfWhatLosesData(t *testing.T) {
	for _, test := range []struct {
		settings, want string
	}{
		{redistest.Durable, ""},
		{`save ""`, "nothing on disk"},
		{"save 3600 1", "snapshots"},
		{redistest.Durable + "\nmaxmemory 100mb\nmaxmemory-policy allkeys-lru", "allkeys-lru"},
		{redistest.Durable + "\nmaxmemory 100mb\nmaxmemory-policy noeviction", ""},
		{redistest.Durable + "\nreplicaof 127.0.0.1 1", "replica"},
	} {
		s := opened(t, redisstore.Config{URL: redistest.Start(t, test.settings).URL()})
		defer func() { _ = s.Close() }()
		h, err := s.Health(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if !contains(h.Warning, test.want) {
			t.Errorf("with %q health warns %q, want %q in it", test.settings, h.Warning, test.want)
		}
	}
}

func TestHealthTellsHowFullItIs(t *testing.T) {
	server := redistest.Start(t, "maxmemory 10mb")
	s := opened(t, redisstore.Config{URL: server.URL()})
	defer func() { _ = s.Close() }()
	before, err := s.Health(t.Context())
	if err != nil || before.Fill <= 0 || before.Fill >= 1 {
		t.Fatalf("health is %+v, %v", before, err)
	}
	if _, _, err := s.Swap(t.Context(), store.Change{Key: key, Data: make([]byte, 2<<20)}); err != nil {
		t.Fatal(err)
	}
	if after, err := s.Health(t.Context()); err != nil || after.Fill < before.Fill+.15 {
		t.Errorf("with two more of ten megabytes fill went from %v to %v, %v", before.Fill, after.Fill, err)
	}
}
