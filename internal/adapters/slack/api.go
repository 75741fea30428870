package slack

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	slackgo "github.com/slack-go/slack"
)

// ask makes one request through the library; method names it in errors. The error
// is a *problem, whose text holds no secret. The context's end breaks it off at once.
func (a *Adapter) ask(ctx context.Context, method string, request func(context.Context, *slackgo.Client) error) error {
	return a.watch(ctx, method, a.pace.request, func(ctx context.Context, t *transfer) error {
		return request(ctx, a.library(t))
	})
}

// watch makes one request through a transfer, as ask does.
func (a *Adapter) watch(ctx context.Context, method string, timeout time.Duration, request func(context.Context, *transfer) error) error {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	t := &transfer{client: a.client}
	err := request(ctx, t)
	if err == nil {
		a.faults.clear(a.log, method)
		return nil
	}
	p := a.problem(method, t, err)
	a.faults.note(a.log, p, a.config.DeskChannel)
	return p
}

// library is the library's client on top of an HTTP client.
func (a *Adapter) library(t *transfer) *slackgo.Client {
	return slackgo.New(a.config.BotToken, slackgo.OptionHTTPClient(t), slackgo.OptionAPIURL(a.config.APIBase),
		slackgo.OptionAppLevelToken(a.config.AppToken))
}

// query calls a method that only reads and decodes the answer into v, which may name
// just what it needs: the library gives up on a whole page for one message in it
// that it can't parse. The error is a *problem.
func (a *Adapter) query(ctx context.Context, method string, q url.Values, v any) error {
	return a.watch(ctx, method, a.pace.request, func(ctx context.Context, t *transfer) error {
		req, err := http.NewRequestWithContext(ctx, http.MethodPost, a.config.APIBase+method, strings.NewReader(q.Encode()))
		if err != nil {
			return err
		}
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		req.Header.Set("Authorization", "Bearer "+a.config.BotToken)
		res, err := t.Do(req)
		if err != nil {
			return err
		}
		defer func() { _ = res.Body.Close() }()
		return decode(res, v)
	})
}

// answerLimit is how long an answer may be.
const answerLimit = 16 << 20

// decode reads an answer; the error is of the kinds that the library gives.
func decode(res *http.Response, v any) error {
	if res.StatusCode != http.StatusOK {
		return slackgo.StatusCodeError{Code: res.StatusCode, Status: res.Status}
	}
	raw, err := io.ReadAll(io.LimitReader(res.Body, answerLimit))
	if err != nil {
		return err
	}
	var head slackgo.SlackResponse
	if err := json.Unmarshal(raw, &head); err != nil {
		return err
	}
	if !head.Ok {
		return slackgo.SlackErrorResponse{Err: head.Error, Needed: head.Needed}
	}
	return json.Unmarshal(raw, v)
}

// transfer is the HTTP client of one request: it watches what happened to it.
type transfer struct {
	client *http.Client
	left   atomic.Bool // the request may be with the server
	status int         // of the response; 0: none came
	after  string      // its Retry-After
}

// Do implements the library's HTTP client.
func (t *transfer) Do(req *http.Request) (*http.Response, error) {
	ctx := httptrace.WithClientTrace(req.Context(), &httptrace.ClientTrace{
		// From here on the request may be written at any moment, also while a
		// time-out is being noticed.
		GotConn: func(httptrace.GotConnInfo) { t.left.Store(true) },
		WroteRequest: func(w httptrace.WroteRequestInfo) {
			// A request that was written in part is one that no server acts on.
			t.left.Store(w.Err == nil)
		},
	})
	res, err := t.client.Do(req.WithContext(ctx))
	if err != nil {
		return nil, err
	}
	t.status, t.after = res.StatusCode, res.Header.Get("Retry-After")
	return res, nil
}
