package telegram

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"time"

	"github.com/s4bot/s4bot/internal/adapters"
)

// bodyLimit is how large an update may be, in bytes.
const bodyLimit = 1 << 20

// secretHeader is where Telegram proves itself.
const secretHeader = "X-Telegram-Bot-Api-Secret-Token"

// Webhook takes updates in as Telegram posts them; it belongs under /telegram.
// It answers 200 once handle accepted the update, or if there is nothing in it
// for the bot; 503 if it was not accepted, so that Telegram sends it again; 401
// without the right secret, and then nothing is handed over. A handover that
// has begun is finished even if Telegram hangs up.
func (a *Adapter) Webhook(handle adapters.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost {
			w.Header().Set("Allow", http.MethodPost)
			http.Error(w, "POST only", http.StatusMethodNotAllowed)
			return
		}
		if !a.genuine(r.Header.Get(secretHeader)) {
			http.Error(w, "wrong secret", http.StatusUnauthorized)
			return
		}
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, bodyLimit))
		if err != nil {
			http.Error(w, "the body could not be read", unreadable(err))
			return
		}
		if err := a.receive(context.WithoutCancel(r.Context()), handle, body); err != nil {
			a.log.Warn("a Telegram update was not accepted; it comes again", "err", err)
			w.Header().Set("Retry-After", "1")
			http.Error(w, "not accepted now", http.StatusServiceUnavailable)
		}
	})
}

func unreadable(err error) int {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return http.StatusRequestEntityTooLarge
	}
	return http.StatusBadRequest
}

// genuine compares a secret with ours in constant time.
func (a *Adapter) genuine(secret string) bool {
	got, want := sha256.Sum256([]byte(secret)), sha256.Sum256([]byte(a.config.WebhookSecret))
	return subtle.ConstantTimeCompare(got[:], want[:]) == 1
}

// receive hands one update over; nil: it is accepted.
func (a *Adapter) receive(ctx context.Context, handle adapters.Handler, body []byte) error {
	if err := a.knowSelf(ctx, body); err != nil {
		return err
	}
	b := a.read([]json.RawMessage{body}, 0, a.hooks)
	return a.hand(ctx, handle, b)
}

// knowSelf asks who the bot is before the first message from a group: which of
// those are for the bot depends on its name. Private chats need not wait.
func (a *Adapter) knowSelf(ctx context.Context, body []byte) error {
	u, err := decode(body)
	if err != nil {
		return nil // for the quarantine
	}
	for _, m := range []*message{u.Message, u.EditedMessage} {
		if m != nil && !m.Chat.private() {
			return a.identify(ctx, 5*time.Second)
		}
	}
	return nil
}
