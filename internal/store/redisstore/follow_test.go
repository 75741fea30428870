package redisstore_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/s4bot/s4bot/internal/store/redisstore"
	"github.com/s4bot/s4bot/internal/store/redistest"
	"github.com/s4bot/s4bot/internal/store/storetest"
)

func TestFeedsAreFollowedAcrossProcesses(t *testing.T) {
	server := redistest.Start(t)
	followed(t, redisstore.Config{URL: server.URL()})
}

func TestFeedsAreFollowedOnACluster(t *testing.T) {
	t.Parallel()
	followed(t, redisstore.Config{Addrs: redistest.StartCluster(t, false).Addrs()})
}

func TestFeedsAreFollowedOnSentinel(t *testing.T) {
	t.Parallel()
	followed(t, redisstore.Config{Addrs: redistest.StartSentinel(t).Addrs(), Master: redistest.MasterName})
}

func followed(t *testing.T, c redisstore.Config) {
	one, another := opened(t, c), opened(t, c)
	t.Cleanup(func() { _, _ = one.Close(), another.Close() })
	storetest.Followed(t, one, another)
}

func TestAProcessHasOneSubscription(t *testing.T) {
	server := redistest.Start(t)
	s := opened(t, redisstore.Config{URL: server.URL()})
	defer func() { _ = s.Close() }()
	first, second := follow(t, s), follow(t, s)
	subscriptions := func() int64 {
		return server.Client().PubSubNumSub(t.Context(), "feeds").Val()["feeds"]
	}
	until(t, "there is a subscription", func() bool { return subscriptions() == 1 })
	time.Sleep(50 * time.Millisecond)
	if n := subscriptions(); n != 1 {
		t.Errorf("there are %d subscriptions, want one", n)
	}
	first.stop()
	until(t, "there is one still", func() bool { return subscriptions() == 1 })
	second.stop()
	until(t, "there is none", func() bool { return subscriptions() == 0 })
}

func TestALostSubscriptionComesBack(t *testing.T) {
	server := redistest.Start(t)
	s := opened(t, redisstore.Config{URL: server.URL()})
	defer func() { _ = s.Close() }()
	f := follow(t, s)
	f.settle(server)
	if err := server.Client().Do(t.Context(), "CLIENT", "KILL", "TYPE", "pubsub").Err(); err != nil {
		t.Fatal(err)
	}
	until(t, "any feed may have changed", func() bool { return f.heard("") })
	if _, _, err := s.Append(t.Context(), "web:1", "post", nil); err != nil {
		t.Fatal(err)
	}
	until(t, "a change is heard of", func() bool { return f.heard("web:1") })
}

// A subscription is no way around a new epoch; but it sees one first, while nobody
// asks for anything.
func TestASubscriptionWaitsForTheEpoch(t *testing.T) {
	server := redistest.Start(t, redistest.Durable)
	s := opened(t, redisstore.Config{URL: server.URL()})
	defer func() { _ = s.Close() }()
	epochs := make(chan string, 9)
	s.OnEpoch(func(epoch string) { epochs <- epoch })
	f := follow(t, s)
	f.settle(server)

	server.Restart()
	epoch := <-epochs
	time.Sleep(600 * time.Millisecond) // it tries again
	if f.heard("") {
		t.Fatal("the subscription is back in an epoch that nobody accepted")
	}
	s.Accept(epoch)
	until(t, "any feed may have changed", func() bool { return f.heard("") })
	if _, err := s.Newest(t.Context(), "web:1"); err != nil {
		t.Errorf("who is told to look again cannot: %v", err)
	}
}

// The server that has the subscription is killed, and another takes its place.
func TestASubscriptionMovesToTheNewMaster(t *testing.T) {
	t.Parallel()
	sentinel := redistest.StartSentinel(t)
	s := opened(t, redisstore.Config{Addrs: sentinel.Addrs(), Master: redistest.MasterName})
	defer func() { _ = s.Close() }()
	f := follow(t, s)
	f.settle(sentinel.Master())
	sentinel.WaitOther(sentinel.KillMaster())
	until(t, "any feed may have changed", func() bool { return f.heard("") })
	until(t, "an entry can be added", func() bool {
		_, _, err := s.Append(t.Context(), "web:1", "post", nil)
		return err == nil
	})
	until(t, "a change is heard of", func() bool { return f.heard("web:1") })
}

func TestFollowingEndsWhileRedisIsDown(t *testing.T) {
	server := redistest.Start(t)
	s := opened(t, redisstore.Config{URL: server.URL()})
	defer func() { _ = s.Close() }()
	f := follow(t, s)
	f.settle(server)
	server.Stop()
	time.Sleep(300 * time.Millisecond)
	begin := time.Now()
	f.stop()
	if took := time.Since(begin); took > time.Second {
		t.Errorf("following ended %v after its context", took)
	}
}

func TestALostAnswerAddsNoEntryTwice(t *testing.T) {
	server := redistest.Start(t)
	s, lose := losing(t, server)
	if _, _, err := s.Append(t.Context(), "web:1", "first", nil); err != nil {
		t.Fatal(err)
	}
	lose.Store(true)
	number, _, err := s.Append(t.Context(), "web:1", "second", []byte("x"))
	if err != nil || number != 2 || lose.Load() {
		t.Fatalf("append gives %d, %v; an answer was lost: %v", number, err, !lose.Load())
	}
	if newest, err := s.Newest(t.Context(), "web:1"); err != nil || newest != 2 {
		t.Errorf("the newest is %d, %v; want 2", newest, err)
	}
}

// follower is one who follows the feeds of a store.
type follower struct {
	t    *testing.T
	stop func()

	mu    sync.Mutex
	feeds map[string]bool
}

func follow(t *testing.T, s *redisstore.Store) *follower {
	ctx, cancel := context.WithCancel(t.Context())
	f := &follower{t: t, feeds: map[string]bool{}}
	var following sync.WaitGroup
	following.Go(func() {
		s.Follow(ctx, func(feed string) {
			f.mu.Lock()
			defer f.mu.Unlock()
			f.feeds[feed] = true
		})
	})
	f.stop = func() { cancel(); following.Wait() }
	t.Cleanup(f.stop)
	return f
}

// heard says whether a feed was heard of since it was last asked for.
func (f *follower) heard(feed string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	heard := f.feeds[feed]
	delete(f.feeds, feed)
	return heard
}

// settle waits until the subscription is there, and forgets what was heard.
func (f *follower) settle(server *redistest.Server) {
	f.t.Helper()
	until(f.t, "there is a subscription", func() bool {
		server.Client().Publish(f.t.Context(), "feeds", "trial")
		time.Sleep(20 * time.Millisecond)
		return f.heard("trial")
	})
	f.heard("")
}

func until(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); !ok(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("waited in vain until %s", what)
		}
	}
}
