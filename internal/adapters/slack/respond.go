package slack

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"

	slackgo "github.com/slack-go/slack"
)

// audience is who an answer is for: one person.
type audience struct {
	spot           // the channel, and the thread in it
	user    string // who asks
	reply   string // the response_url of what they did; empty: none
	direct  bool   // the channel is one between them and the bot
	replace bool   // the answer takes the place of the message that was tapped
}

// answer shows a letter to one person alone, by the best way that there is: the
// response_url works in every channel, but not for ever.
func (a *Adapter) answer(ctx context.Context, to audience, l letter) error {
	if to.reply != "" {
		err := a.respond(ctx, to, l)
		if err == nil || ended(ctx) {
			return err
		}
	}
	if to.direct {
		return a.writeTo(ctx, to.channel, l)
	}
	if to.channel != "" {
		err := a.tellOne(ctx, to.spot, to.user, l)
		if err == nil || ended(ctx) {
			return err
		}
		a.log.Info("an answer goes into a direct message", "user", to.user, "err", err)
	}
	return a.writeTo(ctx, to.user, l) // the app may not be in that channel
}

// writeTo writes to somebody, or into the channel between them and the bot.
func (a *Adapter) writeTo(ctx context.Context, to string, l letter) error {
	return a.tryForms(l, func(l letter) error {
		return a.ask(ctx, "chat.postMessage", func(ctx context.Context, c *slackgo.Client) error {
			_, _, err := c.PostMessageContext(ctx, to, l.options()...)
			return err
		})
	})
}

// respond answers through a response_url, which is a secret of its own.
func (a *Adapter) respond(ctx context.Context, to audience, l letter) error {
	m := slackgo.WebhookMessage{Text: l.text, ResponseType: "ephemeral", ReplaceOriginal: to.replace}
	if to.direct {
		m.ResponseType = ""
	}
	if len(l.blocks) > 0 {
		m.Blocks = &slackgo.Blocks{BlockSet: l.blocks}
	}
	raw, err := json.Marshal(m)
	if err != nil {
		return err
	}
	return a.watch(ctx, "response_url", a.pace.request, func(ctx context.Context, t *transfer) error {
		return t.post(ctx, to.reply, raw)
	})
}

// post sends JSON to an address. A good answer is a status of 200 without a refusal
// in its body, which is often no JSON at all.
func (t *transfer) post(ctx context.Context, address string, raw []byte) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(raw))
	if err != nil {
		return errors.New("the address is none")
	}
	req.Header.Set("Content-Type", "application/json; charset=utf-8")
	res, err := t.Do(req)
	if err != nil {
		var u *url.Error
		if errors.As(err, &u) {
			return u.Err
		}
		return err
	}
	raw, _ = io.ReadAll(io.LimitReader(res.Body, bodyLimit))
	_ = res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return slackgo.StatusCodeError{Code: res.StatusCode, Status: res.Status}
	}
	var refused struct {
		OK    *bool  `json:"ok"`
		Error string `json:"error"`
	}
	if json.Unmarshal(raw, &refused) == nil && refused.OK != nil && !*refused.OK {
		return slackgo.SlackErrorResponse{Err: refused.Error}
	}
	return nil
}
