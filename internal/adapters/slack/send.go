package slack

import (
	"context"
	"slices"
	"strings"
	"time"

	slackgo "github.com/slack-go/slack"

	"github.com/s4bot/s4bot/internal/adapters"
)

// send sends one message of a post: never again before it has looked whether it is
// there. The error is a *Failure: Uncertain only where Slack lets nobody look.
func (a *Adapter) send(ctx context.Context, d dispatch, l letter, s *sending) (sentMessage, error) {
	part := len(s.sent)
	if s.doubt {
		if ts, err := a.find(ctx, d, part, s.since); ts != "" || err != nil {
			return sentMessage{ts: ts}, err
		}
		s.doubt = false
	}
	if l.file != nil {
		return a.sendFile(ctx, d, l, s)
	}
	channel, ts, err := a.post(ctx, d, part, l)
	if err == nil {
		s.channel = channel
		return sentMessage{ts: ts}, nil
	}
	f := adapters.Judge(err)
	if f.Outcome != adapters.Uncertain {
		return sentMessage{}, f
	}
	s.doubt = true
	ts, err = a.lookSoon(ctx, f, func() (string, error) { return a.find(ctx, d, part, s.since) })
	return sentMessage{ts: ts}, err
}

// lookSoon looks, after a moment, for a message that may have arrived. The error says
// that it is not known to be there, and must be looked for once more.
func (a *Adapter) lookSoon(ctx context.Context, why *adapters.Failure, look func() (string, error)) (string, error) {
	rest(ctx, a.pace.settle)
	if !ended(ctx) {
		if ts, err := look(); ts != "" || err != nil {
			return ts, err
		}
	}
	return "", &adapters.Failure{Outcome: adapters.Retry, After: a.pace.doubt, Reason: why.Reason}
}

// rest waits, or until the context ends.
func rest(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

// refused are the answers to a message whose looks Slack does not like.
var refused = []string{"invalid_blocks", "invalid_blocks_format", "msg_too_long", "msg_blocks_too_long", "too_many_blocks", "blocks_too_long", "invalid_attachments"}

// simpler leaves away what a refusal may be about; false: there is nothing more to
// leave away.
func (l letter) simpler(err error) (letter, bool) {
	if l.blocks == nil || !slices.Contains(refused, codeOf(err)) {
		return l, false
	}
	if blocks, ok := plainer(l.blocks); ok {
		l.blocks = blocks
	} else {
		l.blocks = nil
	}
	return l, true
}

// post posts a message and gives its channel and time. The error is a *Failure.
func (a *Adapter) post(ctx context.Context, d dispatch, part int, l letter) (channel, ts string, err error) {
	var m slackgo.Message
	err = a.tryForms(l, func(l letter) error {
		return a.ask(ctx, "chat.postMessage", func(ctx context.Context, c *slackgo.Client) (err error) {
			channel, ts, m, err = c.PostMessageWithResponseContext(ctx, d.channel, d.options(part, l)...)
			return err
		})
	})
	switch {
	case err != nil:
		return "", "", a.failure(err)
	case ts == "":
		return "", "", &adapters.Failure{Outcome: adapters.Uncertain, Reason: "slack chat.postMessage: the answer names no message"}
	case d.thread != "" && m.ThreadTimestamp != d.thread && a.threadGone(ctx, d.spot):
		// Slack posts into the channel what answers a deleted message.
		_ = a.remove(ctx, channel, ts)
		return "", "", goneThread()
	}
	return channel, ts, nil
}

// tryForms makes a request with ever simpler forms of a message, until Slack takes
// one or it is not about its looks.
func (a *Adapter) tryForms(l letter, request func(letter) error) error {
	for {
		err := request(l)
		plain, ok := l.simpler(err)
		if !ok {
			return err
		}
		a.log.Warn("Slack refuses a message; it is sent again in a simpler form", "err", err)
		l = plain
	}
}

// options are the parameters of a message.
func (d dispatch) options(part int, l letter) []slackgo.MsgOption {
	out := append(l.options(), slackgo.MsgOptionMetadata(d.metadata(part)))
	if d.thread != "" {
		out = append(out, slackgo.MsgOptionTS(d.thread))
	}
	if l.loud && d.thread != "" {
		out = append(out, slackgo.MsgOptionBroadcast())
	}
	return out
}

// options are what a new message says, and that Slack adds nothing to it.
func (l letter) options() []slackgo.MsgOption {
	out := append(l.content(), slackgo.MsgOptionDisableLinkUnfurl(), slackgo.MsgOptionDisableMediaUnfurl())
	if l.blocks == nil && !strings.Contains(l.text, "<") {
		out = append(out, slackgo.MsgOptionDisableMarkdown())
	}
	return out
}

// content is what a message says.
func (l letter) content() []slackgo.MsgOption {
	out := []slackgo.MsgOption{slackgo.MsgOptionText(l.text, false)}
	if l.blocks != nil {
		out = append(out, slackgo.MsgOptionBlocks(l.blocks...))
	}
	return out
}
