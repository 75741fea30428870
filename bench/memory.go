package main

import (
	"context"
	"fmt"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/s4bot/s4bot/internal/bot"
	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/store"
)

// memory prints what a conversation costs in Redis, all overhead counted: what
// 100,000 of them add to the memory in use.
func memory(ctx context.Context, _ *redisServer, m *mind) error {
	fmt.Printf("| a conversation in Redis | value | all in, of %d |\n|---|---|---|\n", *keys)
	for _, stage := range []string{"in the middle of a case", "just closed", "at rest, a day later"} {
		length, bytes, err := stored(ctx, m, stage)
		if err != nil {
			return err
		}
		fmt.Printf("| %s | %d B | %d B |\n", stage, length, bytes)
	}
	fmt.Println()
	return nil
}

// stored plays a case up to a stage and keeps what comes of it under many keys.
func stored(ctx context.Context, m *mind, stage string) (length, bytes int, err error) {
	r, err := startRedis()
	if err != nil {
		return 0, 0, err
	}
	defer r.stop()
	s, err := r.store(nil)
	if err != nil {
		return 0, 0, err
	}
	defer func() { _ = s.Close() }()
	c, err := play(ctx, m, s, stage)
	if err != nil {
		return 0, 0, err
	}
	before := r.used(ctx)
	for i := range *keys {
		c.Key, c.Etag = "telegram:"+strconv.Itoa(1_000_000_000+7919*i), ""
		if _, ok, err := s.Swap(ctx, c); err != nil || !ok {
			return 0, 0, fmt.Errorf("write conversation %d: ok %v, %w", i, ok, err)
		}
	}
	return len(c.Data), (r.used(ctx) - before) / *keys, nil
}

// play plays a case and gives what is stored of it, with its due time.
func play(ctx context.Context, m *mind, s store.Store, stage string) (store.Change, error) {
	var passed atomic.Int64
	now := func() time.Time { return time.Now().Add(time.Duration(passed.Load())) }
	b := m.bot(s, now)
	room := chat.Room{Platform: "telegram", ID: "1234567890"}
	texts := []string{"刷卡显示S4交易失败", "就这张卡不行", "没扣", "小票上是51", "好了"}
	if stage == "in the middle of a case" {
		texts = texts[:4]
	}
	for i, text := range texts {
		passed.Add(int64(20 * time.Second))
		if _, err := b.Handle(ctx, chat.Message{ID: strconv.Itoa(4000 + 2*i), Room: room, Sender: "老王面馆", Text: text, At: now()}); err != nil {
			return store.Change{}, err
		}
	}
	if stage == "at rest, a day later" {
		passed.Add(int64(25 * time.Hour))
		if err := b.Tick(ctx); err != nil {
			return store.Change{}, err
		}
	}
	v, err := s.Get(ctx, room.String())
	if err != nil {
		return store.Change{}, err
	}
	due, err := bot.DueOf(v.Data)
	return store.Change{Data: v.Data, Due: due}, err
}
