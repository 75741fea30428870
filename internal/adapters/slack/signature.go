package slack

import (
	"errors"
	"io"
	"net/http"

	slackgo "github.com/slack-go/slack"
)

// bodyLimit is how large a request from Slack may be, in bytes.
const bodyLimit = 1 << 20

// signed lets only requests through that Slack signed within the last five
// minutes, over the raw body: all others are answered here, and nothing of them is
// read. handle is given the body.
func (a *Adapter) signed(handle func(w http.ResponseWriter, body []byte)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost {
			w.Header().Set("Allow", http.MethodPost)
			http.Error(w, "POST only", http.StatusMethodNotAllowed)
			return
		}
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, bodyLimit))
		if err != nil {
			http.Error(w, "the body could not be read", unreadable(err))
			return
		}
		if !a.genuine(r.Header, body) {
			http.Error(w, "wrong signature", http.StatusUnauthorized)
			return
		}
		handle(w, body)
	})
}

func unreadable(err error) int {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return http.StatusRequestEntityTooLarge
	}
	return http.StatusBadRequest
}

// genuine says whether Slack signed a body a short while ago. It compares in
// constant time. Without a signing secret nothing is genuine.
func (a *Adapter) genuine(h http.Header, body []byte) bool {
	v, err := slackgo.NewSecretsVerifier(h, a.config.SigningSecret)
	if err != nil {
		return false
	}
	if _, err := v.Write(body); err != nil {
		return false
	}
	return v.Ensure() == nil
}
