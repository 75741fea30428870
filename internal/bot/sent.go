package bot

import (
	"slices"
	"time"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/dialog"
)

// sent is what a platform calls a post that it took: what is needed to change the
// post, and to know it when somebody replies to it.
type sent struct {
	Post string         `json:"post"`
	To   chat.Recipient `json:"to"`
	Of   string         `json:"of,omitempty"`
	Ref  string         `json:"ref"`
	At   time.Time      `json:"at"`
	// Settled says that the post's options are settled.
	Settled bool `json:"settled,omitempty"`
}

// How many posts are remembered, and for how long: Telegram lets a bot take back
// its messages for 48 hours.
const (
	maxSent = 48
	sentFor = 48 * time.Hour
)

// noteSent remembers what the platform calls a post. Only posts that may change
// or be replied to are worth it.
func (c *conversation) noteSent(p chat.Post, ref string, now time.Time) {
	switch {
	case p.Change == chat.Settle, p.Mark != "", p.Of == "" && len(p.Options) == 0:
		return
	case p.Change == chat.Delete:
		c.Sent = slices.DeleteFunc(c.Sent, func(s sent) bool { return s.To == p.To && s.Of == p.Of })
		return
	case ref == "":
		return
	case p.Change == chat.Edit:
		if s := c.find(p); s != nil {
			s.Ref = ref
			return
		}
	}
	c.Sent = newest(append(c.Sent, sent{Post: p.ID, To: p.To, Of: p.Of, Ref: ref, At: now}), maxSent)
}

// forgetSent drops what nothing can happen to any more: old posts, and those of a
// conversation at rest.
func (c *conversation) forgetSent(now time.Time) {
	most := sentFor
	if c.State.Phase == dialog.Idle && c.State.Seen.IsZero() {
		most = sentFor/2 - time.Hour // a case rests a day after it closed
	}
	c.Sent = slices.DeleteFunc(c.Sent, func(s sent) bool { return now.Sub(s.At) > most })
	if len(c.Sent) == 0 {
		c.Sent = nil
	}
}

// find gives the sent post that a change is about, or nil.
func (c *conversation) find(change chat.Post) *sent {
	for i := range slices.Backward(c.Sent) {
		s := &c.Sent[i]
		if s.To == change.To && (change.Change == chat.Settle && s.Post == change.Of || change.Change != chat.Settle && s.Of == change.Of && s.Of != "") {
			return s
		}
	}
	return nil
}

// ref gives what the platform calls the post that a change is about; "": nobody
// knows.
func (c *conversation) ref(change chat.Post) string {
	if s := c.find(change); s != nil && change.Change != "" {
		return s.Ref
	}
	return ""
}

// repliedTo gives the post to the merchant that a message replies to, or "".
func (c *conversation) repliedTo(message string) string {
	for _, s := range slices.Backward(c.Sent) {
		if s.To == chat.ToMerchant && adapters.Names(s.Ref, message) {
			return s.Post
		}
	}
	return ""
}

// learnRef takes from a tap what the platform calls the post with the option: its
// sending may have ended without an answer.
func (c *conversation) learnRef(h heard, now time.Time) {
	p := chat.Post{ID: h.Post, To: chat.ToMerchant, Of: h.Post, Change: chat.Settle}
	if h.Choice != "" && h.Post != "" && h.ReplyTo != "" && c.find(p) == nil {
		c.Sent = newest(append(c.Sent, sent{Post: h.Post, To: chat.ToMerchant, Ref: h.ReplyTo, At: now}), maxSent)
	}
}

// settler is a dialog that says which options no longer count after a step.
type settler interface {
	Settled(before, after dialog.State, e dialog.Event) []chat.Post
}

// settle puts the settling of options behind the posts of a step, where the
// platform can change what it has.
func (c *conversation) settle(posts []chat.Post, now time.Time) {
	for _, p := range posts {
		if s := c.find(p); s != nil {
			if s.Settled {
				continue
			}
			s.Settled = true
		}
		waits := slices.ContainsFunc(c.Merchant.Posts, func(o outgoing) bool { return o.ID == p.Of })
		if c.ref(p) != "" || waits {
			p.ID, p.Ref = "s"+p.Of, c.ref(p)
			c.lane(p.To).add(outgoing{Post: p, Since: now})
		}
	}
}
