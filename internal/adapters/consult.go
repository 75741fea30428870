package adapters

import (
	"context"

	"github.com/s4bot/s4bot/internal/chat"
)

// Consultant answers colleagues from the same knowledge as merchants.
type Consultant interface {
	// Consult gives advice on a problem in a colleague's words, with the answers
	// to follow-up questions so far.
	Consult(ctx context.Context, text string, answers []chat.Answered) (chat.Advice, error)
	// Rate takes a colleague's judgement of an advice on a text.
	Rate(ctx context.Context, agent chat.Agent, text string, good bool, reason string) error
	// Causes are all causes that a case can be closed with, by group.
	Causes(lang string) []CauseGroup
}

// CauseGroup is a group of causes under a heading.
type CauseGroup struct {
	Title  string
	Causes []chat.Option // ID: the article's id; Label: its title
}
