//go:build chaos

package chaos

import (
	"context"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/s4bot/s4bot/internal/store/redistest"
)

// do has Redis do something.
func (w *world) do(args ...any) {
	w.Helper()
	if err := w.redis.Client().Do(w.Context(), args...).Err(); err != nil {
		w.Fatalf("%v: %v", args, err)
	}
}

// crash kills Redis and starts it again after a moment.
func (w *world) crash() {
	w.doubt()
	w.redis.Stop()
	w.pass(0, time.Second)
	w.redis.Restart()
	w.add(func(c *counts) { c.redis++ })
}

// freeze stops Redis for a time.
func (w *world) freeze(s *redistest.Server, d time.Duration) {
	w.Helper()
	pid, err := strconv.Atoi(infoOf(w.Context(), s.Client(), "process_id"))
	if err != nil {
		w.Fatalf("which process is Redis? %v", err)
	}
	_ = syscall.Kill(pid, syscall.SIGSTOP)
	time.Sleep(d)
	_ = syscall.Kill(pid, syscall.SIGCONT)
}

// infoOf gives one field of what a server tells of itself.
func infoOf(ctx context.Context, client *redis.Client, field string) string {
	for line := range strings.Lines(client.Info(ctx).Val()) {
		if value, ok := strings.CutPrefix(strings.TrimSpace(line), field+":"); ok {
			return value
		}
	}
	return ""
}

// aof watches how the append-only file grows, to know what a power cut may take.
type aof struct {
	folder string
	stop   chan struct{}
	all    sync.WaitGroup

	mu    sync.Mutex
	sizes []size // oldest first
}

type size struct {
	at    time.Time
	bytes int64
}

func watchAOF(w *world) *aof {
	a := &aof{folder: filepath.Dir(strings.TrimPrefix(w.redis.URL(), "unix://")), stop: make(chan struct{})}
	a.all.Go(func() {
		for {
			select {
			case <-a.stop:
				return
			case <-time.After(20 * time.Millisecond):
				a.look()
			}
		}
	})
	w.Cleanup(func() { close(a.stop); a.all.Wait() })
	return a
}

// file is the newest part of the append-only file.
func (a *aof) file() string {
	parts, _ := filepath.Glob(filepath.Join(a.folder, "appendonlydir", "*.incr.aof"))
	slices.SortFunc(parts, func(one, another string) int { return len(one) - len(another) + strings.Compare(one, another) })
	if len(parts) == 0 {
		return ""
	}
	return parts[len(parts)-1]
}

func (a *aof) look() {
	info, err := os.Stat(a.file())
	if err != nil {
		return
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.sizes = append(a.sizes, size{time.Now(), info.Size()})
	a.sizes = a.sizes[max(0, len(a.sizes)-200):]
}

// synced is the size that surely is on the disk: with everysec that of a second
// ago.
func (a *aof) synced() int64 {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, s := range slices.Backward(a.sizes) {
		if time.Since(s.at) > time.Second {
			return s.bytes
		}
	}
	return -1 // it did not exist for so long
}

// powerCut kills Redis and cuts off some of what was not synced yet, between two
// bytes. It says how much.
func (w *world) powerCut(a *aof) int64 {
	w.Helper()
	w.doubt()
	w.redis.Stop()
	safe := a.synced()
	info, err := os.Stat(a.file())
	if err != nil {
		w.Fatalf("the append-only file: %v", err)
	}
	var cut int64
	if safe >= 0 && info.Size() > safe {
		cut = rand.Int64N(info.Size() - safe + 1)
		if err := os.Truncate(a.file(), info.Size()-cut); err != nil {
			w.Fatalf("cut the append-only file: %v", err)
		}
	}
	a.mu.Lock()
	a.sizes = nil
	a.mu.Unlock()
	w.redis.Restart()
	w.add(func(c *counts) { c.redis++ })
	return cut
}

// whole waits until all replicas take messages in.
func (w *world) whole() {
	w.Helper()
	w.reach(60*time.Second, "all replicas take messages in", func() bool {
		return !slices.ContainsFunc(w.replicas, func(r *replica) bool { return !r.ready() })
	})
}

// elect kills the master and waits until Sentinel has made the other one it.
func (w *world) elect() {
	w.Helper()
	w.doubt()
	old := w.sentinel.KillMaster()
	w.sentinel.WaitOther(old)
	old.Restart()
	w.sentinel.WaitReplica()
	w.add(func(c *counts) { c.redis++ })
}
