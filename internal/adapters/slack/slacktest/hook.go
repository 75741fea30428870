package slacktest

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// hook is where the server posts to; an empty base: it uses sockets.
type hook struct {
	base    string
	busy    int       // posts under way
	started time.Time // the last one
}

// inOrder is how long a post waits for the one before it.
const inOrder = 50 * time.Millisecond

// Subscribe makes the server post to the bot, at base + /slack/events,
// /slack/interactions and /slack/commands, instead of using sockets. It verifies
// the first address as Slack does. An empty base: back to sockets.
func (s *Server) Subscribe(base string) error {
	if base != "" {
		if err := s.verify(base); err != nil {
			return err
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hook.base = base
	s.wake()
	return nil
}

func (s *Server) verify(base string) error {
	body := marshal(map[string]any{"token": "legacy", "type": "url_verification", "challenge": "challenge-of-the-test"})
	res, answer, err := s.postBody(base+"/slack/events", "application/json", body, nil)
	if err != nil {
		return fmt.Errorf("url_verification: %w", err)
	}
	var got struct {
		Challenge string `json:"challenge"`
	}
	if json.Unmarshal(answer, &got) != nil {
		got.Challenge = strings.TrimSpace(string(answer))
	}
	if res.StatusCode != http.StatusOK || got.Challenge != "challenge-of-the-test" {
		return fmt.Errorf("url_verification: %s, %q", res.Status, answer)
	}
	return nil
}

// Sign gives the headers with which Slack signs a body.
func Sign(secret string, body []byte, at time.Time) http.Header {
	ts := fmt.Sprint(at.Unix())
	mac := hmac.New(sha256.New, []byte(secret))
	_, _ = fmt.Fprintf(mac, "v0:%s:%s", ts, body)
	h := http.Header{}
	h.Set("X-Slack-Request-Timestamp", ts)
	h.Set("X-Slack-Signature", "v0="+hex.EncodeToString(mac.Sum(nil)))
	return h
}

// postBody posts a signed body, with headers that may be nil, and reads the answer.
func (s *Server) postBody(to, kind string, body []byte, extra http.Header) (*http.Response, []byte, error) {
	ctx, cancel := context.WithTimeout(s.ctx, s.AckWithin)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, to, bytes.NewReader(body))
	if err != nil {
		return nil, nil, err
	}
	for _, h := range []http.Header{Sign(SigningSecret, body, time.Now()), extra} {
		for name := range h {
			req.Header.Set(name, h.Get(name))
		}
	}
	req.Header.Set("Content-Type", kind)
	res, err := s.client.Do(req)
	if err != nil {
		return nil, nil, err
	}
	defer func() { _ = res.Body.Close() }()
	answer, err := io.ReadAll(res.Body)
	return res, answer, err
}

// post starts posting something; false: the one before it is not taken yet. The
// caller holds the mutex.
func (s *Server) post(d *Delivery) bool {
	if s.hook.busy > 0 && time.Since(s.hook.started) < inOrder {
		return false
	}
	s.hook.busy, s.hook.started = s.hook.busy+1, time.Now()
	base, extra := s.hook.base, http.Header{}
	if d.tries > 0 {
		extra.Set("X-Slack-Retry-Num", itoa(d.tries))
		extra.Set("X-Slack-Retry-Reason", strings.Replace(d.reason, "timeout", "http_timeout", 1))
	}
	try := d.tries + 1
	s.wg.Go(func() { s.posted(d, try, base, extra) })
	return true
}

// posted posts something and notes what became of it.
func (s *Server) posted(d *Delivery, try int, base string, extra http.Header) {
	to, kind, body := d.form()
	res, answer, err := s.postBody(base+to, kind, body, extra)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hook.busy--
	s.wake()
	switch {
	case err != nil || d.tries != try: // not in time: deliverDue notices
	case res.StatusCode < 300:
		s.acknowledge(d, payloadOf(d, answer))
	case res.Header.Get("X-Slack-No-Retry") == "1":
		s.finish(d)
	default:
		s.failed(d, "http_error")
	}
}

// form is where something is posted, and how.
func (d *Delivery) form() (to, kind string, body []byte) {
	const urlencoded = "application/x-www-form-urlencoded"
	switch d.Type {
	case "interactive":
		return "/slack/interactions", urlencoded, []byte(url.Values{"payload": {string(d.Payload)}}.Encode())
	case "slash_commands":
		var fields map[string]string
		_ = json.Unmarshal(d.Payload, &fields)
		values := url.Values{}
		for name, v := range fields {
			values.Set(name, v)
		}
		return "/slack/commands", urlencoded, []byte(values.Encode())
	}
	return "/slack/events", "application/json", d.Payload
}

// payloadOf reads the body of an answer. Commands may be answered with plain text.
func payloadOf(d *Delivery, body []byte) json.RawMessage {
	body = bytes.TrimSpace(body)
	switch {
	case len(body) == 0 || !d.answers:
		return nil
	case json.Valid(body) && body[0] == '{':
		return body
	case d.Type == "slash_commands":
		return marshal(map[string]any{"text": string(body)})
	}
	return nil
}
