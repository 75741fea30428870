package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/s4bot/s4bot/internal/store"
)

// runErase removes everything kept about a merchant.
func runErase(ctx context.Context, env environment, args []string) error {
	flags, path := newFlags(env, "erase")
	c, err := configure(env, flags, path, args)
	if err != nil {
		return err
	}
	if flags.NArg() != 1 {
		return errors.New(`erase takes one conversation, such as "telegram:12345"`)
	}
	s, err := c.store()
	if err != nil {
		return err
	}
	if c.onRedis() {
		err = eraseForGood(ctx, s, flags.Arg(0))
	} else {
		err = s.Erase(ctx, flags.Arg(0))
	}
	if err == nil {
		fmt.Fprintf(env.out, "erased %s\n", flags.Arg(0))
	}
	return errors.Join(err, s.Close())
}

// syncedAfter is when Redis has what was written on its disk, if it syncs once a
// second.
const syncedAfter = 1200 * time.Millisecond

// eraseForGood erases in Redis, and again if the store went back in time before the
// erasing was on its disk: nobody else would know of it.
func eraseForGood(ctx context.Context, s store.Store, key string) error {
	for {
		before, err := s.Health(ctx)
		if err != nil {
			return err
		}
		if err := s.Erase(ctx, key); err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(syncedAfter):
		}
		after, err := s.Health(ctx)
		if err != nil || after.Epoch == before.Epoch {
			return err
		}
	}
}
