package telegram_test

import (
	"context"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/s4bot/s4bot/internal/adapters/telegram"
	"github.com/s4bot/s4bot/internal/adapters/telegram/telegramtest"
)

func hooked(r *rig, token string) *telegram.Adapter {
	return r.adapter(telegram.Config{Token: token, APIBase: r.server.URL, WebhookURL: "http://127.0.0.1:1/telegram"})
}

func TestSetWebhookKeepsTrying(t *testing.T) {
	for name, fault := range map[string]telegramtest.Fault{
		"500": {Kind: telegramtest.ErrorBefore}, "a proxy": {Kind: telegramtest.ProxyBefore},
		"a reset": {Kind: telegramtest.ResetBefore}, "429": {Kind: telegramtest.TooMany},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t)
			var n atomic.Int32
			r.server.SetFault(func(string, telegramtest.Params) telegramtest.Fault {
				if n.Add(1) <= 4 {
					return fault
				}
				return telegramtest.Fault{}
			})
			if err := hooked(r, telegramtest.Token).SetWebhook(t.Context()); err != nil {
				t.Fatal(err)
			}
			if calls, logged := len(r.server.CallsOf("setWebhook")), r.log.count("could not be set"); calls != 5 || logged != 1 {
				t.Errorf("%d calls, logged %d times", calls, logged)
			}
		})
	}
}

func TestSetWebhookEndsWithItsContext(t *testing.T) {
	r := newRig(t)
	a := hooked(r, telegramtest.Token)
	r.server.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if err := a.SetWebhook(ctx); err != nil || ctx.Err() == nil {
		t.Errorf("got %v", err)
	}
}

func TestSetWebhookSaysWhatToMend(t *testing.T) {
	r := newRig(t)
	if err := hooked(r, "1:wrong").SetWebhook(t.Context()); err == nil || !strings.Contains(err.Error(), "TELEGRAM_TOKEN is not valid") {
		t.Errorf("got %v", err)
	}
	r.server.SetFault(func(string, telegramtest.Params) telegramtest.Fault {
		return telegramtest.Fault{Kind: telegramtest.Refused, Text: "bad webhook: An HTTPS URL must be provided for webhook"}
	})
	err := hooked(r, telegramtest.Token).SetWebhook(t.Context())
	if err == nil || !strings.Contains(err.Error(), "TELEGRAM_WEBHOOK_URL") || !strings.Contains(err.Error(), "HTTPS URL") {
		t.Errorf("got %v", err)
	}
}
