package telegram_test

import (
	"context"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/s4bot/s4bot/internal/adapters/telegram"
	"github.com/s4bot/s4bot/internal/adapters/telegram/telegramtest"
	"github.com/s4bot/s4bot/internal/chat"
)

func TestPollHandsBurstsOverByRoom(t *testing.T) {
	r := newRig(t)
	for _, text := range []string{"S4", "交易失败", "快点"} {
		r.server.Say(1, text)
		r.server.Say(2, "2"+text)
	}
	r.poll(r.bot, r.inbox.handle)
	r.eventually("both rooms", func() bool { return r.inbox.count() == 2 })
	if a, b := r.inbox.texts("1"), r.inbox.texts("2"); a != "S4|交易失败|快点" || b != "2S4|2交易失败|2快点" {
		t.Errorf("got %q and %q", a, b)
	}
	m := r.inbox.all("1")[0]
	if m.Sender != "Wang Fang" || m.ID != "1" || m.Room.Platform != "telegram" || time.Since(m.At) > time.Minute {
		t.Errorf("got %+v", m)
	}
}

func TestPollConfirmsOnlyWhatWasAccepted(t *testing.T) {
	r := newRig(t)
	r.inbox.refuseIf(func(m []chat.Message) bool { return m[0].Room.ID == "2" })
	r.server.Say(1, "first")
	r.server.Say(2, "second")
	r.server.Say(1, "third")
	r.poll(r.bot, r.inbox.handle)
	r.eventually("the first is confirmed, the rest is not", func() bool { return r.server.Unconfirmed() == 2 })
	r.eventually("it comes again", func() bool { return strings.Count(r.inbox.texts("1"), "third") >= 2 })
	if n := r.server.Unconfirmed(); n != 2 {
		t.Fatalf("%d updates wait, want the refused one and the one behind it", n)
	}
	r.inbox.refuseIf(nil)
	r.eventually("all is confirmed", func() bool { return r.server.Unconfirmed() == 0 && r.inbox.texts("2") == "second" })
	if n := r.log.count("are not accepted"); n != 1 {
		t.Errorf("logged %d times", n)
	}
}

func TestPollSortsUpdates(t *testing.T) {
	r := newRig(t)
	r.server.Backwards = true
	r.inbox.refuseIf(func(m []chat.Message) bool { return m[0].Room.ID == "1" })
	for i, text := range []string{"S4", "交易失败", "快点"} {
		r.server.Say(1, text)
		r.server.Say(int64(2+i), text)
	}
	r.poll(r.bot, r.inbox.handle)
	r.eventually("the others are taken in", func() bool { return r.inbox.texts("4") != "" })
	if n := r.server.Unconfirmed(); n != 6 {
		t.Fatalf("%d updates wait, want all from the refused first one on", n)
	}
	r.inbox.refuseIf(nil)
	r.eventually("all is confirmed", func() bool { return r.server.Unconfirmed() == 0 })
	if got := r.inbox.texts("1"); !strings.HasSuffix(got, "S4|交易失败|快点") {
		t.Errorf("got %q", got)
	}
}

func TestPollHandsOverAgainAfterACrash(t *testing.T) {
	r := newRig(t)
	r.server.Say(1, "hello")
	handed := make(chan struct{}, 1)
	stop := r.poll(r.bot, func(ctx context.Context, _ ...chat.Message) error {
		handed <- struct{}{}
		<-ctx.Done() // the process dies before the commit
		return ctx.Err()
	})
	<-handed
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	r.poll(r.adapter(telegram.Config{Token: telegramtest.Token, APIBase: r.server.URL}), r.inbox.handle)
	r.eventually("it comes again", func() bool { return r.inbox.texts("1") == "hello" })
}

