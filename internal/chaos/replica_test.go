//go:build chaos

package chaos

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/s4bot/s4bot/internal/adapters/telegram/telegramtest"
)

// replica is one place for the program to run: when it dies, it is started
// again.
type replica struct {
	w     *world
	n     int
	addr  string
	proxy *proxy // to Redis; nil: there is none between
	log   *record

	mu    sync.Mutex // guards what follows
	run   *process
	armed bool // it kills itself somewhere
	asked bool // it was told to stop
}

func newReplica(w *world, n int) *replica {
	r := &replica{w: w, n: n, addr: freeAddr(w.T), log: &record{}}
	if w.plan.proxied {
		r.proxy = newProxy(w.T, w.redis.URL())
	}
	return r
}

// settings are the environment of the program.
func (r *replica) settings(place string) []string {
	w := r.w
	env := []string{
		"PATH=" + os.Getenv("PATH"), "GOGC=400", "LOG_LEVEL=debug", "BURST_WAIT=50ms", "HTTP_ADDR=" + r.addr,
		"TELEGRAM_TOKEN=" + telegramtest.Token, "TELEGRAM_API_BASE=" + w.platform.URL,
	}
	switch {
	case r.proxy != nil:
		env = append(env, "REDIS_URL=redis://"+r.proxy.addr())
	case w.redis != nil:
		env = append(env, "REDIS_URL="+w.redis.URL())
	}
	if w.hook != nil {
		env = append(env, "TELEGRAM_WEBHOOK_URL="+w.hook.url())
	}
	if place != "" {
		env = append(env, "S4BOT_KILL_AT="+place)
	}
	return env
}

// live keeps the program running until the world is over.
func (r *replica) live() {
	for !r.w.over.Load() {
		place := ""
		if r.w.plan.arm != nil && !r.w.calm.Load() {
			place = r.w.plan.arm()
		}
		p := launch(r.w.T, r.w.dir, r.settings(place), r.log)
		r.begin(p, place != "")
		<-p.gone
		r.account(p)
	}
}

func (r *replica) begin(p *process, armed bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.run, r.armed, r.asked = p, armed, false
	if r.w.over.Load() {
		p.signal(syscall.SIGKILL)
	}
}

// account says why the program ended.
func (r *replica) account(p *process) {
	r.mu.Lock()
	asked := r.asked
	r.mu.Unlock()
	switch {
	case r.w.over.Load():
	case p.endedBy(syscall.SIGKILL):
		r.w.add(func(c *counts) { c.kills++ })
	case asked && p.endedBy(syscall.SIGTERM): // it had not begun to listen for that
	case p.err != nil || !asked:
		r.w.Errorf("replica %d ended by itself: %v\n%s", r.n, p.err, r.log)
		r.w.over.Store(true)
	}
}

// signal sends a signal to the program that runs, if it does.
func (r *replica) signal(s syscall.Signal) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.run != nil {
		r.run.signal(s)
	}
}

// kill kills the program and waits for its end.
func (r *replica) kill() {
	r.mu.Lock()
	p := r.run
	r.mu.Unlock()
	if p != nil {
		p.signal(syscall.SIGKILL)
		<-p.gone
	}
}

// disarm lets a program that would kill itself come to a proper end; one that
// does not is started in its place.
func (r *replica) disarm() {
	r.mu.Lock()
	p, armed := r.run, r.armed
	r.asked = true
	r.mu.Unlock()
	if !armed {
		return
	}
	up, asked := r.ready(), time.Now()
	p.signal(syscall.SIGTERM)
	<-p.gone
	if took := time.Since(asked); up && took > 6*time.Second {
		r.w.Errorf("replica %d took %v to stop", r.n, took)
	}
}

// pause stops the program for a time, in which it does not know that time
// passes.
func (r *replica) pause(d time.Duration) {
	r.w.doubt()
	r.signal(syscall.SIGSTOP)
	time.Sleep(d)
	r.signal(syscall.SIGCONT)
	r.w.add(func(c *counts) { c.stops++ })
}

// end ends the program for good.
func (r *replica) end() {
	r.signal(syscall.SIGKILL)
	if r.proxy != nil {
		r.proxy.close()
	}
}

// get asks the program something over HTTP.
func (r *replica) get(path string) (status int, body string) {
	res, err := client.Get("http://" + r.addr + path)
	if err != nil {
		return 0, ""
	}
	defer func() { _ = res.Body.Close() }()
	text, _ := io.ReadAll(res.Body)
	return res.StatusCode, string(text)
}

// ready says whether the program takes messages in.
func (r *replica) ready() bool {
	status, _ := r.get("/readyz")
	return status == http.StatusOK
}

// poller gives the replica that polls the platform.
func (w *world) poller() *replica {
	var polls *replica
	w.reach(60*time.Second, "a replica polls", func() bool {
		for _, r := range w.replicas {
			if _, text := r.get("/metrics"); strings.Contains(text, fmt.Sprintf("s4bot_holds{task=%q} 1", "telegram poll")) {
				polls = r
			}
		}
		return polls != nil
	})
	return polls
}
