// Package adaptertest is the suite that every adapter of a merchants' platform
// passes: what the runtime builds on is the same everywhere.
//
// An adapter's test gives a Rig: the adapter on a real or strictly played platform,
// with hands for one person there. What a platform can't do is nil, and what
// depends on it is then not promised.
package adaptertest

import (
	"context"
	"testing"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/chat"
)

// Seen is a message from the bot as the person sees it now.
type Seen struct {
	Text    string
	Options []string // labels
	Files   int
	ReplyTo string // the id of the message that it answers
}

// Trouble is what a platform does instead of taking a post.
type Trouble string

// The troubles.
const (
	Busy   Trouble = "busy"   // asks to come back later
	Broken Trouble = "broken" // says that it failed before it did anything
	Silent Trouble = "silent" // takes the post and never says so
	Shut   Trouble = "shut"   // the person blocked the bot
)

// Rig is one adapter with one person on its platform.
type Rig struct {
	Room    chat.Room
	Adapter adapters.Deliverer
	// Run takes messages in until the context ends; then it gives nil.
	Run func(ctx context.Context, handle adapters.Handler) error
	// Write writes a text and gives the message's id, or "" if the platform has
	// none that the person's side knows.
	Write func(text string) (id string)
	// Tap chooses the newest option with a label.
	Tap func(label string)
	// Seen gives what the person sees of the bot, oldest first.
	Seen func() []Seen

	Edit    func(id, text string)                // nil: people can't edit
	Reply   func(to, text string)                // nil: no replies
	Send    func(content []byte, caption string) // nil: no files
	Disrupt func(t Trouble)                      // nil: the platform never fails; "" ends it
	Changes bool                                 // posts can be edited, deleted and settled
	Longest int                                  // runes of a text in one message; 0: no limit
	// Log gives the adapter's log so far, which must not hold Secret.
	Log    func() string
	Secret string
}

// promise is one thing that adapters promise; needs says which of them do.
type promise struct {
	name  string
	test  func(*testing.T, *Rig)
	needs func(*Rig) bool
}

var promises = []promise{
	{"words arrive once they are accepted", arrives, nil},
	{"words keep their order", ordered, nil},
	{"text is delivered to the letter", verbatim, nil},
	{"a long text arrives whole", whole, nil},
	{"options can be chosen", chosen, nil},
	{"a long option's id fits", longOption, nil},
	{"it ends at once", ends, nil},
	{"an edit is of the same message", edited, func(r *Rig) bool { return r.Edit != nil }},
	{"a reply names its message", replied, func(r *Rig) bool { return r.Reply != nil }},
	{"a file can be opened", opened, func(r *Rig) bool { return r.Send != nil }},
	{"a file goes out", sent, func(r *Rig) bool { return r.Send != nil }},
	{"a post can change", changed, func(r *Rig) bool { return r.Changes }},
	{"options settle", settled, func(r *Rig) bool { return r.Changes }},
	{"troubles are told apart", troubled, func(r *Rig) bool { return r.Disrupt != nil }},
	{"a post that failed can be sent again", again, func(r *Rig) bool { return r.Disrupt != nil }},
}

// Test runs the suite. open gives a fresh rig.
func Test(t *testing.T, open func(t *testing.T) *Rig) {
	able := open(t)
	for _, p := range promises {
		if p.needs != nil && !p.needs(able) {
			continue
		}
		t.Run(p.name, func(t *testing.T) {
			r := open(t)
			p.test(t, r)
			if r.Log != nil {
				secretless(t, "the log", r.Log(), r.Secret)
			}
		})
	}
}
