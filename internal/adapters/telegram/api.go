package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
)

// params are the parameters of a method of the Bot API.
type params = tgbotapi.Params

// requestTimeout is how long a request may take that waits for nothing.
const requestTimeout = 15 * time.Second

// call calls a method of the Bot API. The error is a *problem, whose text holds
// no secret. The context's end breaks the call off at once.
func (a *Adapter) call(ctx context.Context, timeout time.Duration, method string, p params) (json.RawMessage, error) {
	return a.ask(ctx, timeout, method, func(bot *tgbotapi.BotAPI) (*tgbotapi.APIResponse, error) {
		return bot.MakeRequest(method, p)
	})
}

// ask makes one request through the library, as call does.
func (a *Adapter) ask(ctx context.Context, timeout time.Duration, method string, request func(*tgbotapi.BotAPI) (*tgbotapi.APIResponse, error)) (json.RawMessage, error) {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	t := &transfer{ctx: ctx, client: a.client}
	bot := &tgbotapi.BotAPI{Token: a.config.Token, Client: t}
	bot.SetAPIEndpoint(strings.ReplaceAll(a.config.APIBase, "%", "%%") + "/bot%s/%s")
	answer, err := request(bot)
	if err == nil {
		return answer.Result, nil
	}
	return nil, a.problem(method, t, answer, err)
}

// transfer is the HTTP client of one call: it puts in the context that the
// library does not know, and watches what happened to the request.
type transfer struct {
	ctx    context.Context
	client *http.Client
	left   atomic.Bool // the request, or a part of it, may be with the server
	status int         // of the response; 0: none came
	after  string      // its Retry-After
}

// Do implements tgbotapi.HTTPClient.
func (t *transfer) Do(req *http.Request) (*http.Response, error) {
	ctx := httptrace.WithClientTrace(t.ctx, &httptrace.ClientTrace{
		// From here on the request may be written at any moment, also while a
		// time-out is being noticed.
		GotConn: func(httptrace.GotConnInfo) { t.left.Store(true) },
		WroteRequest: func(w httptrace.WroteRequestInfo) {
			// A request that was written in part is one that no server acts on.
			t.left.Store(w.Err == nil)
		},
	})
	namePost(t.ctx, req)
	if req.Body != nil {
		// The client waits for the body, even if the context ends while the source
		// of a file is silent.
		defer context.AfterFunc(t.ctx, func() { _ = req.Body.Close() })()
	}
	res, err := t.client.Do(req.WithContext(ctx))
	if err != nil {
		return nil, err
	}
	t.status, t.after = res.StatusCode, res.Header.Get("Retry-After")
	return res, nil
}

// problem is why a call did not succeed.
type problem struct {
	method   string
	answered bool // the Bot API itself answered
	code     int  // the error code: the Bot API's, else HTTP's, else 0
	left     bool // the request may have reached the Bot API
	partial  bool // a part of it never left, so that no server acts on it
	text     string
	after    time.Duration // how long to wait; 0: nobody said
	movedTo  int64         // the supergroup that the chat became, or 0
}

// Error implements error.
func (p *problem) Error() string {
	code := ""
	if p.code != 0 {
		code = " (" + strconv.Itoa(p.code) + ")"
	}
	return "telegram " + p.method + code + ": " + p.text
}

func (a *Adapter) problem(method string, t *transfer, answer *tgbotapi.APIResponse, err error) *problem {
	p := &problem{method: method, code: t.status, left: t.left.Load(), text: a.redact(err)}
	if s, convErr := strconv.Atoi(t.after); convErr == nil && s > 0 {
		p.after = time.Duration(s) * time.Second
	}
	var api *tgbotapi.Error
	switch {
	case errors.As(err, &api) && answer != nil && answer.ErrorCode != 0:
		// The library gives no code with the error of an upload.
		p.answered, p.code, p.movedTo = true, answer.ErrorCode, api.MigrateToChatID
		if api.RetryAfter > 0 {
			p.after = time.Duration(api.RetryAfter) * time.Second
		}
	case t.status != 0:
		p.text = "the answer is not one of the Bot API"
	}
	return p
}

// redact gives an error's text without address and token: errors of net/http
// name the whole URL.
func (a *Adapter) redact(err error) string {
	var u *url.Error
	if errors.As(err, &u) {
		err = u.Err
	}
	text := strings.ReplaceAll(err.Error(), a.config.Token, "…")
	return strings.ReplaceAll(text, url.PathEscape(a.config.Token), "…")
}

// code gives the error code of a failed call; 0: there was no answer.
func code(err error) int {
	var p *problem
	if errors.As(err, &p) {
		return p.code
	}
	return 0
}

// says tells whether the Bot API's answer has these words.
func says(err error, words string) bool {
	var p *problem
	return errors.As(err, &p) && p.answered && strings.Contains(strings.ToLower(p.text), words)
}
