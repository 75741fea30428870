package adapters

import (
	"context"

	"github.com/s4bot/s4bot/internal/chat"
)

// Improver changes the knowledge as colleagues propose and its owner decides. Errors
// are those of chat (ErrNothingNew …), which may be wrapped, or mean that the files
// could not be read or written.
type Improver interface {
	// Draft begins an improvement of a cause's article from what a merchant wrote:
	// lines that can't be added are left out, and the language is guessed.
	Draft(ctx context.Context, cause string, words []string) (chat.Improvement, error)
	// Propose shows what an improvement would change; with ErrNothingNew, why it
	// would change nothing. Nothing is changed.
	Propose(ctx context.Context, c chat.Improvement) (chat.Proposal, error)
	// Apply makes an improvement. The id is what Undo takes it back by. A second
	// time there is nothing new in it.
	Apply(ctx context.Context, c chat.Improvement, proposer, approver chat.Agent) (id string, err error)
	// Undo gives the file back as it was. It is not taken back twice.
	Undo(ctx context.Context, id string, by chat.Agent) error
}
