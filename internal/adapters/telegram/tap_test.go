package telegram_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/s4bot/s4bot/internal/adapters/telegram/telegramtest"
	"github.com/s4bot/s4bot/internal/chat"
)

func TestATapIsAnsweredAndHandedOver(t *testing.T) {
	r := newRig(t)
	r.server.Know(1)
	if _, err := r.bot.Deliver(t.Context(), one, question("q", "yes", "no")); err != nil {
		t.Fatal(err)
	}
	m := r.server.Sent(1)[0]
	handed := make(chan struct{})
	stop := r.poll(r.bot, func(ctx context.Context, ms ...chat.Message) error {
		r.eventually("answered before the work is done", func() bool { return len(r.server.CallsOf("answerCallbackQuery")) > 0 })
		defer close(handed)
		return r.inbox.handle(ctx, ms...)
	})
	r.server.Tap(1, m.ID, m.Options()[1].Data)
	<-handed
	_ = stop()
	got := r.inbox.all("1")
	if len(got) != 1 || got[0].Choice != "id_of_no" || got[0].Post != "p12" || got[0].Text != "" || !strings.HasPrefix(got[0].ID, "cb") {
		t.Errorf("got %+v", got)
	}
	if now := r.server.Sent(1)[0]; now.Edits != 0 || len(now.Options()) != 2 {
		t.Errorf("the adapter settles by itself: %+v", now.Rows)
	}
}

func TestALongOptionComesBackAsItsKey(t *testing.T) {
	r := newRig(t)
	r.server.Know(1)
	long := chat.Option{ID: strings.Repeat("收银员:", 20), Label: "yes"}
	post := question("q")
	post.Options = []chat.Option{long, {ID: strings.Repeat("x", 40), Label: "no"}}
	if _, err := r.bot.Deliver(t.Context(), one, post); err != nil {
		t.Fatal(err)
	}
	m := r.server.Sent(1)[0]
	r.poll(r.bot, r.inbox.handle)
	r.server.Tap(1, m.ID, m.Options()[0].Data)
	r.server.Tap(1, m.ID, m.Options()[1].Data)
	r.eventually("taken in", func() bool { return len(r.inbox.all("1")) == 2 })
	got := r.inbox.all("1")
	if got[0].Post != "p12" || got[0].Choice != long.Key() || got[1].Choice != post.Options[1].ID || len(long.ID) != 200 {
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
	r.server.Tap(1, m.ID, m.Options()[1].Data)
	r.server.Tap(1, 4000, "p1:old") // of a message that Telegram shows no more
	r.server.Tap(1, m.ID, "nonsense")
	stop := r.poll(r.bot, r.inbox.handle)
	r.eventually("taken in", func() bool { return r.inbox.count() == 1 })
	r.server.Repeat(tap)
	r.eventually("repeated", func() bool { return len(r.inbox.all("1")) == 5 })
	_ = stop()
	got := r.inbox.all("1")
	if got[0].ID != got[4].ID || got[0].ID == got[1].ID {
		t.Errorf("ids: %s %s %s", got[0].ID, got[1].ID, got[4].ID)
	}
	if got[3].Choice != "nonsense" || got[3].Post != "" || got[2].Post != "p1" {
		t.Errorf("got %+v", got)
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
	if c := r.server.CallsOf("setMyCommands"); len(c) != 2 || c[0].Params.Has("language_code") || c[1].Params.Get("language_code") != "zh" ||
		!strings.Contains(c[1].Params.Get("commands"), "删除我的记录") {
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
