package web

import (
	"time"
	"unicode/utf16"

	"github.com/s4bot/s4bot/internal/chat"
)

// entry is a line of a feed, and what a page reads of it. Which fields are set
// depends on what it is.
type entry struct {
	What what  `json:"what"`
	At   int64 `json:"at,omitempty"` // milliseconds since 1970
	// ID is the message's; of a change that of what changes: a merchant's or an
	// agent's message by its id, a post by the number of its entry.
	ID   string `json:"id,omitempty"`
	From string `json:"from,omitempty"` // merchant, bot or agent
	Text string `json:"text,omitempty"`
	// Strong is the part of Text that stands out, in UTF-16 units as scripts count.
	Strong  *[2]int  `json:"strong,omitempty"`
	Kind    string   `json:"kind,omitempty"` // of a post
	Options []option `json:"options,omitempty"`
	Files   []file   `json:"files,omitempty"`
	Quote   string   `json:"quote,omitempty"`
	ReplyTo string   `json:"reply_to,omitempty"`
	// Of the desk: who wrote it, who alone sees it, whether it stays inside, what
	// became of it, and the card.
	Agent  *chat.Agent `json:"agent,omitempty"`
	Only   string      `json:"only,omitempty"`
	Inside bool        `json:"inside,omitempty"`
	Mark   chat.Mark   `json:"mark,omitempty"`
	Urgent bool        `json:"urgent,omitempty"`
	Card   *chat.Card  `json:"card,omitempty"`
	Remind int         `json:"remind,omitempty"`
}

// what says what an entry is.
type what string

// What entries are.
const (
	message what = "message" // somebody said something
	edited  what = "edit"    // its text is another one now
	deleted what = "delete"  // it is taken back
	settled what = "settle"  // of its options only these are left, marked as chosen
	carded  what = "card"    // the case's card, in place of the one before
	marked  what = "mark"    // what became of an agent's message
	noticed what = "notice"  // something about the case
)

// Who says something.
const (
	fromMerchant = "merchant"
	fromBot      = "bot"
	fromAgent    = "agent"
)

// key tells changes of one thing apart.
func (e entry) key() string {
	k := string(e.What) + "\x00" + e.Text
	for _, o := range e.Options {
		k += "\x00" + o.ID
	}
	return k
}

type option struct {
	ID    string `json:"id"`
	Label string `json:"label"`
}

// file is a file that is kept beside the feed: Name is its name there, Title what
// people call it.
type file struct {
	Kind  chat.FileKind `json:"kind"`
	Name  string        `json:"name,omitempty"` // empty: it could not be fetched
	Title string        `json:"title,omitempty"`
	Type  string        `json:"type,omitempty"`
	Size  int64         `json:"size,omitempty"`
}

func now() int64 { return time.Now().UnixMilli() }

func options(all []chat.Option) (out []option) {
	for _, o := range all {
		out = append(out, option{o.Key(), o.Label})
	}
	return out
}

// strong gives a span in UTF-16 units; nil: there is none.
func strong(text string, s chat.Span) *[2]int {
	if s.End <= s.Start || s.Start < 0 || s.End > len(text) {
		return nil
	}
	start := units(text[:s.Start])
	return &[2]int{start, start + units(text[s.Start:s.End])}
}

func units(s string) int { return len(utf16.Encode([]rune(s))) }
