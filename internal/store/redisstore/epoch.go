package redisstore

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/s4bot/s4bot/internal/store"
)

// errEpoch keeps a connection from being used.
var errEpoch = fmt.Errorf("%w: Redis was restarted or failed over and may have lost its newest writes", store.ErrUnavailable)

// epochs knows which epoch is accepted, and lets connections be used only while
// no other one was seen. As long as nobody wants to hear of epochs, each counts
// as accepted.
type epochs struct {
	mu       sync.Mutex
	hear     func(string)
	accepted string
	began    uint32 // the second in which it was
	pending  string // seen and not accepted; empty: none
}

// see takes note of an epoch and says whether it is the accepted one.
func (e *epochs) see(epoch string) bool {
	hear, ok := e.note(epoch)
	if hear != nil {
		hear(epoch) // without the lock: it may call Accept
	}
	return ok
}

func (e *epochs) note(epoch string) (hear func(string), ok bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.accepted == "" || e.hear == nil {
		e.take(epoch)
	}
	if epoch == e.accepted {
		e.pending = ""
		return nil, true
	}
	if e.pending != epoch {
		e.pending, hear = epoch, e.hear
	}
	return hear, false
}

func (e *epochs) accept(epoch string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.take(epoch)
	if e.pending == epoch {
		e.pending = ""
	}
}

// take makes an epoch the accepted one.
func (e *epochs) take(epoch string) {
	if epoch != e.accepted {
		e.accepted, e.began = epoch, second(time.Now())
	}
}

// since is the second in which the accepted epoch was accepted.
func (e *epochs) since() uint32 {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.began
}

func (e *epochs) held() bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.pending != ""
}

// admit is called for every new connection to one Redis or to Sentinel's master
// before it is used, and for those to the Sentinels, which have no epoch.
func (e *epochs) admit(ctx context.Context, conn *redis.Conn) error {
	text, err := conn.Info(ctx, "replication").Result()
	if err != nil {
		return err
	}
	if epoch := parseInfo(text)["master_replid"]; epoch != "" && !e.see(epoch) {
		return errEpoch
	}
	return nil
}

// admitNode is admit for the nodes of a cluster, whose epoch only Health sees.
func (e *epochs) admitNode(context.Context, *redis.Conn) error {
	if e.held() {
		return errEpoch
	}
	return nil
}

// OnEpoch implements store.Store.
func (s *Store) OnEpoch(hear func(epoch string)) {
	s.epochs.mu.Lock()
	defer s.epochs.mu.Unlock()
	s.epochs.hear = func(epoch string) {
		s.looks.forget()
		hear(epoch)
	}
}

// Accept implements store.Store.
func (s *Store) Accept(epoch string) {
	s.looks.forget()
	s.epochs.accept(epoch)
}
