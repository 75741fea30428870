package main

import (
	"context"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/chat"
)

// consultant asks the runtime, which is made after the desk.
type consultant struct{ *program }

var (
	_ adapters.Consultant = consultant{}
	_ adapters.Insider    = consultant{}
)

// Consult implements adapters.Consultant.
func (c consultant) Consult(ctx context.Context, text string, answers []chat.Answered) (chat.Advice, error) {
	return c.bot.Consult(ctx, text, answers)
}

// Rate implements adapters.Consultant.
func (c consultant) Rate(ctx context.Context, agent chat.Agent, text string, good bool, reason string) error {
	return c.bot.Rate(ctx, agent, text, good, reason)
}

// Causes implements adapters.Consultant.
func (c consultant) Causes(lang string) []adapters.CauseGroup { return c.bot.Causes(lang) }

// Inside implements adapters.Insider.
func (c consultant) Inside(ctx context.Context, room chat.Room, lang string) (chat.Inside, error) {
	return c.bot.Inside(ctx, room, lang)
}