func TestPollEndsAtOnceAndRepeatsNothing(t *testing.T) {
	before := runtime.NumGoroutine()
	r := newRig(t)
	idle := runtime.NumGoroutine() - before
	stop := r.poll(r.bot, r.inbox.handle)
	r.server.Say(1, "hello")
	r.eventually("taken in", func() bool { return r.inbox.count() == 1 })
	r.eventually("inside the next poll", func() bool { return len(r.server.CallsOf("getUpdates")) >= 2 })
	start := time.Now()
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	if d := time.Since(start); d > time.Second {
		t.Errorf("ending took %v", d)
	}
	if n := r.server.Unconfirmed(); n != 0 {
		t.Errorf("%d updates are not confirmed", n)
	}
	r.eventually("no goroutine left", func() bool { return runtime.NumGoroutine() <= before+idle })
	r.poll(r.bot, r.inbox.handle)
	r.server.Say(1, "next")
	r.eventually("only the next", func() bool { return r.inbox.texts("1") == "hello|next" })
}

// The last update of a batch is confirmed even if polling ends in its handover.
func TestPollConfirmsWhatIsAcceptedWhileItEnds(t *testing.T) {
	r := newRig(t)
	r.server.Say(1, "hello")
	handed := make(chan struct{})
	stop := r.poll(r.bot, func(ctx context.Context, m ...chat.Message) error {
		close(handed)
		time.Sleep(100 * time.Millisecond)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return r.inbox.handle(ctx, m...)
	})
	<-handed
	_ = stop()
	if r.inbox.count() != 1 || r.server.Unconfirmed() != 0 {
		t.Errorf("%d taken in, %d unconfirmed", r.inbox.count(), r.server.Unconfirmed())
	}
}

func TestPollQuarantinesPoison(t *testing.T) {
	r := newRig(t)
	var kept []int64
	a := r.adapter(telegram.Config{
		Token: telegramtest.Token, APIBase: r.server.URL,
		Quarantine: func(id int64, raw []byte) {
			if !strings.Contains(string(raw), "secret words") {
				t.Errorf("raw is %s", raw)
			}
			kept = append(kept, id)
		},
	})
	r.server.Say(1, "before")
	poison := r.server.InjectRaw([]byte(`{"message":{"message_id":"seven","text":"secret words"}}`))
	r.server.InjectRaw([]byte(`{"message":{"message_id":7,"text":"secret words without a chat"}}`))
	r.server.InjectRaw([]byte(`["secret words"]`))
	r.server.InjectRaw([]byte(`{"purchased_paid_media":{"from":{"id":1}}}`))
	r.server.Say(1, "after")
	stop := r.poll(a, r.inbox.handle)
	r.eventually("the rest goes on", func() bool { return r.inbox.texts("1") == "before|after" && r.server.Unconfirmed() == 0 })
	_ = stop()
	if len(kept) != 3 || kept[0] != poison || a.Quarantined() != 3 {
		t.Errorf("kept %v, counted %d", kept, a.Quarantined())
	}
	if strings.Contains(r.log.String(), "secret words") {
		t.Errorf("content in the log: %s", r.log)
	}
}

func TestPollTakesRepeatsAndIDsThatJumpBack(t *testing.T) {
	r := newRig(t)
	first, _ := r.server.Say(1, "one")
	r.poll(r.bot, r.inbox.handle)
	r.eventually("one", func() bool { return r.inbox.texts("1") == "one" && r.server.Unconfirmed() == 0 })
	r.server.Repeat(first)
	r.eventually("the repeat", func() bool { return r.inbox.texts("1") == "one|one" })
	r.server.JumpTo(5)
	r.server.Say(1, "two")
	r.server.Say(1, "three")
	r.eventually("lower ids", func() bool {
		return strings.HasSuffix(r.inbox.texts("1"), "two|three") && r.server.Unconfirmed() == 0
	})
	if a, b := r.inbox.all("1")[0], r.inbox.all("1")[1]; a.ID != b.ID {
		t.Errorf("a repeat has another id: %s, %s", a.ID, b.ID)
	}
}

// After long silence the offset is left away, so that no server can hide lower
// ids behind it.
func TestPollForgetsTheOffsetAfterLongSilence(t *testing.T) {
	r := newRig(t)
	r.bot.SetIdle(50*time.Millisecond, 0)
	r.server.Say(1, "one")
	r.poll(r.bot, r.inbox.handle)
	r.eventually("a poll without offset after one with it", func() bool {
		calls := r.server.CallsOf("getUpdates")
		return slices.ContainsFunc(calls, func(c telegramtest.Call) bool { return c.Params.Has("offset") }) &&
			!calls[len(calls)-1].Params.Has("offset")
	})
	if r.inbox.texts("1") != "one" {
		t.Errorf("repeated: %s", r.inbox.texts("1"))
	}
}

