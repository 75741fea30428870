package slack

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	slackgo "github.com/slack-go/slack"

	"github.com/s4bot/s4bot/internal/chat"
)

// signs are the emoji under an agent's message that show what became of it.
var signs = map[chat.Mark]string{chat.Delivered: "white_check_mark", chat.Failed: "warning", chat.Uncertain: "question"}

// mark shows what became of an agent's message. Of one that did not plainly arrive
// a note says why, and one that may have arrived can be sent again from there. A
// message that was deleted needs no mark.
func (a *Adapter) mark(ctx context.Context, d dispatch, post chat.Post) error {
	ts, _, _ := strings.Cut(post.Of, "#")
	if signs[post.Mark] == "" || !tsForm.MatchString(ts) {
		return never("nobody knows which message is to be marked, or how")
	}
	if err := a.sign(ctx, d.channel, ts, post.Mark); err != nil {
		return err
	}
	if post.Mark == chat.Delivered {
		return nil
	}
	return a.note(ctx, d, ts, post)
}

// sign puts a mark under a message in the place of any other.
func (a *Adapter) sign(ctx context.Context, channel, ts string, mark chat.Mark) error {
	err := a.react(ctx, "reactions.add", channel, ts, signs[mark])
	if err != nil || !a.signedBefore(channel+"/"+ts, mark) {
		return err
	}
	for _, other := range []chat.Mark{chat.Delivered, chat.Failed, chat.Uncertain} {
		if other == mark {
			continue
		}
		if err := a.react(ctx, "reactions.remove", channel, ts, signs[other]); err != nil {
			return err
		}
	}
	return nil
}

// freshFor is how old a message may be to be marked for the first time.
const freshFor = 20 * time.Second

// signedBefore notes a mark and says whether the message may have another: the usual
// one, of a message that arrived at once, costs one request alone.
func (a *Adapter) signedBefore(message string, mark chat.Mark) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	_, known := a.marked.Get(message)
	if mark == chat.Delivered {
		a.marked.Drop(message)
	} else {
		a.marked.Put(message, mark)
	}
	said, _ := strconv.ParseFloat(message[strings.IndexByte(message, '/')+1:], 64)
	return known || mark != chat.Delivered || time.Since(time.Unix(int64(said), 0)) > freshFor
}

// settled are the answers that say that there is nothing to do about a mark: it is
// there, or is not there, or can't be.
var settled = []string{"already_reacted", "no_reaction", "message_not_found", "thread_not_found", "too_many_emoji", "too_many_reactions", "invalid_name", "not_reactable"}

// react adds or removes an emoji. Without the scope for it there are no marks, and
// all else goes on. The error is a *Failure.
func (a *Adapter) react(ctx context.Context, method, channel, ts, name string) error {
	err := a.ask(ctx, method, func(ctx context.Context, c *slackgo.Client) error {
		if method == "reactions.add" {
			return c.AddReactionContext(ctx, name, slackgo.NewRefToMessage(channel, ts))
		}
		return c.RemoveReactionContext(ctx, name, slackgo.NewRefToMessage(channel, ts))
	})
	if code := codeOf(err); code == "missing_scope" || slices.Contains(settled, code) {
		return nil
	}
	return a.again(err)
}

// note says why an agent's message did not plainly arrive: to the agent alone, if
// the post names one, else in the thread.
func (a *Adapter) note(ctx context.Context, d dispatch, ts string, post chat.Post) error {
	word := wordNotSent
	if post.Mark == chat.Uncertain {
		word = wordDoubtful
	}
	text := strings.TrimSpace(shorten(strings.TrimSpace(clean(post.Text)), textMost))
	if text == "" {
		text = word.in(a.config.Lang)
	}
	l := saying(text)
	if post.Mark == chat.Uncertain {
		l.blocks = append(l.blocks, slackgo.NewActionBlock("", button("again", ts, labelAgain.in(a.config.Lang))))
	}
	if post.Private != "" {
		return a.tellOne(ctx, d.spot, post.Private, l)
	}
	_, err := a.sendAll(ctx, d, []letter{l})
	return err
}
