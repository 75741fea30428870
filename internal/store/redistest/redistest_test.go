package redistest_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/s4bot/s4bot/internal/store/redistest"
)

func TestRestartKeepsTheAddress(t *testing.T) {
	for _, test := range []struct {
		name     string
		settings []string
		want     string
	}{
		{"and forgets", nil, ""},
		{"and keeps what is durable", []string{redistest.Durable}, "kept"},
	} {
		t.Run(test.name, func(t *testing.T) {
			server := redistest.Start(t, test.settings...)
			client, url := server.Client(), server.URL()
			if err := client.Set(t.Context(), "key", "kept", 0).Err(); err != nil {
				t.Fatal(err)
			}
			server.Stop()
			server.Stop() // is no error
			server.Restart()
			if got := client.Get(t.Context(), "key").Val(); got != test.want || server.URL() != url {
				t.Errorf("after a restart %s has %q, want %s with %q", server.URL(), got, url, test.want)
			}
		})
	}
}

func TestMissingRedisFailsWithTheRemedy(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	tb := &recorder{TB: t}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		redistest.Start(tb)
	}()
	<-ended
	if !strings.Contains(tb.fatal, "sudo apt-get install -y redis-server") {
		t.Errorf("without redis-server the test ends with %q", tb.fatal)
	}
}

// recorder keeps what a test fails with.
type recorder struct {
	testing.TB
	fatal string
}

func (r *recorder) Fatal(args ...any) {
	r.fatal = fmt.Sprint(args...)
	runtime.Goexit()
}
