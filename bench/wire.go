package main

import (
	"context"
	"fmt"
	"net"
	"sync/atomic"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/s4bot/s4bot/internal/store"
)

// counted is a connection that counts what is sent: a write is a round trip, as
// its answer is waited for.
type counted struct {
	net.Conn
	writes *atomic.Int64
}

func (c counted) Write(p []byte) (int, error) {
	c.writes.Add(1)
	return c.Conn.Write(p)
}

// roundTrips prints the round trips of turns, counted at the wire.
func roundTrips(ctx context.Context, r *redisServer, m *mind) error {
	var writes atomic.Int64
	s, err := r.store(func(o *redis.UniversalOptions) {
		o.Dialer = func(ctx context.Context, network, addr string) (net.Conn, error) {
			c, err := new(net.Dialer).DialContext(ctx, network, addr)
			return counted{c, &writes}, err
		}
	})
	if err != nil {
		return err
	}
	defer func() { _ = s.Close() }()
	etag := ""
	count := func(do func() error) (int64, error) {
		before := writes.Load()
		err := do()
		return writes.Load() - before, err
	}
	const k = "telegram:3000000000"
	if err := swap(ctx, s, k, &etag); err != nil { // opens connections, loads the script
		return err
	}
	b := m.bot(s, nil)
	if _, err := b.Handle(ctx, message(900)); err != nil {
		return err
	}
	time.Sleep(50 * time.Millisecond)
	fmt.Println("| round trips, counted at the wire | |\n|---|---|")
	for _, row := range []struct {
		name string
		do   func() error
	}{
		{"the store's turn, warm", func() error { return swap(ctx, s, k, &etag) }},
		{"the store's turn, cold", func() error { return coldTurn(ctx, s, k, &etag) }},
		{"whole turn, warm, with one post and its acknowledgement", func() error { _, err := b.Handle(ctx, message(900)); return err }},
		{"the first turn of a replica that never saw the conversation, with acknowledgement", func() error { _, err := m.bot(s, nil).Handle(ctx, message(900)); return err }},
	} {
		n, err := count(row.do)
		if err != nil {
			return err
		}
		fmt.Printf("| %s | %d |\n", row.name, n)
	}
	fmt.Println()
	return nil
}

func coldTurn(ctx context.Context, s store.Store, key string, etag *string) error {
	v, err := s.Get(ctx, key)
	if err != nil {
		return err
	}
	*etag = v.Etag
	return swap(ctx, s, key, etag)
}
