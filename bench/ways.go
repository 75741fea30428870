package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/hibiken/asynq"
	"github.com/redis/go-redis/v9"

	"github.com/s4bot/s4bot/internal/store"
)

// value is as large as that of a conversation in the middle of a case.
var value = make([]byte, 600)

func key(i int) string { return "telegram:" + strconv.Itoa(1_000_000_000+i) }

var errConflict = errors.New("a lone writer met a conflict")

// plain is what everything is held against: reading and writing the same bytes.
var plain = way{"GET and SET of the same bytes", func(ctx context.Context, r *redisServer, n int) (func(int) error, func(), error) {
	c := r.client(n)
	return func(i int) error { return getSet(ctx, c, "plain:"+key(i)) }, func() { _ = c.Close() }, nil
}}

func getSet(ctx context.Context, c *redis.Client, key string) error {
	if err := c.Get(ctx, key).Err(); err != nil && !errors.Is(err, redis.Nil) {
		return err
	}
	return c.Set(ctx, key, value, 0).Err()
}

// onStore makes a way of the store's calls; etags are those of the last writes.
func onStore(turn func(ctx context.Context, s store.Store, key string, etag *string) error) func(context.Context, *redisServer, int) (func(int) error, func(), error) {
	return func(ctx context.Context, r *redisServer, n int) (func(int) error, func(), error) {
		s, err := r.store(nil)
		if err != nil {
			return nil, nil, err
		}
		etags := make([]string, n)
		for i := range etags {
			v, err := s.Get(ctx, key(i))
			if err != nil {
				return nil, nil, err
			}
			etags[i] = v.Etag
		}
		return func(i int) error { return turn(ctx, s, key(i), &etags[i]) }, func() { _ = s.Close() }, nil
	}
}

var due = time.Now().Add(10 * time.Minute)

func swap(ctx context.Context, s store.Store, key string, etag *string) error {
	now, ok, err := s.Swap(ctx, store.Change{Key: key, Etag: *etag, Data: value, Due: due})
	if err == nil && !ok {
		err = errConflict
	}
	*etag = now.Etag
	return err
}

var storeTurn = way{"the store's turn, warm", onStore(swap)}

var acknowledged = way{"with acknowledgement", onStore(func(ctx context.Context, s store.Store, key string, etag *string) error {
	if err := swap(ctx, s, key, etag); err != nil {
		return err
	}
	return swap(ctx, s, key, etag)
})}

var cold = way{"cold", onStore(func(ctx context.Context, s store.Store, key string, etag *string) error {
	v, err := s.Get(ctx, key)
	if err != nil {
		return err
	}
	*etag = v.Etag
	return swap(ctx, s, key, etag)
})}

// streams takes a message through a stream with a consumer group, one consumer a
// conversation, and waits until it is dealt with.
var streams = way{"Redis Streams with a consumer group", func(ctx context.Context, r *redisServer, n int) (func(int) error, func(), error) {
	c := r.client(2 * n)
	const stream, group = "messages", "bots"
	c.Del(ctx, stream)
	if err := c.XGroupCreateMkStream(ctx, stream, group, "0").Err(); err != nil {
		return nil, nil, err
	}
	done := make([]chan struct{}, n)
	ctx, cancel := context.WithCancel(ctx)
	ended := make(chan struct{}, n)
	for i := range done {
		done[i] = make(chan struct{}, 1)
		go func() {
			defer func() { ended <- struct{}{} }()
			for ctx.Err() == nil {
				consume(ctx, c, stream, group, strconv.Itoa(i), done)
			}
		}()
	}
	turn := func(i int) error {
		err := c.XAdd(ctx, &redis.XAddArgs{Stream: stream, Values: []any{"i", i, "text", "刷卡失败"}}).Err()
		if err == nil {
			<-done[i]
		}
		return err
	}
	return turn, func() {
		cancel()
		for range n {
			<-ended
		}
		_ = c.Close()
	}, nil
}}

func consume(ctx context.Context, c *redis.Client, stream, group, name string, done []chan struct{}) {
	got, err := c.XReadGroup(ctx, &redis.XReadGroupArgs{Group: group, Consumer: name, Streams: []string{stream, ">"}, Count: 1, Block: 200 * time.Millisecond}).Result()
	if err != nil {
		return
	}
	for _, m := range got[0].Messages {
		i, _ := strconv.Atoi(fmt.Sprint(m.Values["i"]))
		if getSet(ctx, c, "stream:"+key(i)) != nil {
			return
		}
		_, _ = c.Pipelined(ctx, func(p redis.Pipeliner) error {
			p.XAck(ctx, stream, group, m.ID)
			p.XDel(ctx, stream, m.ID)
			return nil
		})
		done[i] <- struct{}{}
	}
}

// queue takes a message through asynq and waits until it is dealt with.
var queue = way{"asynq", func(ctx context.Context, r *redisServer, n int) (func(int) error, func(), error) {
	opt := asynq.RedisClientOpt{Addr: r.addr, PoolSize: 2*n + 8}
	c, client := r.client(n), asynq.NewClient(opt)
	done := make([]chan struct{}, n)
	for i := range done {
		done[i] = make(chan struct{}, 1)
	}
	server := asynq.NewServer(opt, asynq.Config{Concurrency: n, LogLevel: asynq.FatalLevel})
	err := server.Start(asynq.HandlerFunc(func(ctx context.Context, t *asynq.Task) error {
		i, err := strconv.Atoi(string(t.Payload()))
		if err == nil {
			err = getSet(ctx, c, "asynq:"+key(i))
		}
		if err == nil {
			done[i] <- struct{}{}
		}
		return err
	}))
	turn := func(i int) error {
		_, err := client.Enqueue(asynq.NewTask("turn", []byte(strconv.Itoa(i))))
		if err == nil {
			<-done[i]
		}
		return err
	}
	return turn, func() {
		server.Shutdown()
		_ = client.Close()
		_ = c.Close()
	}, err
}}
