package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/adapters/slack"
	"github.com/s4bot/s4bot/internal/adapters/telegram"
	"github.com/s4bot/s4bot/internal/adapters/web"
	"github.com/s4bot/s4bot/internal/bot"
	"github.com/s4bot/s4bot/internal/nlu"
	"github.com/s4bot/s4bot/internal/store"
)

// burst is how many messages a merchant may send at once.
const burst = 20

// runServe runs the bot on its platforms until it is told to stop, then finishes
// what is begun.
func runServe(ctx context.Context, env environment, args []string) error {
	flags, path := newFlags(env, "serve")
	open := flags.Bool("open", false, "open the page in a browser")
	c, err := configure(env, flags, path, args)
	if err != nil {
		return err
	}
	log := newLog(env, c.LogLevel)
	mind, err := c.liveMind(log)
	if err != nil {
		return err
	}
	s, err := c.readyStore(ctx, log)
	if err != nil {
		return err
	}
	p, err := c.program(s, mind, log)
	if err != nil {
		return errors.Join(err, s.Close())
	}
	if *open {
		p.ready = func() { invite(env.out, c.HTTPAddr) }
	}
	err = p.run(ctx)
	return errors.Join(err, s.Close())
}

// newLog makes a log that is read by machines: JSON, with ids and no contents.
func newLog(env environment, level string) *slog.Logger {
	var l slog.LevelVar
	_ = l.UnmarshalText([]byte(level)) // checked with the configuration
	return slog.New(slog.NewJSONHandler(env.err, &slog.HandlerOptions{Level: l.Level()}))
}

// readyStore opens the store and waits until it takes writes.
func (c config) readyStore(ctx context.Context, log *slog.Logger) (store.Store, error) {
	if !c.onRedis() {
		return c.store()
	}
	s, err := c.redis()
	if err != nil {
		return nil, err
	}
	err = s.WaitReady(ctx, func(reason string) { log.Warn("waiting for Redis: " + reason) })
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// program is everything that runs.
type program struct {
	config   config
	log      *slog.Logger
	bot      *bot.Bot
	mind     *liveMind
	telegram *telegram.Adapter // nil: not configured
	slack    *slack.Adapter    // nil: not configured
	web      *web.Adapter
	ready    func() // called when the page can be opened; nil: nobody waits for it
	registry *prometheus.Registry
}

// program puts the parts together.
func (c config) program(s store.Store, mind *liveMind, log *slog.Logger) (*program, error) {
	p := &program{config: c, log: log, mind: mind, registry: prometheus.NewRegistry()}
	p.registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	to := &router{platforms: map[string]adapters.Deliverer{}}
	limits := map[string]adapters.Limits{}
	if c.TelegramToken != "" {
		t, err := telegram.New(telegram.Config{
			Token: c.TelegramToken, APIBase: c.TelegramAPIBase,
			WebhookURL: c.TelegramWebhookURL, WebhookSecret: c.TelegramWebhookSecret, Files: to,
		}, log)
		if err != nil {
			return nil, err
		}
		p.registry.MustRegister(prometheus.NewCounterFunc(prometheus.CounterOpts{
			Name: "s4bot_telegram_quarantined_total", Help: "Updates that could not be decoded and were passed over.",
		}, func() float64 { return float64(t.Quarantined()) }))
		p.telegram, to.platforms[telegram.Platform], limits[telegram.Platform] = t, t, t.Limits()
	}
	desk, err := c.connectSlack(p, to)
	if err != nil {
		return nil, err
	}
	if desk != nil {
		limits[bot.DeskLane] = desk.Limits()
	}
	c.connectWeb(p, to, s)
	p.bot = bot.New(bot.Config{
		Store: s, Manager: mind, Search: mind, Deliver: to, Typing: to, Serial: true, Mask: nlu.MaskOptions{Phones: c.MaskPhones},
		Desk: to.desk, Settle: time.Duration(c.BurstWait), Burst: burst, Limits: limits, Clock: true, Alone: !c.onRedis(),
		Log: log, Metrics: bot.NewMetrics(p.registry),
	})
	return p, nil
}

// run runs everything until the context ends.
func (p *program) run(ctx context.Context) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var all sync.WaitGroup
	servers, err := p.listen()
	if err != nil {
		return err
	}
	for _, s := range servers {
		all.Go(func() { s.run(ctx, stop) })
	}
	all.Go(func() { p.bot.Run(ctx) })
	all.Go(func() { p.mind.watch(ctx) })
	all.Go(func() { p.web.Run(ctx) })
	if p.telegram != nil {
		all.Go(func() { p.runTelegram(ctx, stop) })
	}
	if p.slack != nil {
		all.Go(func() { p.runSlack(ctx) })
	}
	if p.ready != nil {
		p.ready()
	}
	p.log.Info("s4bot runs", "http", p.config.HTTPAddr, "redis", p.config.onRedis())
	all.Wait()
	p.log.Info("s4bot stopped")
	if cause := context.Cause(ctx); cause != nil && !errors.Is(cause, context.Canceled) {
		return cause
	}
	return nil
}

// runTelegram takes updates in: this process polls while it holds the lease, or
// Telegram calls the webhook.
func (p *program) runTelegram(ctx context.Context, stop context.CancelCauseFunc) {
	defer p.telegram.Close()
	var menu sync.WaitGroup
	defer menu.Wait()
	menu.Go(func() { p.setCommands(ctx) })
	if p.config.TelegramWebhookURL != "" {
		if err := p.telegram.SetWebhook(ctx); err != nil {
			stop(fmt.Errorf("set the webhook: %w", err))
		}
		<-ctx.Done()
		return
	}
	p.bot.Hold(ctx, "telegram poll", func(ctx context.Context) {
		if err := p.telegram.Poll(ctx, p.bot.Accept); err != nil {
			stop(err)
		}
	})
}

// setCommands fills Telegram's menu, as soon as that is possible. Without it the
// bot works all the same.
func (p *program) setCommands(ctx context.Context) {
	for wait := 2 * time.Second; ; wait = min(2*wait, 5*time.Minute) {
		err := p.telegram.SetCommands(ctx)
		if err == nil || ctx.Err() != nil {
			return
		}
		p.log.Warn("the list of commands could not be given to Telegram; it is tried again", "error", err, "in", wait.String())
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
	}
}

// handler serves what others ask of the process.
func (p *program) handler() http.Handler {
	mux := http.NewServeMux()
	p.addHealth(mux)
	mux.Handle("/", p.web.Handler())
	if p.telegram != nil && p.config.TelegramWebhookURL != "" {
		mux.Handle("/telegram", p.telegram.Webhook(p.bot.Accept))
	}
	if p.slack != nil && p.config.SlackSigningSecret != "" {
		mux.Handle("/slack/events", p.slack.EventsHandler())
		mux.Handle("/slack/interactions", p.slack.InteractionsHandler())
		mux.Handle("/slack/commands", p.slack.CommandsHandler())
	}
	return mux
}
