package telegram_test

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/adapters/telegram"
	"github.com/s4bot/s4bot/internal/adapters/telegram/telegramtest"
	"github.com/s4bot/s4bot/internal/chat"
)

// hook serves a webhook and gives its address.
func (r *rig) hook(handle adapters.Handler) string {
	s := httptest.NewServer(r.bot.Webhook(handle))
	r.t.Cleanup(s.Close)
	return s.URL + "/telegram"
}

func post(t *testing.T, url, secret, body string) *http.Response {
	t.Helper()
	req, err := http.NewRequest(http.MethodPost, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if secret != "" {
		req.Header.Set("X-Telegram-Bot-Api-Secret-Token", secret)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	return res
}

const update = `{"update_id":7,"message":{"message_id":3,"date":1700000000,"text":"S4","chat":{"id":1,"type":"private"},"from":{"id":1,"first_name":"Li"}}}`

func TestWebhookAnswers(t *testing.T) {
	r := newRig(t)
	r.bot = r.adapter(telegram.Config{Token: telegramtest.Token, APIBase: r.server.URL, WebhookSecret: "open-sesame"})
	url := r.hook(r.inbox.handle)
	for _, c := range []struct {
		name, secret, body string
		status, taken      int
	}{
		{"no secret", "", update, 401, 0},
		{"wrong secret", "open-sesam", update, 401, 0},
		{"an update", "open-sesame", update, 200, 1},
		{"unknown kind", "open-sesame", `{"update_id":8,"chat_boost":{}}`, 200, 1},
		{"poison", "open-sesame", `{"update_id":9,"message":{"chat":"no"}}`, 200, 1},
		{"no JSON", "open-sesame", `hello`, 200, 1},
		{"too large", "open-sesame", strings.Repeat(" ", 1<<20) + update, 413, 1},
	} {
		if res := post(t, url, c.secret, c.body); res.StatusCode != c.status || r.inbox.count() != c.taken {
			t.Errorf("%s: status %d, %d taken in; want %d, %d", c.name, res.StatusCode, r.inbox.count(), c.status, c.taken)
		}
	}
	r.inbox.refuseIf(func([]chat.Message) bool { return true })
	if res := post(t, url, "open-sesame", update); res.StatusCode != 503 || res.Header.Get("Retry-After") != "1" {
		t.Errorf("not accepted: status %d, Retry-After %q", res.StatusCode, res.Header.Get("Retry-After"))
	}
	res, err := http.Get(url)
	if err != nil || res.StatusCode != 405 {
		t.Errorf("GET: %v, %v", res, err)
	}
}

func TestWebhookAgainstTheServer(t *testing.T) {
	r := newRig(t)
	down := true
	r.inbox.refuseIf(func([]chat.Message) bool { down = !down; return !down })
	url := ""
	h := http.NewServeMux()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	url = s.URL + "/telegram"
	r.bot = r.adapter(telegram.Config{Token: telegramtest.Token, APIBase: r.server.URL, WebhookURL: url})
	h.Handle("/telegram", r.bot.Webhook(r.inbox.handle))
	if err := r.bot.SetWebhook(t.Context()); err != nil {
		t.Fatal(err)
	}
	r.server.Say(1, "S4")
	r.server.Say(-5, "not for the bot")
	r.server.Say(-5, "@"+telegramtest.Username+" S4")
	r.eventually("all is posted", func() bool { return r.server.Unconfirmed() == 0 })
	if a, b := r.inbox.texts("1"), r.inbox.texts("-5"); a != "S4" || b != "S4" {
		t.Errorf("got %q and %q", a, b)
	}
	if err := r.bot.DeleteWebhook(t.Context()); err != nil {
		t.Fatal(err)
	}
	r.server.Say(1, "waits")
	time.Sleep(60 * time.Millisecond)
	if r.server.Unconfirmed() != 1 {
		t.Error("posted after the webhook was deleted")
	}
}

// A handover that has begun is finished even if Telegram hangs up.
func TestWebhookFinishesAHandover(t *testing.T) {
	r := newRig(t)
	r.bot = r.adapter(telegram.Config{Token: telegramtest.Token, APIBase: r.server.URL, WebhookSecret: "x"})
	begun, ended := make(chan struct{}), make(chan error, 1)
	url := r.hook(func(ctx context.Context, _ ...chat.Message) error {
		close(begun)
		select {
		case <-ctx.Done():
		case <-time.After(200 * time.Millisecond):
		}
		ended <- ctx.Err()
		return ctx.Err()
	})
	conn, err := net.Dial("tcp", strings.TrimSuffix(strings.TrimPrefix(url, "http://"), "/telegram"))
	if err != nil {
		t.Fatal(err)
	}
	req, _ := http.NewRequest(http.MethodPost, url, strings.NewReader(update))
	req.Header.Set("X-Telegram-Bot-Api-Secret-Token", "x")
	if err := req.Write(conn); err != nil {
		t.Fatal(err)
	}
	<-begun
	_ = conn.Close()
	if err := <-ended; err != nil {
		t.Errorf("the handover was broken off: %v", err)
	}
}

func TestNewNamesWhatIsWrong(t *testing.T) {
	for name, c := range map[string]telegram.Config{
		"TELEGRAM_TOKEN":          {Token: " "},
		"TELEGRAM_API_BASE":       {Token: "1:a", APIBase: "localhost:80"},
		"TELEGRAM_WEBHOOK_URL":    {Token: "1:a", WebhookURL: "/telegram"},
		"TELEGRAM_WEBHOOK_SECRET": {Token: "1:a", WebhookSecret: "ä"},
	} {
		if _, err := telegram.New(c, nil); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}
