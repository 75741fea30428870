package main

import (
	"context"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/s4bot/s4bot/internal/adapters/slack"
	"github.com/s4bot/s4bot/internal/chat"
)

// connectSlack makes the desk in Slack, if it is configured.
func (c config) connectSlack(p *program, to *router) (*slack.Adapter, error) {
	if c.SlackBotToken == "" {
		return nil, nil
	}
	a, err := slack.New(slack.Config{
		BotToken: c.SlackBotToken, AppToken: c.SlackAppToken, SigningSecret: c.SlackSigningSecret, APIBase: c.SlackAPIBase,
		DeskChannel: c.SlackDeskChannel, Lang: c.Desk.Lang, RemindGroup: c.Desk.RemindGroup, Files: to,
		Desk: func(ctx context.Context, room chat.Room, acts ...chat.Act) error {
			return p.bot.AcceptDesk(ctx, room, acts...)
		},
		Consult: consultant{p}, Improve: c.improver(), Owner: c.Desk.KnowledgeOwner,
		OpenRooms: func(ctx context.Context) []chat.Room {
			return p.bot.OpenCases(ctx)
		},
	}, p.log)
	if err != nil {
		return nil, err
	}
	p.registry.MustRegister(prometheus.NewCounterFunc(prometheus.CounterOpts{
		Name: "s4bot_slack_quarantined_total", Help: "Envelopes and events that could not be read and were passed over.",
	}, func() float64 { return float64(a.Quarantined()) }))
	p.slack, to.platforms[slack.Platform] = a, a
	if c.SlackDeskChannel != "" { // without it Slack has the knowledge, and no desk
		to.desk = slack.Platform
	}
	return a, nil
}

// runSlack takes in what agents do: by Socket Mode if that is configured, else
// Slack calls the handlers.
func (p *program) runSlack(ctx context.Context) {
	defer p.slack.Close()
	if err := p.slack.Run(ctx); err != nil && ctx.Err() == nil {
		p.log.Error("Slack does not let this program in; merchants are served, and the desk's posts wait", "error", err)
	}
	<-ctx.Done()
}
