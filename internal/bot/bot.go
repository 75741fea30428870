package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/dialog"
	"github.com/s4bot/s4bot/internal/kb"
	"github.com/s4bot/s4bot/internal/nlu"
	"github.com/s4bot/s4bot/internal/store"
)

// Searcher finds the articles that a text matches, best first.
type Searcher interface {
	Search(ctx context.Context, text string) ([]kb.Hit, error)
}

// Deliverer sends a post of the conversation in a room to the side that it is
// for. An error means that the post was not sent and should be tried again.
type Deliverer interface {
	Deliver(ctx context.Context, room chat.Room, post chat.Post) error
}

// Config is what a Bot is made of. Store, Manager, Search and Deliver are
// required.
type Config struct {
	Store   store.Store
	Manager *dialog.Manager
	Search  Searcher
	Deliver Deliverer
	Mask    nlu.MaskOptions
	// Now tells the time; nil: time.Now.
	Now func() time.Time
	// Clock says that Now is the shop's local time, whose hour is evidence.
	Clock bool
	// Report hears of failures that no caller can be told of; nil: nobody.
	Report func(error)
}

// Bot is the runtime. It is safe for use by many goroutines.
type Bot struct {
	Config

	mu    sync.Mutex
	rooms map[string]*entry
}

// entry is a conversation that this process is dealing with: its lock, and its
// value as last seen.
type entry struct {
	mu    sync.Mutex
	users int
	value store.Value
	known bool
}

// New makes a runtime.
func New(c Config) *Bot {
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Report == nil {
		c.Report = func(error) {}
	}
	return &Bot{Config: c, rooms: map[string]*entry{}}
}

// textMost caps a message in runes: more is cut, and the cut is marked.
const textMost = 4000

// Handle takes in messages of one room, as one turn. It returns nil once they
// are accepted: state and answer are committed. An error means that nothing was
// accepted and the platform should deliver the messages again. Posts that could
// not be delivered are not an error; they stay due.
func (b *Bot) Handle(ctx context.Context, messages ...chat.Message) (dialog.State, error) {
	if len(messages) == 0 {
		return dialog.State{}, errors.New("no message to handle")
	}
	room := messages[0].Room
	heard := make([]dialog.Heard, 0, len(messages))
	for _, m := range messages {
		if m.Room != room {
			return dialog.State{}, fmt.Errorf("messages of %s and of another room in one turn", room)
		}
		h, err := b.hear(ctx, m)
		if err != nil {
			return dialog.State{}, err
		}
		heard = append(heard, h)
	}
	return b.turn(ctx, room, dialog.Event{At: b.Now(), Heard: heard, Clock: b.Clock})
}

// hear masks a message and searches for it. From here on nothing sees the
// original.
func (b *Bot) hear(ctx context.Context, m chat.Message) (dialog.Heard, error) {
	m.Text = nlu.Mask(m.Text, b.Mask)
	if runes := []rune(m.Text); len(runes) > textMost {
		m.Text = string(runes[:textMost]) + "…"
	}
	query := b.Manager.Query(m.Text)
	if query == "" {
		return dialog.Heard{Message: m}, nil
	}
	hits, err := b.Search.Search(ctx, query)
	if err != nil {
		return dialog.Heard{}, err
	}
	return dialog.Heard{Message: m, Hits: hits}, nil
}

// turn commits an event's outcome, then delivers.
func (b *Bot) turn(ctx context.Context, room chat.Room, event dialog.Event) (dialog.State, error) {
	e := b.enter(room.String())
	defer b.leave(e)
	c, err := b.commit(ctx, e, room, func(c *conversation) {
		state, posts := b.Manager.Step(c.State, event)
		c.State = state
		c.Outbox = append(c.Outbox, posts...)
		c.Retry = b.Now().Add(lease)
	})
	if err != nil {
		return dialog.State{}, err
	}
	if err := b.deliver(ctx, e, c); err != nil {
		b.Report(fmt.Errorf("deliver to %s: %w", room, err)) // accepted all the same
	}
	return c.State, nil
}

// lease is how long the process that committed a turn has to deliver its posts
// before another one takes over. It is longer than any send.
const lease = 30 * time.Second

