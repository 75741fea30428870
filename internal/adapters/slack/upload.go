package slack

import (
	"context"
	"errors"
	"time"

	slackgo "github.com/slack-go/slack"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/chat"
)

// fileMost is how large a file Slack takes, in bytes.
const fileMost = 1 << 30

// unfit is why a file can't be shown, in the desk's words.
type unfit string

// Error implements error.
func (u unfit) Error() string { return string(u) }

// sendFile uploads a file. One that can't be had or shown gives a line that says so,
// since what comes after it must not wait. The error is a *Failure.
func (a *Adapter) sendFile(ctx context.Context, d dispatch, l letter, s *sending) (sentMessage, error) {
	if s.file != "" {
		if ts, err := a.findFile(ctx, d.spot, s.file, s.since); ts != "" || err != nil {
			return sentMessage{ts, true}, err
		}
		s.file = ""
	}
	ts, err := a.share(ctx, d.spot, *l.file, s)
	var why unfit
	switch {
	case errors.As(err, &why):
		a.log.Warn("a file can't be shown at the desk", "err", why)
		return a.send(ctx, d, a.missing(*l.file, string(why)), s)
	case err != nil:
		return sentMessage{}, err
	}
	return sentMessage{ts, true}, nil
}

// share uploads a file and shows it in the thread. The error is an unfit or a
// *Failure.
func (a *Adapter) share(ctx context.Context, at spot, f chat.File, s *sending) (ts string, err error) {
	id, err := a.bring(ctx, f, s)
	if err != nil {
		return "", err
	}
	if err := a.complete(ctx, at, f, id); err != nil {
		return a.afterComplete(ctx, at, id, s, err)
	}
	for range 3 { // it takes Slack a moment to show it
		if ts, err = a.findFile(ctx, at, id, s.since); ts != "" || err != nil || ended(ctx) {
			break
		}
		rest(ctx, a.pace.settle/2)
	}
	if err != nil && adapters.Judge(err).Outcome == adapters.Gone {
		a.withdraw(ctx, spot{channel: at.channel}, id, s.since)
		return "", err
	}
	return ts, nil // without its time it can't be changed
}

// withdraw takes a file back that Slack put into the channel, for its thread is gone.
func (a *Adapter) withdraw(ctx context.Context, at spot, id string, since time.Time) {
	if ts, _ := a.findFile(ctx, at, id, since); ts != "" {
		_ = a.remove(ctx, at.channel, ts)
	}
}

// afterComplete looks for a file whose showing failed, if it may be there all the
// same.
func (a *Adapter) afterComplete(ctx context.Context, at spot, id string, s *sending, err error) (string, error) {
	f := adapters.Judge(a.failure(err))
	switch f.Outcome {
	case adapters.Uncertain:
		s.file = id
		return a.lookSoon(ctx, f, func() (string, error) { return a.findFile(ctx, at, id, s.since) })
	case adapters.Failed:
		return "", unfit(wordNotUploaded.in(a.config.Lang) + f.Reason)
	}
	return "", f
}

// complete shows an uploaded file. The error is a *problem.
func (a *Adapter) complete(ctx context.Context, at spot, f chat.File, id string) error {
	return a.ask(ctx, "files.completeUploadExternal", func(ctx context.Context, c *slackgo.Client) error {
		_, err := c.CompleteUploadExternalContext(ctx, slackgo.CompleteUploadExternalParameters{
			Files:   []slackgo.FileSummary{{ID: id, Title: fileName(f)}},
			Channel: at.channel, ThreadTimestamp: at.thread,
		})
		return err
	})
}

// bring gets a file's content to Slack, where nobody sees it yet. It gives the file's
// id; the error is an unfit or a *Failure.
func (a *Adapter) bring(ctx context.Context, f chat.File, s *sending) (id string, err error) {
	switch {
	case f.TooLarge || f.Size > fileMost:
		return "", unfit(wordTooLarge.in(a.config.Lang))
	case a.config.Files == nil || f.Ref == "":
		return "", unfit(wordUnfetched.in(a.config.Lang))
	}
	if f.Size > 0 {
		if id, err = a.stream(ctx, f); !broken(err) {
			return id, a.judgeFile(f, s, err)
		}
	}
	f.Size = 0 // it is not what its platform says, or the way there broke
	id, err = a.spool(ctx, f)
	return id, a.judgeFile(f, s, err)
}

// judgeFile says what it means that a file could not be brought to Slack. One that
// can't be fetched now is tried again for a short while.
func (a *Adapter) judgeFile(f chat.File, s *sending, err error) error {
	var fault fetchFault
	var why unfit
	switch {
	case err == nil || errors.As(err, &why):
		return err
	case errors.As(err, &fault):
		return a.judgeFetch(f, s, fault)
	}
	failure := adapters.Judge(a.again(err))
	if failure.Outcome == adapters.Failed {
		return unfit(wordNotUploaded.in(a.config.Lang) + failure.Reason)
	}
	return failure
}

// judgeFetch judges by what the file's platform said. Only a *Failure has a reason
// that is known to hold no secret.
func (a *Adapter) judgeFetch(f chat.File, s *sending, fault fetchFault) error {
	out := later("a file could not be fetched from " + f.Platform)
	var why *adapters.Failure
	if errors.As(fault.err, &why) {
		out.After, out.Reason = why.After, out.Reason+": "+why.Reason
	}
	if s.waits.IsZero() {
		s.waits = time.Now()
	}
	over := time.Since(s.waits)+out.After > a.pace.fetch
	if over || why != nil && (why.Outcome == adapters.Failed || why.Outcome == adapters.Gone) {
		return unfit(wordUnfetched.in(a.config.Lang))
	}
	return out
}
