package slack

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	slackgo "github.com/slack-go/slack"

	"github.com/s4bot/s4bot/internal/adapters"
)

// eventType is the type of the metadata that our messages carry.
const eventType = "s4bot_post"

// metadata names the post that a message belongs to, so that it is found again.
func (d dispatch) metadata(part int) slackgo.SlackMetadata {
	conversation := d.name[:max(0, strings.LastIndexByte(d.name, '/'))]
	payload := map[string]any{"post": d.name, "conversation": conversation}
	if part > 0 {
		payload["part"] = part
	}
	return slackgo.SlackMetadata{EventType: eventType, EventPayload: payload}
}

// found is what we read of a message when we look for one.
type found struct {
	TS       string `json:"ts"`
	Metadata struct {
		Type    string `json:"event_type"`
		Payload struct {
			Post string  `json:"post"`
			Part float64 `json:"part"`
		} `json:"event_payload"`
	} `json:"metadata"`
	Files []struct {
		ID string `json:"id"`
	} `json:"files"`
}

// find looks for a message of a post; "": it is not there. The error is a *Failure.
func (a *Adapter) find(ctx context.Context, d dispatch, part int, since time.Time) (string, error) {
	return a.look(ctx, d.spot, since, func(m found) bool {
		p := m.Metadata.Payload
		return m.Metadata.Type == eventType && p.Post == d.name && int(p.Part) == part
	})
}

// findFile looks for the message that shows a file.
func (a *Adapter) findFile(ctx context.Context, at spot, id string, since time.Time) (string, error) {
	return a.look(ctx, at, since, func(m found) bool {
		return slices.ContainsFunc(m.Files, func(f struct {
			ID string `json:"id"`
		},
		) bool {
			return f.ID == id
		})
	})
}

// skew is how far the clocks of Slack and of this machine may be apart.
const skew = 5 * time.Minute

// lookMost bounds how many pages are looked through.
const lookMost = 20

// look reads what was said since a time, until a message is the one.
func (a *Adapter) look(ctx context.Context, at spot, since time.Time, is func(found) bool) (string, error) {
	q := url.Values{
		"channel": {at.channel}, "oldest": {strconv.FormatInt(since.Add(-skew).Unix(), 10) + ".000000"},
		"inclusive": {"true"}, "include_all_metadata": {"true"}, "limit": {"200"},
	}
	for range lookMost {
		messages, next, err := a.readPage(ctx, at, q)
		if err != nil {
			return "", a.unseen(err)
		}
		for _, m := range messages {
			if is(m) {
				return m.TS, nil
			}
		}
		if next == "" {
			return "", nil
		}
		q.Set("cursor", next)
	}
	return "", later("there is too much in the channel to find a message that may have arrived")
}

// unseen is the failure of a post that nobody can look for: as long as that may
// change it waits, and else nobody knows what became of it.
func (a *Adapter) unseen(err error) error {
	f := *adapters.Judge(a.again(err))
	if f.Outcome == adapters.Failed {
		f.Outcome = adapters.Uncertain
	}
	return &f
}

// readPage reads a page of a thread, or of a channel.
func (a *Adapter) readPage(ctx context.Context, at spot, q url.Values) (messages []found, next string, err error) {
	var answer struct {
		Messages []found `json:"messages"`
		Metadata struct {
			Next string `json:"next_cursor"`
		} `json:"response_metadata"`
	}
	method := "conversations.history"
	if at.thread != "" {
		method = "conversations.replies"
		q.Set("ts", at.thread)
	}
	err = a.query(ctx, method, q, &answer)
	return answer.Messages, answer.Metadata.Next, err
}

// threadGone says that the message which opened a thread is no more: Slack must say
// so itself.
func (a *Adapter) threadGone(ctx context.Context, at spot) bool {
	_, _, err := a.readPage(ctx, at, url.Values{"channel": {at.channel}, "limit": {"1"}})
	return slices.Contains(gone, codeOf(err))
}

// Doubt says that a post may have arrived: it was being sent when a process ended.
// Its next delivery looks for it first. name is what adapters.PostOf gives then, since
// when its first sending may have begun at the earliest.
func (a *Adapter) Doubt(name string, since time.Time) {
	s := a.progressOf(name)
	if len(s.sent) == 0 && !s.doubt {
		s.since, s.doubt = since, true
		a.noteProgress(name, s, true)
	}
}
