package redisstore

import (
	"context"
	"errors"
	"net"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"
)

// feedChannel is where the scripts tell of a feed that changed, by its name.
const feedChannel = "feeds"

// quiet is how long a subscription hears nothing before Redis is asked whether it
// is still there, and then before it counts as gone.
const quiet = 5 * time.Second

// Follow implements store.Feeds. Of those who follow in this process one has the
// subscription, for all; when it leaves, another takes over.
func (s *Store) Follow(ctx context.Context, hear func(feed string)) {
	var subscriber sync.WaitGroup
	subscriber.Go(func() {
		select {
		case s.subscribing <- struct{}{}:
			s.subscribe(ctx)
			<-s.subscribing
		case <-ctx.Done():
		}
	})
	s.followers.Follow(ctx, hear)
	subscriber.Wait()
}

// subscribe has a subscription until the context ends or the store is closed.
func (s *Store) subscribe(ctx context.Context) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(s.calls.ctx, cancel)()
	for {
		s.listen(ctx)
		select {
		case <-ctx.Done():
			return
		case <-time.After(readyEvery):
		}
	}
}

// listen tells the followers what one connection hears until it breaks. The
// connection is one of those that a new epoch holds up: who is told to look again
// can look.
func (s *Store) listen(ctx context.Context) {
	sub := s.client.Subscribe(ctx, feedChannel)
	defer func() { _ = sub.Close() }()
	defer context.AfterFunc(ctx, func() { _ = sub.Close() })()
	for asked := false; ; {
		heard, err := sub.ReceiveTimeout(ctx, quiet)
		var late net.Error
		switch {
		case err == nil:
			asked = false
		case !asked && errors.As(err, &late) && late.Timeout() && sub.Ping(ctx) == nil:
			asked = true
			continue
		default:
			return
		}
		switch heard := heard.(type) {
		case *redis.Subscription:
			s.followers.Tell("") // some may have been missed before
		case *redis.Message:
			s.followers.Tell(heard.Payload)
		}
	}
}
