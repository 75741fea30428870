package bot

import (
	"context"
	"sync"
	"time"

	"github.com/s4bot/s4bot/internal/chat"
)

// While an answer takes long the merchant sees that the bot is at work: from
// typingFirst on, again every typingAgain (Telegram shows it for five seconds), and
// not for more than typingMost times.
const (
	typingFirst = time.Second
	typingAgain = 4 * time.Second
	typingMost  = 8
)

// typing is in which conversations that is shown.
type typing struct {
	mu    sync.Mutex // guards rooms
	rooms map[string]context.CancelFunc
}

// showTyping begins to watch how long an answer takes.
func (b *Bot) showTyping(room chat.Room) {
	key := room.String()
	if b.Typing == nil || !b.typing.begin(key) {
		return
	}
	b.work.start(func() {
		defer b.typing.end(key)
		for wait, n := typingFirst, 0; n < typingMost && b.work.sleep(wait); wait, n = typingAgain, n+1 {
			ctx, cancel := context.WithCancel(context.Background())
			b.typing.now(key, cancel)
			to, owed := b.owes(key)
			if owed {
				b.Typing.Typing(ctx, to)
			}
			cancel()
			if !owed {
				return
			}
		}
	})
}

// owes says whether the merchant waits for an answer that can be given now, and
// where.
func (b *Bot) owes(key string) (chat.Room, bool) {
	e := b.enter(key)
	defer b.leave(e)
	l := e.conv.Merchant
	return e.conv.place(e.room), e.known && (len(e.conv.Inbox) > 0 || l.waits() && !l.Next.After(b.Now()))
}

// begin says whether nobody watches a conversation yet.
func (t *typing) begin(key string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if _, on := t.rooms[key]; on {
		return false
	}
	if t.rooms == nil {
		t.rooms = map[string]context.CancelFunc{}
	}
	t.rooms[key] = func() {}
	return true
}

// now notes how to break off what is being shown.
func (t *typing) now(key string, cancel context.CancelFunc) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.rooms[key] = cancel
}

func (t *typing) end(key string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.rooms, key)
}

// stop breaks off what is being shown, so that it does not come after the answer.
func (t *typing) stop(key string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if cancel := t.rooms[key]; cancel != nil {
		cancel()
	}
}
