package slack

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/s4bot/s4bot/internal/adapters"
)

// gone are the answers that say that a thread takes no posts any more.
var gone = []string{"thread_not_found", "message_not_found", "cannot_reply_to_message", "invalid_thread_ts"}

// unclear are the answers that leave open whether Slack did what it was asked.
var unclear = []string{"internal_error", "fatal_error", "service_unavailable", "request_timeout", "accesslimited"}

// doubtful says that nobody can tell whether a request was acted on.
func (p *problem) doubtful() bool {
	switch {
	case p.code != "":
		return slices.Contains(unclear, p.code)
	case p.status == 0 || p.status == http.StatusOK:
		return p.left
	}
	return p.status >= 500
}

// limited says that Slack wants to be left alone for a while.
func (p *problem) limited() bool {
	return p.status == http.StatusTooManyRequests || p.code == "ratelimited" || p.code == "rate_limited"
}

// foreign says that not Slack answered, but something that knows no such address.
func (p *problem) foreign() bool {
	return p.code == "" && p.status >= 300 && p.status < 500
}

// judge says what became of a post whose sending failed.
func (a *Adapter) judge(p *problem) *adapters.Failure {
	f := &adapters.Failure{Reason: p.Error(), After: p.after}
	switch {
	case p.limited():
		f.Everywhere = p.method != "chat.postMessage" // that limit is the channel's
		f.After = max(f.After, a.pace.settle)
	case p.doubtful():
		f.Outcome = adapters.Uncertain
	case p.code == "" && p.status == http.StatusRequestEntityTooLarge:
		f.Outcome = adapters.Failed
	case repair(p, "") != "":
		// A scope that only marks or files need stops nothing else.
		f.Everywhere = p.code != "missing_scope" || strings.HasPrefix(p.method, "chat.")
		f.After = max(f.After, a.pace.mend)
	case p.code == "": // it never left
	case slices.Contains(gone, p.code):
		return goneThread()
	default:
		f.Outcome = adapters.Failed
	}
	return f
}

// failure gives the *Failure in an error of a request.
func (a *Adapter) failure(err error) error {
	if err == nil {
		return nil
	}
	var p *problem
	if errors.As(err, &p) {
		return a.judge(p)
	}
	return adapters.Judge(err)
}

// again gives the failure of a request that may be made once more without harm,
// since that comes to the same.
func (a *Adapter) again(err error) error {
	err = a.failure(err)
	if err == nil {
		return nil
	}
	f := *adapters.Judge(err)
	if f.Outcome == adapters.Uncertain {
		f.Outcome = adapters.Retry
	}
	return &f
}

// never is a failure that no repeat mends.
func never(reason string) *adapters.Failure {
	return &adapters.Failure{Outcome: adapters.Failed, Reason: reason}
}

// later is a failure that a repeat may mend.
func later(reason string) *adapters.Failure {
	return &adapters.Failure{Outcome: adapters.Retry, Reason: reason}
}

// goneThread is the failure of a post to a case whose thread was deleted.
func goneThread() *adapters.Failure {
	return &adapters.Failure{Outcome: adapters.Gone, Reason: "the case's thread is gone"}
}

// ended says that there is no time left to go on.
func ended(ctx context.Context) bool { return ctx.Err() != nil }
