package slack

import (
	"context"
	"strings"

	slackgo "github.com/slack-go/slack"

	"github.com/s4bot/s4bot/internal/chat"
)

// private shows a text to one agent alone. It can't be found again: whether one with
// an unknown outcome arrived, nobody can tell.
func (a *Adapter) private(ctx context.Context, to spot, post chat.Post) error {
	text := shorten(strings.TrimSpace(clean(post.Text)), textMost)
	if text == "" {
		return never("the post has no text")
	}
	return a.tellOne(ctx, to, post.Private, saying(text))
}

// tellOne shows a message to somebody in a thread. The error is a *Failure.
func (a *Adapter) tellOne(ctx context.Context, to spot, user string, l letter) error {
	return a.failure(a.tryForms(l, func(l letter) error {
		options := l.content()
		if to.thread != "" {
			options = append(options, slackgo.MsgOptionTS(to.thread))
		}
		return a.ask(ctx, "chat.postEphemeral", func(ctx context.Context, c *slackgo.Client) error {
			_, err := c.PostEphemeralContext(ctx, to.channel, user, options...)
			return err
		})
	}))
}
