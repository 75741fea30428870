package telegram_test

import (
	"context"
	"errors"
	"net"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/adapters/telegram"
	"github.com/s4bot/s4bot/internal/adapters/telegram/telegramtest"
	"github.com/s4bot/s4bot/internal/chat"
)

var one = chat.Room{Platform: "telegram", ID: "1"}

func question(text string, labels ...string) chat.Post {
	p := chat.Post{ID: "p12", To: chat.ToMerchant, Kind: chat.Question, Text: text}
	for _, l := range labels {
		p.Options = append(p.Options, chat.Option{ID: "id_of_" + l, Label: l})
	}
	return p
}

func TestDeliverSendsTextToTheLetter(t *testing.T) {
	r := newRig(t)
	r.server.Know(1)
	const text = `<b>&" *_[x](y) S4 交易失败 👩‍👧`
	if _, err := r.bot.Deliver(t.Context(), one, question(text, "yes", "no", "maybe")); err != nil {
		t.Fatal(err)
	}
	if _, err := r.bot.Deliver(t.Context(), chat.Room{Platform: "telegram", ID: "1/9"}, question("q", "yes", "不知道，要去看一下终端机")); err != nil {
		t.Fatal(err)
	}
	got := r.server.Sent(1)
	if len(got) != 2 || got[0].Text != text || got[1].Thread != 9 {
		t.Fatalf("got %+v", got)
	}
	if len(got[0].Rows) != 2 || len(got[0].Rows[0]) != 2 || len(got[1].Rows) != 2 {
		t.Errorf("rows: %v and %v", got[0].Rows, got[1].Rows)
	}
	if post, option := telegram.ReadData(got[0].Options()[2].Data); post != "p12" || option != "id_of_maybe" {
		t.Errorf("data gives %q, %q", post, option)
	}
}

func TestDeliverJudgesFailures(t *testing.T) {
	type want struct {
		outcome    adapters.Outcome
		after      time.Duration
		everywhere bool
		sent       int
	}
	for name, c := range map[string]struct {
		fault telegramtest.Fault
		want  want
	}{
		"429":                {telegramtest.Fault{Kind: telegramtest.TooMany, RetryAfter: 7 * time.Second}, want{adapters.Retry, 7 * time.Second, false, 0}},
		"500":                {telegramtest.Fault{Kind: telegramtest.ErrorBefore}, want{adapters.Retry, 0, false, 0}},
		"a proxy's 502":      {telegramtest.Fault{Kind: telegramtest.ProxyAfter}, want{adapters.Uncertain, 0, false, 1}},
		"reset before":       {telegramtest.Fault{Kind: telegramtest.ResetBefore}, want{adapters.Uncertain, 0, false, 0}},
		"reset after":        {telegramtest.Fault{Kind: telegramtest.ResetAfter}, want{adapters.Uncertain, 0, false, 1}},
		"time-out after":     {telegramtest.Fault{Kind: telegramtest.HangAfter}, want{adapters.Uncertain, 0, false, 1}},
		"403":                {telegramtest.Fault{Kind: telegramtest.Forbidden}, want{adapters.Gone, 0, false, 0}},
		"chat not found":     {telegramtest.Fault{Kind: telegramtest.Refused, Text: "chat not found"}, want{adapters.Gone, 0, false, 0}},
		"something about it": {telegramtest.Fault{Kind: telegramtest.Refused, Text: "message is too long"}, want{adapters.Failed, 0, false, 0}},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t)
			r.server.Know(1)
			r.server.SetFault(func(string, telegramtest.Params) telegramtest.Fault { return c.fault })
			ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
			defer cancel()
			f := failure(t, second(r.bot.Deliver(ctx, one, question("q"))))
			if got := (want{f.Outcome, f.After, f.Everywhere, len(r.server.Sent(1))}); got != c.want {
				t.Errorf("got %+v (%v), want %+v", got, f, c.want)
			}
		})
	}
}

// failure gives the failure in an error, and checks that it holds no token.
func failure(t *testing.T, err error) *adapters.Failure {
	t.Helper()
	var f *adapters.Failure
	if !errors.As(err, &f) {
		t.Fatalf("no failure: %v", err)
	}
	if strings.Contains(f.Error(), telegramtest.Token) || strings.Contains(f.Error(), "wrong") {
		t.Errorf("the token is in the error: %v", f)
	}
	return f
}

