// Package redistest starts real Redis servers for tests: Debian's redis-server,
// one process a Server, gone when the test ends.
//
// A server listens on a unix socket in a folder of its own, so that servers of
// tests that run at the same time never meet, and so that it has the same
// address after a restart. It is for tests only; there is no fake to fall back
// on, and a test without redis-server fails rather than being skipped.
package redistest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
)

// Durable is a setting with which what was written survives Stop and Restart.
const Durable = "appendonly yes\nappendfsync always"

// Server is a running, or stopped, Redis server.
type Server struct {
	t    testing.TB
	dir  string
	addr string // of the TCP port; empty: there is none
	args []string
	cmd  *exec.Cmd
	gone chan struct{} // closed when the process has ended
}

// Start starts a server that holds nothing and keeps nothing on disk. Settings
// are lines of redis.conf that come after the usual ones, such as Durable or
// "requirepass secret".
func Start(t testing.TB, settings ...string) *Server {
	t.Helper()
	return start(t, "", append([]string{"port 0"}, settings...))
}

// startTCP starts a server that also listens on a port of the loopback.
func startTCP(t testing.TB, settings ...string) *Server {
	t.Helper()
	port := freePort(t)
	return start(t, fmt.Sprintf("127.0.0.1:%d", port),
		append([]string{"bind 127.0.0.1", fmt.Sprintf("port %d", port)}, settings...))
}

func start(t testing.TB, addr string, settings []string, args ...string) *Server {
	t.Helper()
	if _, err := exec.LookPath("redis-server"); err != nil {
		t.Fatal("these tests need a real Redis: sudo apt-get install -y redis-server")
	}
	// Not t.TempDir: a socket's path must be shorter than some tests' names.
	dir, err := os.MkdirTemp("", "redis")
	if err != nil {
		t.Fatalf("make a folder for Redis: %v", err)
	}
	s := &Server{t: t, dir: dir, addr: addr, args: args}
	t.Cleanup(func() {
		s.Stop()
		if err := os.RemoveAll(dir); err != nil {
			t.Errorf("remove the folder of Redis: %v", err)
		}
	})
	conf := []string{"dir " + dir, "unixsocket " + s.path("socket"), "logfile " + s.path("log"), "daemonize no"}
	if len(args) == 0 { // a Sentinel keeps nothing
		conf = append(conf, "appendonly no", `save ""`, "repl-diskless-sync-delay 0")
	}
	conf = append(conf, settings...)
	if err := os.WriteFile(s.path("redis.conf"), []byte(strings.Join(conf, "\n")+"\n"), 0o600); err != nil {
		t.Fatalf("configure Redis: %v", err)
	}
	s.Restart()
	return s
}

// URL is the server's address, as redisstore.Open takes it.
func (s *Server) URL() string { return "unix://" + s.path("socket") }

// URLWith is the server's address with a password in it.
func (s *Server) URLWith(password string) string {
	return "unix://:" + password + "@" + s.path("socket")
}

// Client connects to the server; the end of the test closes the client.
func (s *Server) Client() *redis.Client {
	c := redis.NewClient(&redis.Options{Network: "unix", Addr: s.path("socket")})
	s.t.Cleanup(func() { _ = c.Close() })
	return c
}

// Addr is the server's address, if it has a port.
func (s *Server) Addr() string { return s.addr }

// Stop kills the server, as a crash would. Stopping it again does nothing.
func (s *Server) Stop() {
	s.t.Helper()
	if s.cmd == nil {
		return
	}
	if err := s.cmd.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
		s.t.Errorf("stop Redis: %v", err)
	}
	<-s.gone
	s.cmd = nil
}

// Restart stops the server if it runs and starts it at the same address, with
// what it had kept on disk.
func (s *Server) Restart() {
	s.t.Helper()
	s.Stop()
	var said bytes.Buffer // before it opens its log
	s.cmd = exec.Command("redis-server", append([]string{s.path("redis.conf")}, s.args...)...)
	s.cmd.Stdout, s.cmd.Stderr = &said, &said
	noOrphan(s.cmd)
	if err := s.run(); err != nil {
		s.cmd = nil
		s.t.Fatalf("start Redis: %v", err)
	}
	s.wait("Redis answers", func(ctx context.Context) bool {
		select {
		case <-s.gone:
			log, _ := os.ReadFile(s.path("log"))
			s.t.Fatalf("Redis ended at once:\n%s%s", &said, log)
		default:
		}
		return s.answers(ctx)
	})
}

// run starts the process and waits for its end in the background, in one thread
// that stays as long as the process does: see noOrphan.
func (s *Server) run() error {
	cmd, gone, started := s.cmd, make(chan struct{}), make(chan error)
	s.gone = gone
	go func() {
		defer close(gone)
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := cmd.Start()
		started <- err
		if err == nil {
			_ = cmd.Wait()
		}
	}()
	return <-started
}

// answers says whether the server takes commands. That it wants a password is
// an answer too; that it is still loading is none.
func (s *Server) answers(ctx context.Context) bool {
	conn, err := (&net.Dialer{}).DialContext(ctx, "unix", s.path("socket"))
	if err != nil {
		return false
	}
	defer func() { _ = conn.Close() }()
	answer := make([]byte, 8)
	if _, err := conn.Write([]byte("PING\r\n")); err != nil {
		return false
	}
	n, err := conn.Read(answer)
	return err == nil && !bytes.HasPrefix(answer[:n], []byte("-LOADING"))
}

// patience is longer than a Sentinel rests between two attempts at a failover.
const patience = time.Minute

func (s *Server) wait(what string, ok func(context.Context) bool) {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	for !ok(ctx) {
		select {
		case <-ctx.Done():
			log, _ := os.ReadFile(s.path("log"))
			s.t.Fatalf("waited in vain until %s:\n%s", what, log)
		case <-time.After(5 * time.Millisecond):
		}
	}
}

func (s *Server) path(name string) string { return filepath.Join(s.dir, name) }
