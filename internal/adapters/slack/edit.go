package slack

import (
	"context"
	"slices"

	slackgo "github.com/slack-go/slack"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/chat"
)

// edit puts a new text in the place of a post's old one; files stay as they are. A
// longer text goes on in new messages, and so does what was deleted meanwhile; of a
// shorter one the messages that are left over are deleted. A post that nobody knows
// the messages of is sent as new.
func (a *Adapter) edit(ctx context.Context, d dispatch, post chat.Post) (string, error) {
	old, known := readReference(post.Ref)
	switch {
	case post.Card != nil:
		return a.editCard(ctx, d, post, old, known)
	case !known:
		return a.deliver(ctx, d, post)
	}
	post.Files = nil
	letters, texts := a.letters(post), old.texts()
	if len(letters) == 0 && len(texts) == len(old.messages) {
		return "", never("the post would have no text")
	}
	n := min(len(letters), len(texts))
	lost, err := a.replace(ctx, old.channel, texts[:n], letters[:n])
	if err != nil {
		return "", err
	}
	if err := a.removeAll(ctx, old.channel, texts[n:]); err != nil {
		return "", err
	}
	return a.add(ctx, d, old.without(append(lost.messages, texts[n:]...)), append(lost.letters, letters[n:]...))
}

// add sends what an edit adds, and gives the reference of the whole post.
func (a *Adapter) add(ctx context.Context, d dispatch, rest reference, letters []letter) (string, error) {
	if len(letters) == 0 {
		return rest.String(), nil
	}
	d.spot = rest.spot
	fresh, err := a.sendAll(ctx, d, letters)
	if err != nil {
		return "", err
	}
	rest.messages = append(rest.messages, fresh.messages...)
	return rest.String(), nil
}

// vanished are messages that were deleted, and what they should say.
type vanished struct {
	messages []sentMessage
	letters  []letter
}

// replace gives messages a new text.
func (a *Adapter) replace(ctx context.Context, channel string, messages []sentMessage, letters []letter) (vanished, error) {
	var gone vanished
	for i, l := range letters {
		err := a.update(ctx, channel, messages[i].ts, l)
		if codeOf(err) == "message_not_found" {
			gone.messages, gone.letters = append(gone.messages, messages[i]), append(gone.letters, l)
			continue
		}
		if err != nil {
			return gone, a.again(err)
		}
	}
	return gone, nil
}

// editCard changes a case's card: the message that its thread hangs on.
func (a *Adapter) editCard(ctx context.Context, d dispatch, post chat.Post, old reference, known bool) (string, error) {
	if !known {
		old = reference{d.spot, []sentMessage{{ts: d.thread}}}
	}
	if old.thread == "" {
		return a.deliver(ctx, d, post)
	}
	err := a.update(ctx, old.channel, old.messages[0].ts, a.card(post))
	if codeOf(err) == "message_not_found" {
		return "", &adapters.Failure{Outcome: adapters.Gone, Reason: "the case's card is gone"}
	}
	return old.String(), a.again(err)
}

// update changes a message. The error is a *problem.
func (a *Adapter) update(ctx context.Context, channel, ts string, l letter) error {
	return a.tryForms(l, func(l letter) error {
		return a.ask(ctx, "chat.update", func(ctx context.Context, c *slackgo.Client) error {
			_, _, _, err := c.UpdateMessageContext(ctx, channel, ts, l.content()...)
			return err
		})
	})
}

// takeBack deletes what passed on a merchant's message. That it is gone already is
// no fault.
func (a *Adapter) takeBack(ctx context.Context, post chat.Post) error {
	r, known := readReference(post.Ref)
	if !known {
		return never("nobody knows which message it was that is to be deleted")
	}
	return a.removeAll(ctx, r.channel, r.messages)
}

func (a *Adapter) removeAll(ctx context.Context, channel string, messages []sentMessage) error {
	for _, m := range messages {
		if err := a.remove(ctx, channel, m.ts); err != nil {
			return err
		}
	}
	return nil
}

// remove deletes a message, if it is there. The error is a *Failure.
func (a *Adapter) remove(ctx context.Context, channel, ts string) error {
	err := a.ask(ctx, "chat.delete", func(ctx context.Context, c *slackgo.Client) error {
		_, _, err := c.DeleteMessageContext(ctx, channel, ts)
		return err
	})
	if codeOf(err) == "message_not_found" {
		return nil
	}
	return a.again(err)
}

// texts are the messages that carry the text.
func (r reference) texts() []sentMessage {
	return slices.DeleteFunc(slices.Clone(r.messages), func(m sentMessage) bool { return m.beside })
}

// without gives the reference without some of its messages.
func (r reference) without(some []sentMessage) reference {
	r.messages = slices.DeleteFunc(slices.Clone(r.messages), func(m sentMessage) bool { return slices.Contains(some, m) })
	return r
}
