package telegramtest

import (
	"bytes"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"
)

// webhook is where updates are posted to.
type webhook struct {
	url, secret string
	atOnce      int
	lastError   string
}

var secretForm = regexp.MustCompile(`^[A-Za-z0-9_-]{0,256}$`)

func setWebhook(s *Server, _ *http.Request, p Params) answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	u, err := url.Parse(p.Get("url"))
	if p.Get("url") != "" && (err != nil || u.Host == "" || !strings.HasPrefix(u.Scheme, "http")) {
		return badRequest("bad webhook: An HTTPS URL must be provided for webhook")
	}
	if !secretForm.MatchString(p.Get("secret_token")) {
		return badRequest("secret token contains unallowed characters")
	}
	if a, ok := s.allow(p); !ok {
		return a
	}
	if p.Get("drop_pending_updates") == "true" {
		s.queue = nil
	}
	s.endPoll("terminated by setWebhook request")
	s.hook = webhook{url: p.Get("url"), secret: p.Get("secret_token"), atOnce: 40}
	s.wake()
	return answer{OK: true, Result: true, Description: "Webhook was set"}
}

func deleteWebhook(s *Server, _ *http.Request, p Params) answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	if p.Get("drop_pending_updates") == "true" {
		s.queue = nil
	}
	s.hook = webhook{}
	return answer{OK: true, Result: true, Description: "Webhook was deleted"}
}

func getWebhookInfo(s *Server, _ *http.Request, _ Params) answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	info := map[string]any{"url": s.hook.url, "has_custom_certificate": false, "pending_update_count": len(s.queue)}
	if s.hook.lastError != "" {
		info["last_error_message"] = s.hook.lastError
	}
	return result(info)
}

// post posts updates to the webhook until the server ends. What is not taken
// is tried again; others go on meanwhile, so order is not kept.
func (s *Server) post() {
	for {
		s.mu.Lock()
		changed := s.changed
		s.postDue()
		s.mu.Unlock()
		select {
		case <-s.ctx.Done():
			return
		case <-changed:
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// postDue starts posting what is due; the caller holds the mutex.
func (s *Server) postDue() {
	if s.hook.url == "" {
		return
	}
	busy := 0
	for _, u := range s.queue {
		if u.busy {
			busy++
		}
	}
	for _, u := range s.queue {
		if u.busy || time.Now().Before(u.next) || busy >= s.hook.atOnce {
			continue
		}
		u.busy, busy = true, busy+1
		hook := s.hook
		s.wg.Go(func() { s.postOne(hook, u) })
	}
}

func (s *Server) postOne(hook webhook, u *pending) {
	status := s.postTo(hook, u)
	s.mu.Lock()
	defer s.mu.Unlock()
	u.busy = false
	if status >= 200 && status < 300 {
		s.queue = slices.DeleteFunc(s.queue, func(o *pending) bool { return o == u })
		return
	}
	u.next = time.Now().Add(100 * time.Millisecond)
	s.hook.lastError = "Wrong response from the webhook: " + itoa(int64(status))
}

func (s *Server) postTo(hook webhook, u *pending) int {
	req, err := http.NewRequestWithContext(s.ctx, http.MethodPost, hook.url, bytes.NewReader(u.raw))
	if err != nil {
		return 0
	}
	req.Header.Set("Content-Type", "application/json")
	if hook.secret != "" {
		req.Header.Set("X-Telegram-Bot-Api-Secret-Token", hook.secret)
	}
	res, err := s.client.Do(req)
	if err != nil {
		return 0
	}
	_ = res.Body.Close()
	return res.StatusCode
}