// commit changes a conversation by compare-and-set, on a conflict again on the
// value that the other writer left.
func (b *Bot) commit(ctx context.Context, e *entry, room chat.Room, change func(*conversation)) (conversation, error) {
	if !e.known {
		value, err := b.Store.Get(ctx, room.String())
		if err != nil {
			return conversation{}, err
		}
		e.value, e.known = value, true
	}
	for {
		c, err := decode(e.value.Data)
		if err != nil {
			e.known = false // another process may put it right
			return conversation{}, err
		}
		c.Room = room
		change(&c)
		data, err := c.encode()
		if err != nil {
			return conversation{}, err
		}
		now, ok, err := b.Store.Swap(ctx, store.Change{Key: room.String(), Etag: e.value.Etag, Data: data, Due: c.due()})
		if err != nil {
			e.known = false // the write may have happened: read before the next
			return conversation{}, err
		}
		e.value = now
		if ok {
			return c, nil
		}
	}
}

// retryAfter is how long a post that could not be delivered waits.
const retryAfter = 5 * time.Second

// deliver sends the outbox in order and removes what was sent. A post that
// fails stops the rest, so that order is kept, and is due again.
func (b *Bot) deliver(ctx context.Context, e *entry, c conversation) error {
	sent := map[string]bool{}
	var failed error
	for _, post := range c.Outbox {
		if failed = b.Deliver.Deliver(ctx, c.Room, post); failed != nil {
			break
		}
		sent[post.ID] = true
	}
	if len(c.Outbox) == 0 {
		return nil
	}
	_, err := b.commit(ctx, e, c.Room, func(c *conversation) {
		// By id, because another process may have changed the outbox meanwhile.
		c.Outbox = slices.DeleteFunc(c.Outbox, func(p chat.Post) bool { return sent[p.ID] })
		if failed != nil {
			c.Retry = b.Now().Add(retryAfter)
		}
	})
	return errors.Join(failed, err)
}

// Tick does what is due: it wakes dialogs and delivers what is left over. A
// conversation that fails does not hold up the others.
func (b *Bot) Tick(ctx context.Context) error {
	keys, err := b.Store.Due(ctx, b.Now(), 100)
	if err != nil {
		return err
	}
	var failed []error
	for _, key := range keys {
		err := b.attend(ctx, key)
		if errors.Is(err, store.ErrUnavailable) {
			return err
		}
		if err != nil {
			failed = append(failed, fmt.Errorf("attend to %s: %w", key, err))
		}
	}
	return errors.Join(failed...)
}

// attend does what is due in one conversation.
func (b *Bot) attend(ctx context.Context, key string) error {
	value, err := b.Store.Get(ctx, key)
	if err != nil {
		return err
	}
	if value.Etag == "" { // expired: only its place in the agenda is left
		// Not erased, for the merchant may be writing again just now: this
		// clears the agenda only if there is still no value.
		_, _, err := b.Store.Swap(ctx, store.Change{Key: key})
		return err
	}
	c, err := decode(value.Data)
	if err != nil {
		return err
	}
	_, err = b.Wake(ctx, c.Room)
	return err
}

// enter locks a conversation in this process.
func (b *Bot) enter(key string) *entry {
	b.mu.Lock()
	e := b.rooms[key]
	if e == nil {
		e = &entry{}
		b.rooms[key] = e
	}
	e.users++
	b.mu.Unlock()
	e.mu.Lock()
	return e
}

// cacheMost bounds how many conversations this process remembers.
const cacheMost = 10_000

// leave unlocks a conversation; its value stays cached while there is room.
func (b *Bot) leave(e *entry) {
	e.mu.Unlock()
	b.mu.Lock()
	defer b.mu.Unlock()
	e.users--
	for key, e := range b.rooms {
		if len(b.rooms) <= cacheMost {
			break
		}
		if e.users == 0 {
			delete(b.rooms, key)
		}
	}
}

// State gives the state of the conversation in a room.
func (b *Bot) State(ctx context.Context, room chat.Room) (dialog.State, error) {
	c, err := b.load(ctx, room)
	return c.State, err
}

func (b *Bot) load(ctx context.Context, room chat.Room) (conversation, error) {
	value, err := b.Store.Get(ctx, room.String())
	if err != nil {
		return conversation{}, err
	}
	return decode(value.Data)
}

// Attend does what is due in the conversation of one room, if anything is.
func (b *Bot) Attend(ctx context.Context, room chat.Room) error {
	c, err := b.load(ctx, room)
	if due := c.due(); err != nil || due.IsZero() || due.After(b.Now()) {
		return err
	}
	_, err = b.Wake(ctx, room)
	return err
}

// Wake wakes the dialog of one conversation, as Tick does when it is due.
func (b *Bot) Wake(ctx context.Context, room chat.Room) (dialog.State, error) {
	return b.turn(ctx, room, dialog.Event{At: b.Now(), Clock: b.Clock})
}
