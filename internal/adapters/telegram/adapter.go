// Package telegram is the merchants' side on Telegram, over the Bot API.
//
// It hands updates over as messages, by long polling or by a webhook, and
// confirms them to Telegram only once they are accepted; it delivers posts as
// plain text and files with inline keyboards, changes and deletes them, and tells
// what became of each. The token is in no error and no log line of it.
//
// It keeps nothing that must outlive the process: what is not accepted yet,
// Telegram sends again. It knows nothing of dialogs.
package telegram

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"github.com/s4bot/s4bot/internal/adapters"
)

// Platform is the name of this platform in rooms.
const Platform = "telegram"

// Config says which bot this is and how updates come in.
type Config struct {
	Token string // TELEGRAM_TOKEN, from BotFather
	// APIBase is where the Bot API is, without the /bot part (TELEGRAM_API_BASE);
	// empty: the official one.
	APIBase string
	// WebhookURL is the public address that SetWebhook names to Telegram; empty:
	// long polling. WebhookSecret is what Telegram proves itself with (letters,
	// digits, _ and -, at most 256); empty: one is derived from the token.
	WebhookURL    string
	WebhookSecret string
	// Quarantine, if set, is given each update that could not be decoded. It is
	// called before the update is confirmed; raw is content and may not be logged.
	Quarantine func(updateID int64, raw []byte)
	// Files fetches the files of other platforms; nil: a post with such a file
	// fails.
	Files adapters.Opener
}

// Adapter is one bot on Telegram. Its methods may be called at the same time.
type Adapter struct {
	config Config
	log    *slog.Logger
	client *http.Client
	pace   timing
	self   atomic.Pointer[tgbotapi.User] // the bot, once getMe told
	hooks  *errands                      // what webhook calls leave behind
	groups *groupPace

	quarantined atomic.Int64

	mu       sync.Mutex                        // guards what follows
	progress adapters.Memo[partKey, reference] // messages sent of posts that are not complete
	moved    adapters.Memo[int64, int64]       // group → the supergroup that it became
	albums   adapters.Memo[albumKey, struct{}] // in groups, that are for the bot
}

var _ adapters.Deliverer = (*Adapter)(nil)

var secretForm = regexp.MustCompile(`^[A-Za-z0-9_-]{1,256}$`)

// New makes an adapter; it calls nobody. An error names the setting that is
// wrong and holds no secret.
func New(c Config, log *slog.Logger) (*Adapter, error) {
	c.Token = strings.TrimSpace(c.Token)
	if c.Token == "" || strings.ContainsAny(c.Token, "/?#% \t\r\n") {
		return nil, errors.New("TELEGRAM_TOKEN is empty or has characters that no token has")
	}
	if c.APIBase == "" {
		c.APIBase = "https://api.telegram.org"
	}
	c.APIBase = strings.TrimRight(c.APIBase, "/")
	if err := httpAddress("TELEGRAM_API_BASE", c.APIBase); err != nil {
		return nil, err
	}
	if c.WebhookURL != "" {
		if err := httpAddress("TELEGRAM_WEBHOOK_URL", c.WebhookURL); err != nil {
			return nil, err
		}
	}
	if c.WebhookSecret == "" {
		sum := sha256.Sum256([]byte("webhook secret of " + c.Token))
		c.WebhookSecret = hex.EncodeToString(sum[:])
	}
	if !secretForm.MatchString(c.WebhookSecret) {
		return nil, errors.New("TELEGRAM_WEBHOOK_SECRET may have only letters, digits, _ and -, at most 256")
	}
	return &Adapter{
		config: c, log: log, client: newClient(), pace: usualTiming,
		hooks: newErrands(context.Background()), groups: newGroupPace(),
	}, nil
}

func httpAddress(name, address string) error {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return fmt.Errorf("%s is not an http or https address", name)
	}
	return nil
}

// newClient gives an HTTP client that keeps to HTTP/1.1, where it is plain
// whether a request left, and that follows no redirect with a token in it.
func newClient() *http.Client {
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.MaxIdleConnsPerHost = 64
	t.IdleConnTimeout = 30 * time.Second
	t.ForceAttemptHTTP2 = false
	t.Protocols = new(http.Protocols)
	t.Protocols.SetHTTP1(true)
	return &http.Client{
		Transport:     t,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// Quarantined says how many updates could not be decoded since the start.
func (a *Adapter) Quarantined() int64 { return a.quarantined.Load() }

// Close ends what runs in the background and closes idle connections. Poll
// and the webhook must have ended before.
func (a *Adapter) Close() {
	a.hooks.end()
	a.client.CloseIdleConnections()
}
