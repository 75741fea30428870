package redisstore_test

import (
	"testing"
	"time"

	"github.com/s4bot/s4bot/internal/store/redisstore"
	"github.com/s4bot/s4bot/internal/store/redistest"
)

// Processes whose clocks are minutes apart agree once they have asked Redis.
func TestStoresWithWrongClocksAgree(t *testing.T) {
	server := redistest.Start(t)
	for _, wrong := range []time.Duration{-7 * time.Minute, 0, 90 * time.Minute} {
		s := opened(t, redisstore.Config{URL: server.URL(), Clock: func() time.Time { return time.Now().Add(wrong) }})
		defer func() { _ = s.Close() }()
		if off := time.Until(s.Now()) - wrong; off.Abs() > time.Second {
			t.Errorf("before it asked, a clock %v wrong gives a time %v beside the local one", wrong, off)
		}
		if _, err := s.Health(t.Context()); err != nil {
			t.Fatal(err)
		}
		if off := time.Until(s.Now()); off.Abs() > time.Second {
			t.Errorf("a clock that is %v wrong gives a time %v off that of Redis", wrong, off)
		}
	}
}
