package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"strconv"
	"time"

	"github.com/s4bot/s4bot/internal/adapters/console"
	"github.com/s4bot/s4bot/internal/bot"
	"github.com/s4bot/s4bot/internal/bot/lines"
	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/dialog"
	"github.com/s4bot/s4bot/internal/nlu"
	"github.com/s4bot/s4bot/internal/store"
)

// newFlags makes a flag set with --config.
func newFlags(env environment, name string) (*flag.FlagSet, *string) {
	flags := flag.NewFlagSet("bot "+name, flag.ContinueOnError)
	flags.SetOutput(env.err)
	return flags, flags.String("config", "", "configuration `FILE` (default bot.yaml, if it exists)")
}

// configure parses a command's flags and loads the configuration.
func configure(env environment, flags *flag.FlagSet, path *string, args []string) (config, error) {
	if err := flags.Parse(args); err != nil {
		return config{}, err
	}
	return loadConfig(*path, env.getenv)
}

func runChat(ctx context.Context, env environment, args []string) error {
	flags, path := newFlags(env, "chat")
	asJSON := flags.Bool("json", false, "one JSON object a line in, one a line out")
	seed := flags.String("seed", "", "`N`: a fixed clock, so that the same input gives the same output")
	name := flags.String("conversation", "", "`NAME` of a kept conversation to go on with (default: a new one)")
	c, err := configure(env, flags, path, args)
	if err != nil {
		return err
	}
	m, err := c.mind()
	if err != nil {
		return err
	}
	s, err := chatStore(c, env, *asJSON)
	if err != nil {
		return err
	}
	room := chat.Room{Platform: "console", ID: *name}
	if *name == "" {
		room.ID = strconv.FormatInt(time.Now().UnixNano(), 36) + "-" + strconv.Itoa(os.Getpid())
	}
	rc := bot.Config{Store: s, Manager: m.manager, Search: m.index, Mask: nlu.MaskOptions{Phones: c.MaskPhones}}
	if *asJSON {
		err = chatJSON(ctx, env, rc, m.manager.View, room, *seed)
	} else {
		err = chatTerminal(ctx, env, rc, room)
	}
	return errors.Join(err, s.Close())
}

// chatStore opens the configured store. JSON lines without one configured get a
// store of their own that goes with them, so that many can run side by side.
func chatStore(c config, env environment, asJSON bool) (store.Store, error) {
	if asJSON && c.RedisURL == "" && env.getenv("DATA_DIR") == "" {
		return scratchStore()
	}
	return c.store()
}

// fixedClock is where the clock of a seeded conversation stands: a Wednesday
// at noon. It moves only by waiting.
var fixedClock = time.Date(2025, 1, 1, 12, 0, 0, 0, time.UTC)

func chatJSON(ctx context.Context, env environment, rc bot.Config, view func(dialog.State) dialog.View, room chat.Room, seed string) error {
	now := time.Now
	if seed != "" {
		if _, err := strconv.ParseInt(seed, 10, 64); err != nil {
			return fmt.Errorf("--seed must be a whole number, not %q", seed)
		}
		now = func() time.Time { return fixedClock }
	}
	session := lines.NewSession(room, now, view)
	rc.Deliver, rc.Now, rc.Clock = session, session.Now, seed == ""
	return session.Run(ctx, bot.New(rc), env.in, env.out)
}

func chatTerminal(ctx context.Context, env environment, rc bot.Config, room chat.Room) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	terminal := isTerminal(env.out)
	c := console.New(room, env.in, env.out, terminal && env.getenv("NO_COLOR") == "")
	rc.Deliver, rc.Clock = c, true
	b := bot.New(rc)
	done := make(chan struct{})
	go func() {
		defer close(done)
		tick(ctx, b, room)
	}()
	handle := func(ctx context.Context, messages ...chat.Message) error {
		_, err := b.Handle(ctx, messages...)
		return err
	}
	err := c.Run(ctx, handle)
	stop()
	<-done
	return err
}

// tick does what comes due in the room, until the context ends. Other
// conversations of the store are not this terminal's business. Failures are
// tried again at the next tick; the terminal tells of them when the merchant
// writes.
func tick(ctx context.Context, b *bot.Bot, room chat.Room) {
	t := time.NewTicker(time.Second)
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-t.C:
			_, _ = b.Attend(ctx, room)
		}
	}
}

func isTerminal(w any) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
