package slack_test

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/s4bot/s4bot/internal/adapters/slack"
	"github.com/s4bot/s4bot/internal/adapters/slack/slacktest"
	"github.com/s4bot/s4bot/internal/chat"
)

// send posts a body with the headers of a signature.
func send(t *testing.T, to, body string, h http.Header) (status int, answer string) {
	t.Helper()
	req, err := http.NewRequest(http.MethodPost, to, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header = h.Clone()
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	raw, _ := io.ReadAll(res.Body)
	return res.StatusCode, string(raw)
}

func signed(body string) http.Header {
	return slacktest.Sign(slacktest.SigningSecret, []byte(body), time.Now())
}

// said is an event of a person's message in the case's thread.
func (h *hearing) said(id, ts, text string) string {
	return `{"type":"event_callback","event_id":"` + id + `","event":{"type":"message","channel":"C0DESK","user":"U0LI","ts":"` + ts + `","thread_ts":"` + h.root + `","text":"` + text + `"}}`
}

func TestOnlyGenuineRequestsCount(t *testing.T) {
	h := prepare(t)
	base := h.byHTTP()
	body := h.said("Ev1", "1900000000.000100", "hi")
	none := http.Header{}
	for _, c := range []struct {
		name   string
		body   string
		h      http.Header
		status int
	}{
		{"no signature", body, none, 401},
		{"another secret", body, slacktest.Sign("other", []byte(body), time.Now()), 401},
		{"old", body, slacktest.Sign(slacktest.SigningSecret, []byte(body), time.Now().Add(-6*time.Minute)), 401},
		{"from the future", body, slacktest.Sign(slacktest.SigningSecret, []byte(body), time.Now().Add(6*time.Minute)), 401},
		{"a changed body", body + " ", signed(body), 401},
		{"too large", strings.Repeat(" ", 1<<20) + body, signed(body), 413},
	} {
		for _, path := range []string{"/slack/events", "/slack/interactions", "/slack/commands"} {
			if status, _ := send(t, base+path, c.body, c.h); status != c.status {
				t.Errorf("%s at %s: status %d, want %d", c.name, path, status, c.status)
			}
		}
	}
	if n := len(h.desk.all()); n != 0 {
		t.Fatalf("handed over: %s", h.desk)
	}
	if status, _ := send(t, base+"/slack/events", body, signed(body)); status != 200 {
		t.Errorf("status %d", status)
	}
	h.heard(1)
	if res, err := http.Get(base + "/slack/events"); err != nil || res.StatusCode != 405 {
		t.Errorf("GET: %v, %v", res, err)
	}
}

func TestWithoutASecretNothingIsGenuine(t *testing.T) {
	h := prepare(t, func(c *slack.Config) { c.SigningSecret = "" })
	if err := h.server.Subscribe("http://127.0.0.1:1"); err == nil {
		t.Fatal("no error")
	}
	body := h.said("Ev1", "1900000000.000100", "hi")
	s := h.serve()
	if status, _ := send(t, s+"/slack/events", body, slacktest.Sign("", []byte(body), time.Now())); status != 401 {
		t.Errorf("status %d", status)
	}
}

func TestWhatCannotBeReadIsNotSentAgain(t *testing.T) {
	h := prepare(t)
	base := h.byHTTP()
	for _, body := range []string{`{`, `[]`, `7`, `{"type":"event_callback"}`, `{"type":"event_callback","event":{"type":7}}`, `{"type":"event_callback","event":{"type":"message","text":7}}`} {
		if status, _ := send(t, base+"/slack/events", body, signed(body)); status != 200 {
			t.Errorf("%s: status %d", body, status)
		}
	}
	if status, _ := send(t, base+"/slack/interactions", "payload=%7B", signed("payload=%7B")); status != 200 {
		t.Errorf("status %d", status)
	}
	if n := h.bot.Quarantined(); n != 7 {
		t.Errorf("%d in quarantine", n)
	}
}

// A desk that is down or slow gets time, but Slack gets its answer; what was answered
// is handed over in the end, once.
func TestSlackIsAnsweredInTime(t *testing.T) {
	for name, trouble := range map[string]func(*deskBox){
		"down": func(d *deskBox) { d.refuse = func(chat.Act) error { return errors.New("down") } },
		"slow": func(d *deskBox) { d.delay = 400 * time.Millisecond },
	} {
		h := prepare(t)
		base := h.byHTTP()
		h.desk.set(trouble)
		body := h.said("Ev1", "1900000000.000100", "hi")
		begun := time.Now()
		if status, _ := send(t, base+"/slack/events", body, signed(body)); status != 200 || time.Since(begun) > 350*time.Millisecond {
			t.Errorf("%s: status %d after %s", name, status, time.Since(begun))
		}
		h.desk.set(func(d *deskBox) { d.refuse = nil })
		h.eventually("it is handed over", func() bool { return len(h.desk.all()) == 1 })
		if status, _ := send(t, base+"/slack/events", body, signed(body)); status != 200 {
			t.Errorf("%s: status %d", name, status)
		}
		h.heard(1)
	}
}
