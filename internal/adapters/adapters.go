// Package adapters holds what the adapters of all platforms share: how they
// hand over what people say, and how they tell what became of a post. Each
// platform has a package of its own below this one; they never import each
// other.
package adapters

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/s4bot/s4bot/internal/chat"
)

// Handler takes in messages of one room. It returns nil once they are committed;
// on an error the adapter keeps them, or leaves them unconfirmed with the
// platform, and hands them over again.
type Handler func(ctx context.Context, messages ...chat.Message) error

// DeskHandler takes in what agents did with the case in a room of the desk: the
// thread that the delivery of its card gave. It returns nil once that is
// committed, ErrNoCase if the room has none, and else an error after which the
// acts are handed over again.
type DeskHandler func(ctx context.Context, room chat.Room, acts ...chat.Act) error

// ErrNoCase says that a room of the desk belongs to no case.
var ErrNoCase = errors.New("the room has no case")

// Deliverer sends a post of the conversation in a room to the side that it is
// for. The error is nil once the platform has the post, else a *Failure. Any
// other error counts as Retry: the post was not sent. ref is what the platform
// calls the post, for changing it later (see Names); empty: it can't change. A
// post with a Change may be delivered as often as one likes; it gives the ref that
// holds from then on.
type Deliverer interface {
	Deliver(ctx context.Context, room chat.Room, post chat.Post) (ref string, err error)
}

// Typist shows in a room that an answer is being written, for some seconds or
// until the next post. It is best effort and takes two seconds at most.
type Typist interface {
	Typing(ctx context.Context, room chat.Room)
}

// Opener gives the content of a file that came with a message. An error may be a
// *Failure: Failed says that it can never be had. The caller closes it.
type Opener interface {
	Open(ctx context.Context, file chat.File) (io.ReadCloser, error)
}

// Doubter is a Deliverer that can find out whether it has delivered a post before.
type Doubter interface {
	// Doubt says that a post, named as PostOf does, may have been delivered
	// since a time by a process that ended: the next Deliver looks first.
	Doubt(name string, since time.Time)
}

// Outcome says what became of a post that was not plainly delivered.
type Outcome int

// The outcomes.
const (
	// Retry means that the post was not sent and may be later.
	Retry Outcome = iota
	// Uncertain means that nobody can tell whether it was sent: a time-out or a
	// broken connection after the request had left.
	Uncertain
	// Failed means that the platform will never take this post.
	Failed
	// Gone means that the platform will take no post for this room: the
	// merchant blocked the bot, or the chat is no more.
	Gone
)

// Failure is why a post was not plainly delivered.
type Failure struct {
	Outcome Outcome
	// After is how long the platform wants to be left alone; 0: it does not
	// say. Everywhere says that this holds for all rooms, not for this alone.
	After      time.Duration
	Everywhere bool
	// Reason is what an operator reads: it holds no content and no secret.
	Reason string
}

// Error implements error.
func (f *Failure) Error() string {
	names := [...]string{"not sent", "sent or not, nobody knows", "refused", "the room is closed"}
	return fmt.Sprintf("%s: %s", names[f.Outcome], f.Reason)
}

// Judge gives the failure in an error, which must not be nil.
func Judge(err error) *Failure {
	var f *Failure
	if errors.As(err, &f) {
		return f
	}
	return &Failure{Outcome: Retry, Reason: err.Error()}
}
