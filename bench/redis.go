package main

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/s4bot/s4bot/internal/store/redisstore"
)

// redisServer is a Redis for the measurement alone.
type redisServer struct {
	addr string
	cmd  *exec.Cmd
	dir  string
}

func startRedis() (*redisServer, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	addr := l.Addr().String()
	_ = l.Close()
	_, port, _ := net.SplitHostPort(addr)
	dir, err := os.MkdirTemp("", "bench-redis")
	if err != nil {
		return nil, err
	}
	cmd := exec.Command("redis-server", "--port", port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", dir)
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start Redis: %w; install it with: sudo apt-get install -y redis-server", err)
	}
	r := &redisServer{addr, cmd, dir}
	c := r.client(1)
	defer func() { _ = c.Close() }()
	for range 200 {
		if c.Ping(context.Background()).Err() == nil {
			return r, nil
		}
		time.Sleep(20 * time.Millisecond)
	}
	r.stop()
	return nil, fmt.Errorf("Redis does not answer at %s", addr)
}

func (r *redisServer) stop() {
	_ = r.cmd.Process.Kill()
	_ = r.cmd.Wait()
	_ = os.RemoveAll(r.dir)
}

func (r *redisServer) client(n int) *redis.Client {
	return redis.NewClient(&redis.Options{Addr: r.addr, PoolSize: n + 8})
}

// store opens the store; tune may change its client.
func (r *redisServer) store(tune func(*redis.UniversalOptions)) (*redisstore.Store, error) {
	return redisstore.Open(redisstore.Config{URL: "redis://" + r.addr, Retention: 30 * 24 * time.Hour, Tune: tune})
}

func (r *redisServer) info(ctx context.Context, section, field string) string {
	c := r.client(1)
	defer func() { _ = c.Close() }()
	for line := range strings.Lines(c.Info(ctx, section).Val()) {
		if v, ok := strings.CutPrefix(strings.TrimSpace(line), field+":"); ok {
			return v
		}
	}
	return ""
}

func (r *redisServer) version(ctx context.Context) string {
	return "Redis " + r.info(ctx, "server", "redis_version")
}

func (r *redisServer) used(ctx context.Context) int {
	n, _ := strconv.Atoi(r.info(ctx, "memory", "used_memory"))
	return n
}
