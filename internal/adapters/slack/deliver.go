package slack

import (
	"cmp"
	"context"
	"time"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/chat"
)

// Deliver implements adapters.Deliverer. The room is a case's thread, "CHANNEL/TS",
// or without an id the desk's channel: there a card opens a case, and what stands in
// ref before the colon is then the case's room. A text that is too long for one
// message goes out as several, in order, and so does each file. A post whose first
// messages are out goes on with the next one when it is delivered again, and one that
// may have arrived is looked for before it is sent again. What Slack refuses of a
// message's looks is left away, rather than its words.
//
// Gone says that the case's thread was deleted: the case needs a new card.
func (a *Adapter) Deliver(ctx context.Context, room chat.Room, post chat.Post) (ref string, err error) {
	to, err := a.spotOf(room)
	if err != nil {
		return "", err
	}
	d := dispatch{to, postName(ctx, room, post)}
	switch {
	case post.Mark != "":
		return "", a.mark(ctx, d, post)
	case post.Private != "":
		return "", a.private(ctx, to, post)
	case post.Change == chat.Edit:
		return a.edit(ctx, d, post)
	case post.Change == chat.Delete:
		return "", a.takeBack(ctx, post)
	case post.Change == chat.Settle: // there are no options at the desk
		return post.Ref, nil
	case post.Change != "":
		return "", never("the adapter does not know the change " + string(post.Change))
	}
	return a.deliver(ctx, d, post)
}

// dispatch is a post on its way: where it goes, and the name that it is found by.
type dispatch struct {
	spot
	name string
}

// postName is unique for the post.
func postName(ctx context.Context, room chat.Room, post chat.Post) string {
	return cmp.Or(adapters.PostOf(ctx), room.String()+"/"+post.ID)
}

// deliver sends a post as new.
func (a *Adapter) deliver(ctx context.Context, d dispatch, post chat.Post) (string, error) {
	if post.Card != nil {
		d.thread = "" // a card opens a thread of its own
		a.lastCard.Store(time.Now().UnixMilli())
		defer func() { a.lastCard.Store(time.Now().UnixMilli()) }()
	}
	letters := a.letters(post)
	if len(letters) == 0 {
		return "", never("the post has neither a text nor a file")
	}
	r, err := a.sendAll(ctx, d, letters)
	if err != nil {
		return "", err
	}
	a.in.note(chat.Room{Platform: Platform, ID: r.spot.String()}, "")
	return r.String(), nil
}

// sending is how far a post has come.
type sending struct {
	since   time.Time     // when it began
	channel string        // what Slack calls the channel; empty: nothing is out
	sent    []sentMessage // its messages that are out
	doubt   bool          // the next one may be out
	file    string        // the id of the next one's file, which may be out
	waits   time.Time     // since when the next one's file can't be fetched
}

// sendAll sends the messages of a post that are not out yet. Without a thread the
// first opens one.
func (a *Adapter) sendAll(ctx context.Context, d dispatch, letters []letter) (reference, error) {
	s := a.progressOf(d.name)
	for len(s.sent) < len(letters) {
		s.join(&d)
		m, err := a.send(ctx, d, letters[len(s.sent)], &s)
		if err != nil {
			a.noteProgress(d.name, s, adapters.Judge(err).Outcome == adapters.Retry)
			return reference{}, err
		}
		s.sent, s.doubt, s.file, s.waits = append(s.sent, m), false, "", time.Time{}
		a.noteProgress(d.name, s, len(s.sent) < len(letters))
	}
	s.join(&d)
	return reference{d.spot, s.sent}, nil
}

// join puts what follows the first message where that is.
func (s *sending) join(d *dispatch) {
	if len(s.sent) == 0 {
		return
	}
	d.channel = cmp.Or(s.channel, d.channel)
	d.thread = cmp.Or(d.thread, s.sent[0].ts)
}

// progressOf says how far a post has come; it may not have begun.
func (a *Adapter) progressOf(name string) sending {
	a.mu.Lock()
	defer a.mu.Unlock()
	s, known := a.progress.Get(name)
	if !known {
		s.since = time.Now()
	}
	s.sent = s.sent[:len(s.sent):len(s.sent)]
	return s
}

// noteProgress remembers how far a post has come, as long as it goes on.
func (a *Adapter) noteProgress(name string, s sending, goesOn bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if goesOn {
		a.progress.Put(name, s)
	} else {
		a.progress.Drop(name)
	}
}
