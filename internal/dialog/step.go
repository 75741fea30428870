package dialog

import (
	"slices"
	"strconv"

	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/kb"
)

// Step answers an event. It changes neither argument, and gives no posts for an
// event that it has seen before.
func (m *Manager) Step(s State, e Event) (State, []chat.Post) {
	t := &turn{Manager: m, s: s.clone(), e: e}
	t.reconcile()
	for _, a := range e.Desk {
		t.act(a)
	}
	if len(e.Heard) == 0 {
		t.wake()
	} else if heard := t.unseen(); len(heard) > 0 {
		t.listen(heard)
	}
	t.tidings()
	t.s.bound()
	return t.s, t.posts
}

// reconcile drops what the state names and the knowledge no longer has: the
// state may be older than the knowledge.
func (t *turn) reconcile() {
	p := t.s.Pending
	q := t.base.Question(p.Question)
	gone := p.Question != "" && q == nil || p.Fix != "" && t.base.Fix(p.Fix) == nil
	for _, option := range append([]string{p.Option, p.Other}, p.Options...) {
		gone = gone || q != nil && option != "" && option != optUnsure && q.Option(option) == nil
	}
	if gone {
		t.s.Pending = Pending{}
	}
}

// turn is one step in the making.
type turn struct {
	*Manager
	s     State
	e     Event
	posts []chat.Post
	// lead is what stands before the next post's text.
	lead []string
	// recap welcomes back a merchant who was away for long.
	recap string
	// wants collects what the messages of this turn ask for.
	wants wants
	// fresh says that this turn opened the case.
	fresh bool
	msg   string // id of the message being read
	// answering is the message that the next post to a group replies to.
	answering string
	// group says that several people write in the room.
	group bool
	// album is the album whose files a post to the desk passes on, and albumPost
	// the place of that among the posts.
	album     string
	albumPost int
	// quoted says that what the message being read replaces is among the words of
	// the case, passed that the desk has it by itself.
	quoted, passed bool
	// noted are the labels of what was read from text in this turn.
	noted []string
	// answered says that the text being read answered what was pending.
	answered bool
}

// wants is what a merchant wants beside the diagnosis.
type wants struct {
	human, angry, restart, why, back, help bool
	reshow                                 bool // show what is pending once more
	calm                                   bool // nothing new, and nobody is at a loss
	thanks, greeting, unreadable           bool
	resolved, giveUp                       bool
	screen                                 bool // hear what the screen says now
	outcome                                bool // hear what came of a fix that is done
	money                                  bool // spoke of the charge, unclearly
	wayRound                               bool // was told a way round in this turn
	forget, forgotten                      bool // have everything erased, for sure
	mute                                   bool // to be understood without words
	hold                                   bool // a customer must wait, for the charge is unknown
}

// text picks a text in the conversation's language.
func (t *turn) text(x kb.Text) string { return x.In(t.s.Lang) }

// say adds a line in front of the next post, once.
func (t *turn) say(line string) {
	if line != "" && !slices.Contains(t.lead, line) {
		t.lead = append(t.lead, line)
	}
}

// post sends a post to the merchant, with what stands in front of it.
func (t *turn) post(kind chat.Kind, text string, options ...chat.Option) string {
	whole := joinLines(append(t.lead, text))
	p := chat.Post{To: chat.ToMerchant, Kind: kind, Text: whole, Options: options}
	if len(t.lead) > 0 && len(options) > 0 {
		p.Strong = chat.Span{Start: len(whole) - len(text), End: len(whole)}
	}
	return t.send(p)
}

func (t *turn) send(p chat.Post) string {
	t.s.Posts++
	p.ID = "p" + strconv.Itoa(t.s.Posts)
	if p.To == chat.ToMerchant {
		t.lead = nil
		if p.ReplyTo == "" {
			p.ReplyTo, t.answering = t.answering, ""
		}
	}
	t.posts = append(t.posts, p)
	return p.ID
}

// flush sends what is left to say as an information of its own.
func (t *turn) flush() {
	if len(t.lead) > 0 {
		t.post(chat.Info, "")
	}
}

// record adds an entry to the log.
func (t *turn) record(e Entry) {
	e.Turn, e.At = t.s.Turn, t.e.At
	if e.Msg == "" {
		e.Msg = t.msg
	}
	t.s.Log = append(t.s.Log, e)
}

// void takes back the live entries that satisfy a condition.
func (t *turn) void(ok func(Entry) bool) {
	for i := range t.s.Log {
		if e := &t.s.Log[i]; e.Void == 0 && ok(*e) {
			e.Void = t.s.Turn
		}
	}
}