func TestDeliverKnowsWhatNeverLeft(t *testing.T) {
	r := newRig(t)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	refusing := "http://" + l.Addr().String()
	_ = l.Close()
	silent, err := net.Listen("tcp", "127.0.0.1:0") // takes connections, but no TLS
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = silent.Close() })
	for name, base := range map[string]string{
		"refused": refusing, "no such host": "http://bot-api.invalid", "handshake": "https://" + silent.Addr().String(),
	} {
		a := r.adapter(telegram.Config{Token: telegramtest.Token, APIBase: base})
		ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
		if f := failure(t, second(a.Deliver(ctx, one, question("q")))); f.Outcome != adapters.Retry || f.Everywhere {
			t.Errorf("%s: got %+v", name, f)
		}
		cancel()
	}
	wrong := r.adapter(telegram.Config{Token: "1:wrong", APIBase: r.server.URL})
	if f := failure(t, second(wrong.Deliver(t.Context(), one, question("q")))); f.Outcome != adapters.Retry || !f.Everywhere || f.After != 30*time.Second {
		t.Errorf("wrong token: got %+v", f)
	}
}

func TestDeliverLeavesARefusedKeyboardAway(t *testing.T) {
	r := newRig(t)
	r.server.Know(1)
	r.server.SetFault(func(_ string, p telegramtest.Params) telegramtest.Fault {
		if p.Has("reply_markup") {
			return telegramtest.Fault{Kind: telegramtest.Refused, Text: "can't parse inline keyboard button"}
		}
		return telegramtest.Fault{}
	})
	if _, err := r.bot.Deliver(t.Context(), one, question("q", "yes")); err != nil {
		t.Fatal(err)
	}
	if got := r.server.Sent(1); len(got) != 1 || got[0].Text != "q" || len(got[0].Rows) != 0 {
		t.Errorf("got %+v", got)
	}
}

func TestDeliverSendsAnEntityThatIsRefusedPlain(t *testing.T) {
	r := newRig(t)
	r.server.Know(1)
	r.server.SetFault(func(_ string, p telegramtest.Params) telegramtest.Fault {
		if p.Has("entities") {
			return telegramtest.Fault{Kind: telegramtest.Refused, Text: "can't parse entities: something"}
		}
		return telegramtest.Fault{}
	})
	post := question("one two", "yes")
	post.Strong = chat.Span{Start: 4, End: 7}
	if _, err := r.bot.Deliver(t.Context(), one, post); err != nil {
		t.Fatal(err)
	}
	if got := r.server.Sent(1); len(got) != 1 || got[0].Text != "one two" || len(got[0].Entities) != 0 || len(got[0].Rows) != 1 {
		t.Errorf("got %+v", got)
	}
}

func TestDeliverMarksWhatIsStrong(t *testing.T) {
	long := strings.Repeat("👩 ", 1365) // 4095 units: the next emoji is in another message
	for name, c := range map[string]struct {
		text   string
		strong string
		want   string // what is bold in each message, with | between
	}{
		"plain":              {"one two", "two", "two"},
		"after emoji":        {"👩‍👧 <b>&\" two", "<b>&\"", "<b>&\""},
		"over a split":       {long + "👩👧 rest", "👩 👩👧", "👩 |👩👧"},
		"in the second only": {long + "👩👧 rest", "👧 rest", "|👧 rest"},
		"all of it":          {"一二三", "一二三", "一二三"},
	} {
		r := newRig(t)
		r.server.Know(1)
		post := question(c.text)
		post.Strong.Start = strings.LastIndex(c.text, c.strong)
		post.Strong.End = post.Strong.Start + len(c.strong)
		if _, err := r.bot.Deliver(t.Context(), one, post); err != nil {
			t.Fatal(err)
		}
		var bold []string
		for _, m := range r.server.Sent(1) {
			part := ""
			for _, e := range m.Entities {
				part += e.Of(m.Text)
			}
			bold = append(bold, part)
		}
		if got := strings.Join(bold, "|"); got != c.want {
			t.Errorf("%s: bold is %q, want %q", name, got, c.want)
		}
	}
	// A span that cuts a character, or lies outside, marks nothing and harms nothing.
	for _, s := range []chat.Span{{Start: 1, End: 3}, {Start: 90, End: 99}, {Start: 3, End: 3}, {Start: -5, End: -1}} {
		r := newRig(t)
		r.server.Know(1)
		post := question("一二三")
		post.Strong = s
		if _, err := r.bot.Deliver(t.Context(), one, post); err != nil || len(r.server.Sent(1)[0].Entities) != 0 {
			t.Errorf("%v: %v", s, err)
		}
	}
}

