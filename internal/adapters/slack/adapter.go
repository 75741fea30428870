// Package slack is the agents' desk in Slack.
//
// It delivers posts to the desk: a case as one card in the desk's channel, and all
// else in the thread below it; it shows what became of what agents write, and hands
// over what they do. A post arrives once, also where an answer of Slack got lost: it
// is found again by its metadata. What merchants write arrives to the letter and
// calls nobody. The tokens and the signing secret are in no error and no log line.
//
// It keeps nothing that must outlive the process: what is not accepted yet, Slack
// sends again or keeps in the threads. It knows nothing of dialogs.
package slack

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/chat"
)

// Platform is the name of this platform in rooms.
const Platform = "slack"

// Config says which app this is, where its desk is, and how events come in.
type Config struct {
	BotToken string // SLACK_BOT_TOKEN, xoxb-…
	// AppToken (SLACK_APP_TOKEN, xapp-…) lets events come by Socket Mode,
	// SigningSecret (SLACK_SIGNING_SECRET) by HTTP.
	AppToken      string
	SigningSecret string
	// APIBase is where the Web API is (SLACK_API_BASE), with or without the /api
	// part; empty: the official one.
	APIBase string
	// DeskChannel is the id of the channel where cases arrive (SLACK_DESK_CHANNEL);
	// empty: the desk is elsewhere, and Slack has the knowledge alone.
	DeskChannel string
	// Lang is the desk's language: "zh" or "en"; empty: zh.
	Lang string
	// RemindGroup is the id of the user group (S…) that a second reminder calls;
	// empty: those who are there.
	RemindGroup string
	// Desk takes in what agents do, Consult answers their questions, and Files
	// fetches the files of other platforms; nil: a line says that there was one.
	Desk    adapters.DeskHandler
	Consult adapters.Consultant
	Files   adapters.Opener
	// Improve changes the knowledge as agents propose and Owner, a user's id, decides;
	// without both of them nobody is asked.
	Improve adapters.Improver
	Owner   string
	// OpenRooms, if set, gives the threads of open cases, for catching up at the start
	// on what agents wrote while the program was not there.
	OpenRooms func(ctx context.Context) []chat.Room
}

// Adapter is one app in Slack. Its methods may be called at the same time.
type Adapter struct {
	config   Config
	log      *slog.Logger
	client   *http.Client
	pace     timing
	taking   taking
	in       *intake
	faults   faultLog
	lastCard atomic.Int64 // when a card was last posted, in milliseconds

	mu       sync.Mutex                       // guards what follows
	progress adapters.Memo[string, sending]   // posts that are not complete, by their names
	marked   adapters.Memo[string, chat.Mark] // agents' messages that did not plainly arrive
}

var _ adapters.Deliverer = (*Adapter)(nil)

// New makes an adapter; it calls nobody. An error names the setting that is
// wrong and holds no secret.
func New(c Config, log *slog.Logger) (*Adapter, error) {
	for _, s := range []*string{&c.BotToken, &c.AppToken, &c.SigningSecret, &c.APIBase, &c.DeskChannel, &c.RemindGroup, &c.Owner} {
		*s = strings.TrimSpace(*s)
	}
	c.Lang = cmp.Or(c.Lang, "zh")
	base, err := apiBase(c.APIBase)
	if err := errors.Join(err, c.check()); err != nil {
		return nil, err
	}
	c.APIBase = base
	return &Adapter{config: c, log: log, client: newClient(), pace: usualTiming, taking: usualTaking, in: newIntake()}, nil
}

// check finds settings that can't be meant.
func (c Config) check() error {
	if c.Lang != "zh" && c.Lang != "en" {
		return errors.New("the desk's language must be zh or en")
	}
	return errors.Join(
		checkToken("SLACK_BOT_TOKEN", c.BotToken, "xapp-", "it begins with xoxb-, and xapp- is for SLACK_APP_TOKEN"),
		ifSet(c.AppToken, func() error {
			return checkToken("SLACK_APP_TOKEN", c.AppToken, "xoxb-", "it begins with xapp-, and xoxb- is for SLACK_BOT_TOKEN")
		}),
		ifSet(c.DeskChannel, func() error {
			return checkID("SLACK_DESK_CHANNEL", c.DeskChannel, "a channel's id such as C0123456789, not its name")
		}),
		ifSet(c.RemindGroup, func() error {
			return checkID("the group to remind", c.RemindGroup, "a user group's id such as S0123456789, not its name")
		}),
		ifSet(c.Owner, func() error {
			if userForm.MatchString(c.Owner) {
				return nil
			}
			return errors.New("the knowledge's owner must be a user's id such as U0123456789, not their name")
		}),
	)
}

func ifSet(value string, check func() error) error {
	if value == "" {
		return nil
	}
	return check()
}

func checkToken(name, value, wrong, hint string) error {
	switch {
	case value == "":
		return errors.New(name + " is empty")
	case strings.ContainsAny(value, " \t\r\n\"'"):
		return errors.New(name + " has characters that no token has")
	case strings.HasPrefix(value, wrong):
		return errors.New(name + " is a token of another kind: " + hint)
	}
	return nil
}

func checkID(name, value, what string) error {
	if strings.ContainsAny(value, "#@/:<>|, \t\r\n") {
		return errors.New(name + " must be " + what)
	}
	return nil
}

// apiBase gives the address that methods are appended to.
func apiBase(address string) (string, error) {
	address = strings.TrimRight(cmp.Or(address, "https://slack.com/api"), "/")
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return "", fmt.Errorf("SLACK_API_BASE is not an http or https address")
	}
	return strings.TrimSuffix(address, "/api") + "/api/", nil
}

// newClient gives an HTTP client that keeps to HTTP/1.1, where it is plain
// whether a request left, and that follows no redirect with a token in it.
func newClient() *http.Client {
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.MaxIdleConnsPerHost = 16
	t.IdleConnTimeout = 30 * time.Second
	t.ForceAttemptHTTP2 = false
	t.Protocols = new(http.Protocols)
	t.Protocols.SetHTTP1(true)
	return &http.Client{
		Transport:     t,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// Close ends what runs in the background and closes idle connections. Run and the
// HTTP handlers must have ended before.
func (a *Adapter) Close() {
	a.in.hooks.end()
	a.client.CloseIdleConnections()
}
