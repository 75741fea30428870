package telegram_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/s4bot/s4bot/internal/adapters/telegram/telegramtest"
	"github.com/s4bot/s4bot/internal/chat"
)

func TestATapIsAnsweredHandedOverAndSettled(t *testing.T) {
	r := newRig(t)
	r.server.Know(1)
	if _, err := r.bot.Deliver(t.Context(), one, question("q", "yes", "no")); err != nil {
		t.Fatal(err)
	}
	m := r.server.Sent(1)[0]
	answered := make(chan struct{})
	r.poll(r.bot, func(ctx context.Context, ms ...chat.Message) error {
		r.eventually("answered before the work is done", func() bool { return len(r.server.CallsOf("answerCallbackQuery")) > 0 })
		if len(r.server.CallsOf("editMessageReplyMarkup")) > 0 && r.inbox.count() == 0 {
			t.Error("settled before it was accepted")
		}
		defer close(answered)
		return r.inbox.handle(ctx, ms...)
	})
	r.server.Tap(1, m.ID, m.Options()[1].Data)
	<-answered
	r.eventually("settled", func() bool { return r.server.Sent(1)[0].Edits == 1 })
	if got := r.server.Sent(1)[0].Options(); len(got) != 1 || got[0].Label != "✓ no" || got[0].Data != m.Options()[1].Data {
		t.Errorf("keyboard: %+v", got)
	}
	got := r.inbox.all("1")
	if len(got) != 1 || got[0].Choice != "id_of_no" || got[0].Post != "p12" || got[0].Text != "" || !strings.HasPrefix(got[0].ID, "cb") {
		t.Errorf("got %+v", got)
	}
}

func TestRepeatedAndLateTaps(t *testing.T) {
	r := newRig(t)
	r.server.CallbackAge = 0 // every tap is too old to be answered
	r.server.Know(1)
	if _, err := r.bot.Deliver(t.Context(), one, question("q", "yes", "no")); err != nil {
		t.Fatal(err)
	}
	m := r.server.Sent(1)[0]
	tap := r.server.Tap(1, m.ID, m.Options()[0].Data)
	r.server.Tap(1, m.ID, m.Options()[1].Data) // before the keyboard is settled
	r.server.Tap(1, 4000, "p1:old")            // of a message that Telegram shows no more
	r.server.Tap(1, m.ID, "nonsense")
	stop := r.poll(r.bot, r.inbox.handle)
	r.eventually("taken in", func() bool { return r.inbox.count() == 1 })
	r.server.Repeat(tap)
	r.eventually("repeated", func() bool { return len(r.inbox.all("1")) == 5 })
	r.eventually("settled", func() bool { return r.server.Sent(1)[0].Edits == 1 })
	time.Sleep(50 * time.Millisecond)
	_ = stop()
	got := r.inbox.all("1")
	if got[0].ID != got[4].ID || got[0].ID == got[1].ID {
		t.Errorf("ids: %s %s %s", got[0].ID, got[1].ID, got[4].ID)
	}
	if got[3].Choice != "nonsense" || got[3].Post != "" || got[2].Post != "p1" {
		t.Errorf("got %+v", got)
	}
	if keys := r.server.Sent(1)[0].Options(); len(keys) != 1 || keys[0].Label != "✓ yes" {
		t.Errorf("the first tap counts, but the keyboard is %v", keys)
	}
	if strings.Contains(r.log.String(), "too old") {
		t.Errorf("log: %s", r.log)
	}
}

func TestTypingAndCommands(t *testing.T) {
	r := newRig(t)
	r.server.Know(1)
	r.bot.Typing(t.Context(), one)
	if err := r.bot.SetCommands(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := len(r.server.CallsOf("sendChatAction")); n != 1 {
		t.Errorf("typing was shown %d times", n)
	}
	if c := r.server.CallsOf("setMyCommands"); len(c) != 2 || c[0].Params.Has("language_code") || c[1].Params.Get("language_code") != "zh" {
		t.Errorf("got %+v", c)
	}
	r.server.SetFault(func(string, telegramtest.Params) telegramtest.Fault {
		return telegramtest.Fault{Kind: telegramtest.HangBefore}
	})
	start := time.Now()
	r.bot.Typing(t.Context(), one)
	if d := time.Since(start); d > 3*time.Second {
		t.Errorf("typing took %v", d)
	}
}
