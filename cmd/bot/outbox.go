package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/s4bot/s4bot/internal/bot"
	"github.com/s4bot/s4bot/internal/store"
)

// runOutbox lists posts that wait for delivery and those of which nobody can be
// sure, without their contents.
func runOutbox(ctx context.Context, env environment, args []string) error {
	return look(ctx, env, args, "outbox", "no post waits or was lost", func(s store.Store, count *int) error {
		return bot.EachUnsent(ctx, s, func(u bot.Unsent) {
			*count++
			fmt.Fprintf(env.out, "%s  %s  to the %s  %s  %s  since %s, tries %d  %s\n", u.Conversation, u.Post, u.To, u.Kind, u.Fate, u.At.Format(time.RFC3339), u.Tries, u.Reason)
		})
	})
}

// runHeld lists messages that could not be read because of a fault.
func runHeld(ctx context.Context, env environment, args []string) error {
	return look(ctx, env, args, "held", "no message is held", func(s store.Store, count *int) error {
		return bot.EachHeld(ctx, s, func(h bot.Held) {
			*count++
			fmt.Fprintf(env.out, "%s  %s  %s  %q\n", h.Conversation, h.ID, h.At.Format(time.RFC3339), h.Text)
		})
	})
}

// look opens the store for a command that only reads.
func look(ctx context.Context, env environment, args []string, name, nothing string, list func(s store.Store, count *int) error) error {
	flags, path := newFlags(env, name)
	c, err := configure(env, flags, path, args)
	if err != nil {
		return err
	}
	s, err := c.store()
	if err != nil {
		return err
	}
	count := 0
	err = list(s, &count)
	if err == nil && count == 0 {
		fmt.Fprintln(env.out, nothing)
	}
	return errors.Join(err, s.Close())
}
