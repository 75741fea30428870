package main

import (
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/s4bot/s4bot/internal/adapters/telegram/telegramtest"
	"github.com/s4bot/s4bot/internal/store/redistest"
)

// logged collects a log.
type logged struct {
	mu   sync.Mutex
	text strings.Builder
}

func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// serving is a bot that runs.
type serving struct {
	t    testing.TB
	http string
	log  *logged
	stop func() time.Duration
}

// serve runs the bot with settings from the environment until the test ends.
func serve(t testing.TB, settings map[string]string) *serving {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := l.Addr().String()
	_ = l.Close()
	s := &serving{t: t, http: "http://" + addr, log: &logged{}}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	env := environment{strings.NewReader(""), io.Discard, s.log, func(name string) string {
		if name == "HTTP_ADDR" {
			return addr
		}
		return settings[name]
	}}
	go func() { ended <- run(ctx, env, []string{"serve"}) }()
	s.stop = sync.OnceValue(func() time.Duration {
		began := time.Now()
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("the bot ends with %v", err)
		}
		return time.Since(began)
	})
	t.Cleanup(func() { s.stop() })
	eventually(t, "the bot is ready", func() bool { code, _ := s.get("/readyz"); return code == http.StatusOK })
	return s
}

func (s *serving) get(path string) (int, string) {
	r, err := http.Get(s.http + path)
	if err != nil {
		return 0, ""
	}
	defer func() { _ = r.Body.Close() }()
	body, _ := io.ReadAll(r.Body)
	return r.StatusCode, string(body)
}

func eventually(t testing.TB, what string, ok func() bool) {
	t.Helper()
	within(t, time.Minute, what, ok)
}

// within waits for so long.
func within(t testing.TB, most time.Duration, what string, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(most); !ok(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("waited in vain until %s", what)
		}
	}
}

// A merchant on Telegram gets answers from a bot on each store, by each way in.
func TestServeAnswersOnTelegram(t *testing.T) {
	for name, settings := range map[string]func(t *testing.T) map[string]string{
		"embedded": func(t *testing.T) map[string]string { return map[string]string{"DATA_DIR": t.TempDir()} },
		"redis":    func(t *testing.T) map[string]string { return map[string]string{"REDIS_URL": redistest.Start(t).URL()} },
	} {
		t.Run(name, func(t *testing.T) {
			platform := telegramtest.Start(t)
			env := settings(t)
			env["TELEGRAM_TOKEN"], env["TELEGRAM_API_BASE"] = telegramtest.Token, platform.URL
			s := serve(t, env)
			const card = "6222021234567890128"
			platform.Say(77, "刷卡不行")
			platform.Say(77, "显示S4，卡号"+card)
			eventually(t, "a burst is answered", func() bool { return len(platform.Sent(77)) > 0 })
			platform.Say(77, "/human")
			eventually(t, "the handoff is told", func() bool { return len(platform.Sent(77)) > 1 })
			eventually(t, "all updates are confirmed", func() bool { return platform.Unconfirmed() == 0 })

			if _, metrics := s.get("/metrics"); !strings.Contains(metrics, "s4bot_messages_accepted_total 3") ||
				!strings.Contains(metrics, `s4bot_handoffs_total{reason="asked"} 1`) {
				t.Errorf("the metrics do not tell of it:\n%s", only(metrics, "s4bot_"))
			}
			if code, _ := s.get("/healthz"); code != http.StatusOK {
				t.Errorf("health is %d", code)
			}
			if code, _ := s.get("/debug/pprof/cmdline"); code != http.StatusOK {
				t.Errorf("profiles on loopback: %d", code)
			}
			if took := s.stop(); took > 5*time.Second {
				t.Errorf("stopping took %v", took)
			}
			for line := range strings.Lines(s.log.String()) {
				var entry map[string]any
				if err := json.Unmarshal([]byte(line), &entry); err != nil {
					t.Errorf("a line of the log is no JSON: %s", line)
				}
			}
			for _, secret := range []string{telegramtest.Token, card, "刷卡", "显示"} {
				if strings.Contains(s.log.String(), secret) {
					t.Errorf("the log holds %q:\n%s", secret, s.log)
				}
			}
		})
	}
}

// only keeps the lines that begin with a prefix.
func only(text, prefix string) string {
	var out strings.Builder
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, prefix) {
			out.WriteString(line)
		}
	}
	return out.String()
}

func TestServeWaitsForRedis(t *testing.T) {
	server := redistest.Start(t)
	server.Stop()
	log := &logged{}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	env := environment{strings.NewReader(""), io.Discard, log, func(name string) string {
		return map[string]string{"REDIS_URL": server.URL(), "HTTP_ADDR": "127.0.0.1:0"}[name]
	}}
	go func() { ended <- run(ctx, env, []string{"serve"}) }()
	eventually(t, "the log says what it waits for", func() bool { return strings.Contains(log.String(), "waiting for Redis") })
	server.Restart()
	eventually(t, "the bot runs", func() bool { return strings.Contains(log.String(), "s4bot runs") })
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

func TestServeRefusesWhatMakesNoSense(t *testing.T) {
	for name, value := range map[string]string{
		"DEBUG_ADDR":  "0.0.0.0:6060", // profiles for all
		"WEB_PROXIES": "10.0.0.0/8, proxy.example",
		"WEB_TOKEN":   "short",
	} {
		env := environment{strings.NewReader(""), io.Discard, io.Discard, func(n string) string {
			return map[string]string{name: value}[n]
		}}
		if err := run(t.Context(), env, []string{"serve"}); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s=%s gives %v", name, value, err)
		}
	}
}