func TestTwoPollersBackOff(t *testing.T) {
	r := newRig(t)
	rival := r.adapter(telegram.Config{Token: telegramtest.Token, APIBase: r.server.URL})
	r.poll(r.bot, r.inbox.handle)
	stop := r.poll(rival, r.inbox.handle)
	r.eventually("a conflict", func() bool { return r.log.count("another program polls") >= 1 })
	for i := range 20 {
		r.server.Say(int64(i+1), "hi")
		time.Sleep(5 * time.Millisecond)
	}
	r.eventually("nothing is lost", func() bool {
		for i := range 20 {
			if !strings.HasPrefix(r.inbox.texts(strconv.Itoa(i+1)), "hi") {
				return false
			}
		}
		return true
	})
	_ = stop()
	time.Sleep(300 * time.Millisecond)
	polls := len(r.server.CallsOf("getUpdates"))
	time.Sleep(300 * time.Millisecond)
	if n := len(r.server.CallsOf("getUpdates")); n > polls+1 {
		t.Errorf("%d polls in 300 ms: the winner should wait in one", n-polls)
	}
}

func TestPollRemovesAWebhook(t *testing.T) {
	r := newRig(t)
	hooked := r.adapter(telegram.Config{Token: telegramtest.Token, APIBase: r.server.URL, WebhookURL: "http://127.0.0.1:1/telegram"})
	if err := hooked.SetWebhook(t.Context()); err != nil {
		t.Fatal(err)
	}
	r.server.Say(1, "hello")
	r.poll(r.bot, r.inbox.handle)
	r.eventually("polled", func() bool { return r.inbox.texts("1") == "hello" })
	if err := hooked.SetWebhook(t.Context()); err != nil { // somebody sets it again meanwhile
		t.Fatal(err)
	}
	r.server.Say(1, "again")
	r.eventually("polled again", func() bool { return strings.HasSuffix(r.inbox.texts("1"), "again") })
}

func TestPollSaysThatTheTokenIsWrong(t *testing.T) {
	r := newRig(t)
	a := r.adapter(telegram.Config{Token: "1:wrong", APIBase: r.server.URL})
	err := r.poll(a, r.inbox.handle)
	time.Sleep(50 * time.Millisecond)
	if got := err(); got == nil || !strings.Contains(got.Error(), "TELEGRAM_TOKEN is not valid") || strings.Contains(got.Error(), "1:wrong") {
		t.Errorf("got %v", got)
	}
}

func TestPollGoesOnThroughTrouble(t *testing.T) {
	r := newRig(t)
	r.poll(r.bot, r.inbox.handle)
	r.server.Say(1, "one")
	r.eventually("one", func() bool { return r.inbox.texts("1") == "one" })
	for _, kind := range []telegramtest.Kind{telegramtest.ErrorBefore, telegramtest.ResetBefore, telegramtest.ResetAfter, telegramtest.ProxyBefore} {
		r.server.SetFault(func(string, telegramtest.Params) telegramtest.Fault { return telegramtest.Fault{Kind: kind} })
		say := func() { r.server.Say(1, "wake the poll") }
		warned := r.log.count("out of reach")
		r.eventually("noticed", func() bool { say(); return r.log.count("out of reach") == warned+1 })
		failed := len(r.server.CallsOf("getUpdates"))
		r.eventually("tried again", func() bool { say(); return len(r.server.CallsOf("getUpdates")) > failed+2 })
		if r.log.count("out of reach") != warned+1 {
			t.Errorf("logged more than once")
		}
		r.server.SetFault(nil)
		back := r.log.count("in reach again")
		r.eventually("over", func() bool { return r.log.count("in reach again") == back+1 || r.server.Unconfirmed() == 0 })
		r.eventually("all in", func() bool { return r.server.Unconfirmed() == 0 })
	}
}
