package telegram

import (
	"strings"
	"time"

	"github.com/s4bot/s4bot/internal/adapters"
)

// mendTime is how long to wait for an operator to mend the configuration.
const mendTime = 30 * time.Second

// closed are the answers (400) that say that a room takes no posts.
var closed = []string{
	"chat not found", "user not found", "peer_id_invalid", "group chat was deactivated",
	"not enough rights to send", "have no rights to send", "chat_write_forbidden", "message thread not found", "topic_closed",
}

// judge says what became of a post whose sending failed.
func judge(p *problem) *adapters.Failure {
	f := &adapters.Failure{Reason: p.Error(), After: p.after}
	if p.answered {
		judgeAnswer(p, f)
	} else {
		judgeSilence(p, f)
	}
	return f
}

// judgeAnswer judges by what the Bot API said. It says 5xx before it acts.
func judgeAnswer(p *problem, f *adapters.Failure) {
	switch {
	case p.code == 401, p.code == 404:
		f.Outcome, f.Everywhere, f.After = adapters.Retry, true, mendTime
	case p.code == 403:
		f.Outcome = adapters.Gone
	case p.code == 429, p.code >= 500:
		f.Outcome = adapters.Retry
	case p.code == 400 && closedRoom(p):
		f.Outcome = adapters.Gone
	default:
		f.Outcome = adapters.Failed
	}
}

// judgeSilence judges without an answer of the Bot API: there was none, or
// something between us and it answered.
func judgeSilence(p *problem, f *adapters.Failure) {
	switch {
	case p.code == 413: // refused for its size alone
		f.Outcome = adapters.Failed
	case p.code == 429, p.code == 503, p.partial: // it was not passed on
		f.Outcome = adapters.Retry
	case p.code >= 300 && p.code < 500: // not the Bot API at all
		f.Outcome, f.Everywhere, f.After = adapters.Retry, true, mendTime
	case p.code != 0, p.left:
		f.Outcome = adapters.Uncertain
	default:
		f.Outcome = adapters.Retry
	}
}

// closedRoom says that the room takes no posts at all. A right that is missing for
// files leaves it open.
func closedRoom(p *problem) bool {
	for _, words := range closed {
		if says(p, words) {
			return p.method == "sendMessage" || !strings.Contains(words, "rights to send")
		}
	}
	return false
}

// again says what became of a change: one whose outcome nobody knows may be made
// once more, since it comes to the same.
func again(err error) error {
	if err == nil {
		return nil
	}
	f := *adapters.Judge(err)
	if f.Outcome == adapters.Uncertain {
		f.Outcome = adapters.Retry
	}
	return &f
}