func TestDeliverRepliesIfItCan(t *testing.T) {
	r := newRig(t)
	_, id := r.server.Say(1, "hello")
	for to, want := range map[string]int{strconv.Itoa(id): id, "999": 0, "": 0, "cb5": 0} {
		post := question("q")
		post.ReplyTo = to
		if _, err := r.bot.Deliver(t.Context(), one, post); err != nil {
			t.Fatal(err)
		}
		if sent := r.server.Sent(1); sent[len(sent)-1].ReplyTo != want {
			t.Errorf("reply to %q: got %d, want %d", to, sent[len(sent)-1].ReplyTo, want)
		}
	}
}

func TestNoOptionIsTooLongOrOneTooMany(t *testing.T) {
	r := newRig(t)
	r.server.Know(1)
	post := question("q")
	for i := range 105 {
		post.Options = append(post.Options, chat.Option{ID: strings.Repeat("x", 2*i+1), Label: strings.Repeat("长", 60)})
	}
	if _, err := r.bot.Deliver(t.Context(), one, post); err != nil {
		t.Fatal(err)
	}
	if got := r.server.Sent(1)[0].Options(); len(got) != 100 {
		t.Errorf("%d buttons", len(got))
	}
	post.ID = "a:b"
	if f := failure(t, second(r.bot.Deliver(t.Context(), one, post))); f.Outcome != adapters.Failed {
		t.Errorf("a post id that can't be told from the option's: %v", f)
	}
}

func TestDeliverFollowsAGroupThatMoved(t *testing.T) {
	r := newRig(t)
	r.server.Migrate(-5, -100500)
	for range 2 {
		if _, err := r.bot.Deliver(t.Context(), chat.Room{Platform: "telegram", ID: "-5"}, question("q")); err != nil {
			t.Fatal(err)
		}
	}
	if n, calls := len(r.server.Sent(-100500)), len(r.server.CallsOf("sendMessage")); n != 2 || calls != 3 {
		t.Errorf("%d arrived with %d calls", n, calls)
	}
}

func TestDeliverGoesOnWhereASplitPostStopped(t *testing.T) {
	r := newRig(t)
	r.server.Know(1)
	text := strings.Repeat("刷卡失败\n", 2000)
	var n atomic.Int32
	r.server.SetFault(func(string, telegramtest.Params) telegramtest.Fault {
		if n.Add(1) == 2 {
			return telegramtest.Fault{Kind: telegramtest.TooMany, RetryAfter: time.Second}
		}
		return telegramtest.Fault{}
	})
	if f := failure(t, second(r.bot.Deliver(t.Context(), one, question(text, "yes")))); f.Outcome != adapters.Retry {
		t.Fatalf("got %v", f)
	}
	if _, err := r.bot.Deliver(t.Context(), one, question(text, "yes")); err != nil {
		t.Fatal(err)
	}
	var all []string
	got := r.server.Sent(1)
	for i, m := range got {
		all = append(all, m.Text)
		if (len(m.Rows) > 0) != (i == len(got)-1) {
			t.Errorf("part %d has rows %v", i, m.Rows)
		}
	}
	if len(all) != 3 || strings.Join(all, "\n") != strings.TrimSpace(text) {
		t.Errorf("%d parts, together not the text", len(all))
	}
}

func TestDeliverSparesGroups(t *testing.T) {
	r := newRig(t)
	r.server.Know(-5)
	for i := range 12 {
		_, err := r.bot.Deliver(t.Context(), chat.Room{Platform: "telegram", ID: "-5"}, question("q"))
		if err == nil {
			continue
		}
		if f := failure(t, err); i < 5 || f.Outcome != adapters.Retry || f.After <= 0 {
			t.Errorf("message %d: %+v", i, f)
		}
		return
	}
	t.Error("twelve messages at once were let through")
}
