package bot

import (
	"context"
	"fmt"
	"log/slog"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/dialog"
)

// advance does everything in a conversation whose time has come: it answers the
// inbox, wakes the dialog, and claims the lanes. It says whether there was
// anything.
func (b *Bot) advance(c *conversation, t *turn) bool {
	did := false
	c.Bucket.flow(t.now, b.Burst)
	if len(c.Inbox) > 0 && (!c.Answer.After(t.now) || b.work.last()) {
		b.answer(c, t)
		did = true
	}
	if wake := c.State.Wake; !wake.IsZero() && !wake.After(t.now) {
		if !b.step(c, t, dialog.Event{}) {
			c.State.Wake = t.now.Add(faultyWake)
		}
		did = true
	}
	b.claim(c, t, sides...)
	t.answer = time.Time{}
	if len(c.Inbox) > 0 {
		t.answer = c.Answer
	}
	return did || len(t.claims) > 0
}

// faultyWake is when a dialog that fails to wake is woken again.
const faultyWake = time.Hour

// claim takes the leases of lanes that nobody delivers.
func (b *Bot) claim(c *conversation, t *turn, lanes ...chat.Recipient) {
	if b.work.ending() {
		return
	}
	for _, to := range lanes {
		token := b.claims.token()
		if claimed, over := c.lane(to).claim(token, t.now, b.claims.dead); claimed {
			t.claims = append(t.claims, claim{to, token, over})
		}
	}
}

// answer answers the inbox as one event. If that meets a fault of the program,
// each message is tried by itself, and the one with the fault is held.
func (b *Bot) answer(c *conversation, t *turn) {
	inbox := c.Inbox
	c.Inbox, c.Since, c.Answer = nil, time.Time{}, time.Time{}
	all := make([]dialog.Heard, len(inbox))
	for i, h := range inbox {
		all[i] = b.search(t.ctx, h.message(t.room))
		all[i].RepliesTo = c.repliedTo(h.ReplyTo)
	}
	t.turns++
	if b.step(c, t, dialog.Event{Heard: all}) {
		return
	}
	for i, one := range all {
		if len(all) > 1 && b.step(c, t, dialog.Event{Heard: []dialog.Heard{one}}) {
			continue
		}
		c.Held = newest(append(c.Held, inbox[i]), maxHeld)
		if !b.step(c, t, dialog.Event{Broken: &one.Message}) {
			c.State.Recent = append(slices.Clip(c.State.Recent), dialog.Trace(one.Message))
		}
	}
}

// search finds the articles for a message.
func (b *Bot) search(ctx context.Context, m chat.Message) dialog.Heard {
	defer b.Metrics.stage("search", b.Now)()
	query := b.Manager.Query(m.Text)
	if query == "" {
		return dialog.Heard{Message: m}
	}
	hits, err := b.Search.Search(context.WithoutCancel(ctx), query)
	if err != nil { // the reading and the questions go on without it
		b.Log.LogAttrs(ctx, slog.LevelError, "search failed", slog.String("conversation", m.Room.String()), slog.Any("error", err))
	}
	return dialog.Heard{Message: m, Hits: hits}
}

// serialMost bounds the number of the first post: ids stay short.
const serialMost = 1e9

// step makes one step of the dialog. It says false, and leaves the conversation
// as it was, if the dialog panics.
func (b *Bot) step(c *conversation, t *turn, event dialog.Event) (ok bool) {
	defer b.Metrics.stage("step", b.Now)()
	defer func() {
		if r := recover(); r != nil {
			t.faults = append(t.faults, newFault(r))
			ok = false
		}
	}()
	event.At, event.Clock = t.now, b.Clock
	if b.Serial && c.State.Posts == 0 {
		c.State.First = int(t.now.Unix() % serialMost)
		c.State.Posts = c.State.First
	}
	state, posts := b.Manager.Step(c.State, event)
	if end, ended := dialog.Ended(c.State, state); ended {
		t.ends = append(t.ends, end)
	}
	before := c.State
	c.State = state
	c.enqueue(t.now, posts)
	if s, ok := b.Manager.(settler); ok {
		c.settle(s.Settled(before, state, event), t.now)
	}
	return true
}

// fault is a panic of the dialog, told without any content.
type fault struct{ kind, where string }

// newFault describes a recovered panic. What was panicked with may quote a
// message, unless the Go runtime made it; where it happened never does.
func newFault(r any) fault {
	f := fault{kind: fmt.Sprintf("%T", r)}
	if err, ok := r.(runtime.Error); ok {
		f.kind = err.Error()
	}
	var frames []string
	for line := range strings.Lines(string(debug.Stack())) {
		if at, ok := strings.CutPrefix(line, "\t"); ok && !strings.Contains(at, "/runtime/") {
			at, _, _ = strings.Cut(at, " +")
			frames = append(frames, at[strings.LastIndex(at[:strings.LastIndex(at, "/")+1], "/")+1:])
		}
	}
	if len(frames) > 3 { // of the stack, this function and the deferred one
		frames = frames[2:min(len(frames), 8)]
	}
	f.where = strings.Join(frames, " < ")
	return f
}
