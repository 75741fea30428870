package telegram

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/chat"
)

// Deliver implements adapters.Deliverer. A text that is too long for one
// message goes out as several, in order, and so does each file; the options are
// under the last. A post whose first messages are out goes on with the next one
// when it is delivered again. A keyboard that Telegram refuses is left away, rather
// than the text; what stands out loses its emphasis rather than its words, an answer
// to a message that is gone its reference, and a picture that Telegram can't show
// goes as a document. ref is a reference.
func (a *Adapter) Deliver(ctx context.Context, room chat.Room, post chat.Post) (ref string, err error) {
	switch post.Change {
	case "":
		return a.deliver(ctx, room, post)
	case chat.Edit:
		return a.edit(ctx, room, post)
	case chat.Delete:
		return "", a.delete(ctx, room, post)
	case chat.Settle:
		return post.Ref, a.settle(ctx, room, post)
	}
	return "", never("the adapter does not know the change " + string(post.Change))
}

func (a *Adapter) deliver(ctx context.Context, room chat.Room, post chat.Post) (string, error) {
	letters, err := a.letters(room, post)
	if err != nil {
		return "", err
	}
	sent, err := a.sendAll(ctx, partKey{room, post.ID}, letters)
	return sent.String(), err
}

// sendAll sends the messages of a post that are not out yet. If there are
// several, their files are opened before the first goes out, so that a post whose
// file can't be had is not sent by halves.
func (a *Adapter) sendAll(ctx context.Context, key partKey, letters []letter) (reference, error) {
	sent := a.sentParts(key)
	rest := letters[min(len(sent), len(letters)):]
	defer closeAll(rest)
	if err := a.openAll(ctx, rest); err != nil {
		return nil, err
	}
	for _, l := range rest {
		m, err := a.send(ctx, l)
		if err != nil {
			if adapters.Judge(err).Outcome != adapters.Retry {
				a.dropProgress(key) // it does not come again
			}
			return nil, err
		}
		sent = append(sent, m)
		a.notePart(key, sent, len(letters))
	}
	return sent, nil
}

func (a *Adapter) openAll(ctx context.Context, letters []letter) error {
	for _, l := range letters {
		if l.file == nil || ours(l.file.file) || len(letters) == 1 {
			continue
		}
		if err := l.file.open(ctx, a.config.Files); err != nil {
			return err
		}
	}
	return nil
}

func closeAll(letters []letter) {
	for _, l := range letters {
		if l.file != nil {
			l.file.close()
		}
	}
}

// send sends one message: to the chat's new id if it moved, and without what
// Telegram refuses about it, as long as the text arrives. A message that takes the
// place of another stays where that is. The error is a *Failure.
func (a *Adapter) send(ctx context.Context, l letter) (sentMessage, error) {
	if l.edits == 0 {
		l.chat = a.movedTo(l.chat)
		if err := a.groups.admit(l.chat); err != nil {
			return sentMessage{}, err
		}
	}
	for {
		id, err := a.sendOnce(ctx, l)
		var p *problem
		if err == nil || !errors.As(err, &p) {
			return sentMessage{l.chat, id, l.form}, err
		}
		if p.answered && l.edits == 0 && p.movedTo != 0 && p.movedTo != l.chat {
			a.noteMove(l.chat, p.movedTo)
			l.chat = p.movedTo
			continue
		}
		f := judge(p)
		simpler, ok := l.simpler(p)
		if f.Outcome != adapters.Failed || p.movedTo != 0 || !ok {
			return sentMessage{}, f
		}
		a.log.Warn("Telegram refuses a message; it is sent again in a simpler form", "err", p)
		l = simpler
	}
}

// sendOnce makes the request and gives the message's id; nil: Telegram has it.
// The error is a *problem or a *Failure.
func (a *Adapter) sendOnce(ctx context.Context, l letter) (int, error) {
	raw, err := a.request(ctx, l)
	if err != nil {
		if l.edits != 0 && says(err, "message is not modified") {
			return l.edits, nil
		}
		return 0, err
	}
	var m struct {
		ID int `json:"message_id"`
	}
	_ = json.Unmarshal(raw, &m) // without an id it arrived all the same
	return m.ID, nil
}

func (a *Adapter) request(ctx context.Context, l letter) (json.RawMessage, error) {
	q, err := l.params()
	if err != nil {
		return nil, never(err.Error())
	}
	if l.file != nil && !ours(l.file.file) {
		return a.upload(ctx, l.by, q, l.file)
	}
	if l.file != nil {
		q[l.by.field] = l.file.file.Ref
	}
	return a.call(ctx, requestTimeout, l.method(), q)
}
