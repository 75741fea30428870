package slack

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	slackgo "github.com/slack-go/slack"
)

// problem is why a request did not succeed.
type problem struct {
	method string
	code   string // Slack's own word for it; empty: Slack itself did not answer
	needed string // the scope that is missing
	status int    // HTTP's; 0: no answer came
	left   bool   // the request may have reached Slack
	text   string
	after  time.Duration // how long to wait; 0: nobody said
}

// Error implements error.
func (p *problem) Error() string {
	switch {
	case p.needed != "":
		return "slack " + p.method + ": " + p.text + " (" + p.needed + ")"
	case p.status != 0 && p.status != http.StatusOK:
		return "slack " + p.method + ": " + http.StatusText(p.status) + ": " + p.text
	}
	return "slack " + p.method + ": " + p.text
}

// problem says what happened to a request.
func (a *Adapter) problem(method string, t *transfer, err error) *problem {
	p := &problem{method: method, status: t.status, left: t.left.Load(), text: a.redact(err), after: seconds(t.after)}
	var known slackgo.SlackErrorResponse
	var status slackgo.StatusCodeError
	var limited *slackgo.RateLimitedError
	switch {
	case errors.As(err, &known):
		p.code, p.needed, p.text = known.Err, known.Needed, known.Err
	case errors.As(err, &limited):
		p.status, p.after = http.StatusTooManyRequests, max(limited.RetryAfter, p.after)
	case errors.As(err, &status):
		p.text = "the answer is not one of Slack's Web API"
	case t.status != 0 && !errors.Is(err, context.DeadlineExceeded) && !errors.Is(err, context.Canceled):
		p.text = "the answer can't be read"
	}
	return p
}

// seconds reads a Retry-After.
func seconds(s string) time.Duration {
	d, err := time.ParseDuration(strings.TrimSpace(s) + "s")
	if err != nil || d < 0 || d > time.Hour {
		return 0
	}
	return d
}

// redact gives an error's text without address and secrets: errors of net/http
// name the whole URL.
func (a *Adapter) redact(err error) string {
	var u *url.Error
	if errors.As(err, &u) {
		err = u.Err
	}
	text := err.Error()
	for _, secret := range []string{a.config.BotToken, a.config.AppToken, a.config.SigningSecret} {
		if secret != "" {
			text = strings.ReplaceAll(text, secret, "…")
			text = strings.ReplaceAll(text, url.QueryEscape(secret), "…")
		}
	}
	return text
}

// codeOf gives Slack's word for what failed; empty: Slack did not answer.
func codeOf(err error) string {
	var p *problem
	if errors.As(err, &p) {
		return p.code
	}
	return ""
}
