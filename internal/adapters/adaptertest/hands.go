package adaptertest

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/s4bot/s4bot/internal/chat"
)

// inbox takes messages in.
type inbox struct {
	mu     sync.Mutex // guards what follows
	heard  []chat.Message
	refuse int // so many handovers are not accepted
}

var errNotNow = errors.New("not now")

func (i *inbox) handle(_ context.Context, m ...chat.Message) error {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.refuse > 0 {
		i.refuse--
		return errNotNow
	}
	i.heard = append(i.heard, m...)
	return nil
}

func (i *inbox) all() []chat.Message {
	i.mu.Lock()
	defer i.mu.Unlock()
	return append([]chat.Message(nil), i.heard...)
}

// run takes messages in until the test ends, or until what it gives is called,
// which tells how long that took.
func (r *Rig) run(t *testing.T, i *inbox) (stop func() time.Duration) {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- r.Run(ctx, i.handle) }()
	stop = sync.OnceValue(func() time.Duration {
		began := time.Now()
		cancel()
		if err := <-done; err != nil {
			t.Errorf("it ends with %v", err)
		}
		return time.Since(began)
	})
	t.Cleanup(func() { stop() })
	return stop
}

// hears waits for so many messages and gives the last.
func (i *inbox) hears(t *testing.T, n int) chat.Message {
	t.Helper()
	eventually(t, "the messages arrive", func() bool { return len(i.all()) >= n })
	return i.all()[n-1]
}

func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(time.Minute); !ok(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("waited in vain until %s", what)
		}
	}
}

// post makes a post to the merchant.
func post(id, text string, options ...chat.Option) chat.Post {
	return chat.Post{ID: id, To: chat.ToMerchant, Kind: chat.Question, Text: text, Options: options}
}

// deliver delivers a post that must arrive.
func (r *Rig) deliver(t *testing.T, p chat.Post) (ref string) {
	t.Helper()
	ref, err := r.Adapter.Deliver(t.Context(), r.Room, p)
	if err != nil {
		t.Fatalf("deliver %s: %v", p.ID, err)
	}
	return ref
}

// last is the newest message that the person sees.
func (r *Rig) last(t *testing.T) Seen {
	t.Helper()
	all := r.Seen()
	if len(all) == 0 {
		t.Fatal("the person sees nothing")
	}
	return all[len(all)-1]
}

func secretless(t *testing.T, where, text, secret string) {
	t.Helper()
	if secret != "" && strings.Contains(text, secret) {
		t.Errorf("%s holds the secret:\n%s", where, text)
	}
}
