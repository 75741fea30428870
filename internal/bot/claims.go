package bot

import (
	"strconv"
	"strings"
	"sync"

	"github.com/s4bot/s4bot/internal/chat"
)

// claim is the lease of a lane that this process took.
type claim struct {
	to    chat.Recipient
	token string // of this lease alone, so that an old one is never taken for it
	over  bool   // taken over from one who did not give it up
}

// claims are the leases that goroutines of this process work on.
type claims struct {
	me    string // names this process
	alone bool   // no other process uses the store

	mu   sync.Mutex
	last int
	live map[string]bool
}

func newClaims(me string, alone bool) *claims {
	return &claims{me: me, alone: alone, live: map[string]bool{}}
}

// token makes a token.
func (c *claims) token() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.last++
	return c.me + "/" + strconv.Itoa(c.last)
}

// dead says whether nobody can be working on a token: it is of this process, where the
// commit that took it seemed to fail, or of one that ended before this one began.
func (c *claims) dead(token string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return (c.alone || strings.HasPrefix(token, c.me+"/")) && !c.live[token]
}

// keep notes leases that will be worked on.
func (c *claims) keep(all []claim) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, one := range all {
		c.live[one.token] = true
	}
}

// drop notes that a lease is worked on no more.
func (c *claims) drop(token string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.live, token)
}

// other gives the other side.
func other(to chat.Recipient) chat.Recipient {
	if to == chat.ToDesk {
		return chat.ToMerchant
	}
	return chat.ToDesk
}
