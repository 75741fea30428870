package bot

import (
	"slices"
	"sync"
	"time"

	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/dialog"
	"github.com/s4bot/s4bot/internal/store"
)

// cache remembers conversations, so that a warm turn need not read. A value in
// it may be older than the stored one: the compare-and-set tells.
type cache struct {
	mu      sync.Mutex
	entries map[string]*entry
}

func newCache() *cache { return &cache{entries: map[string]*entry{}} }

// entry is a conversation in this process: its lock, its value as last seen, and
// what is needed to put it back if the store loses it.
type entry struct {
	mu    sync.Mutex
	users int // guarded by the cache's mutex

	key   string
	room  chat.Room
	seen  bool // value and conv are what the store once held
	known bool // and nothing is known to have changed since
	value store.Value
	conv  conversation
	at    time.Time // when value was last known to be the stored one
	// accepted are the messages accepted lately, oldest first.
	accepted []accepted
	// aside is what this process lately kept aside of the conversation.
	aside []store.Aside
	// erased says that the conversation was erased here lately.
	erased bool
}

// stored says that the store has the conversation, as far as this process knows.
func (e *entry) stored() bool { return e.value.Etag != "" }

// accepted is a message that was accepted at a time.
type accepted struct {
	message chat.Message // masked
	at      time.Time
}

// horizon is how far back in time a store may go without losing anything: what
// was written for longer counts as kept. Redis syncs once a second by default,
// and with min-replicas-max-lag a master stops taking writes 10 seconds after it
// lost its replicas. acceptedMost bounds what is submitted again; it must stay
// below the messages that a state knows again, or they would be repeats.
const (
	horizon      = time.Minute
	acceptedMost = 32
)

// enter gives a conversation, locked by lock.
func (c *cache) enter(key string, lock func(*sync.Mutex)) *entry {
	c.mu.Lock()
	e := c.entries[key]
	if e == nil {
		e = &entry{key: key, room: chat.ParseRoom(key)}
		c.entries[key] = e
	}
	e.users++
	c.mu.Unlock()
	lock(&e.mu)
	return e
}

// cacheMost bounds how many conversations a process remembers; those written
// within the horizon come on top.
const cacheMost = 10_000

// leave unlocks a conversation. It stays cached while there is room.
func (c *cache) leave(e *entry, now time.Time) {
	idle := e.prune(now)
	e.mu.Unlock()
	c.mu.Lock()
	defer c.mu.Unlock()
	e.users--
	if idle && !e.known && e.users == 0 && c.entries[e.key] == e {
		delete(c.entries, e.key)
	}
	if len(c.entries) > cacheMost {
		c.evict(now)
	}
}

// evict looks at some entries and forgets those that nobody needs.
func (c *cache) evict(now time.Time) {
	looked := 0
	for key, e := range c.entries {
		if e.users == 0 && e.mu.TryLock() {
			if e.prune(now) {
				delete(c.entries, key)
			}
			e.mu.Unlock()
		}
		if looked++; looked == 8 || len(c.entries) <= cacheMost {
			return
		}
	}
}

// keys gives the conversations that are cached.
func (c *cache) keys() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	keys := make([]string, 0, len(c.entries))
	for key := range c.entries {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// prune forgets what lies beyond the horizon, and says whether nothing is left
// that would be needed to put the conversation back.
func (e *entry) prune(now time.Time) bool {
	old := now.Add(-horizon)
	i := 0
	for i < len(e.accepted) && (e.accepted[i].at.Before(old) || len(e.accepted)-i > acceptedMost) {
		i++
	}
	e.accepted = e.accepted[i:]
	if e.at.Before(old) {
		e.erased, e.aside = false, nil
	}
	return e.at.Before(old) && len(e.accepted) == 0
}

// take makes a value the one last seen.
func (e *entry) take(v store.Value, c conversation, now time.Time) {
	e.value, e.conv, e.known, e.seen, e.erased, e.at = v, c, true, true, false, now
}

// keepAside remembers what was put aside or removed with the last write.
func (e *entry) keepAside(changed []store.Aside) {
	for _, a := range changed {
		e.aside = slices.DeleteFunc(e.aside, func(b store.Aside) bool { return b.Name == a.Name })
		if a.Data != nil {
			e.aside = append(e.aside, a)
		}
	}
}

// forget makes the next change begin by reading.
func (e *entry) forget() { e.known = false }

// accept remembers messages that were accepted, also those that were known: it
// may have been this process that committed them, without hearing so.
func (e *entry) accept(messages []chat.Message, now time.Time) {
	for _, m := range messages {
		mark := dialog.Trace(m)
		if !slices.ContainsFunc(e.accepted, func(a accepted) bool { return dialog.Trace(a.message) == mark }) {
			e.accepted = append(e.accepted, accepted{m, now})
		}
	}
}
