package telegramtest_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/s4bot/s4bot/internal/adapters/telegram/telegramtest"
)

type answer struct {
	OK     bool
	Result json.RawMessage
	Code   int    `json:"error_code"`
	Text   string `json:"description"`
}

func call(t *testing.T, s *telegramtest.Server, method string, pairs ...string) answer {
	t.Helper()
	p := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		p.Set(pairs[i], pairs[i+1])
	}
	res, err := http.PostForm(s.URL+"/bot"+telegramtest.Token+"/"+method, p)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	var a answer
	if err := json.NewDecoder(res.Body).Decode(&a); err != nil {
		t.Fatal(err)
	}
	return a
}

func TestTheServerIsStrict(t *testing.T) {
	s := telegramtest.Start(t)
	s.Know(1)
	for _, c := range []struct {
		method string
		pairs  []string
		want   string // part of the description; empty: ok
	}{
		{"getMe", nil, ""},
		{"getEverything", nil, "Not Found"},
		{"sendMessage", []string{"chat_id", "1", "text", "hi"}, ""},
		{"sendMessage", []string{"text", "hi"}, "chat_id is empty"},
		{"sendMessage", []string{"chat_id", "2", "text", "hi"}, "chat not found"},
		{"sendMessage", []string{"chat_id", "1", "text", " "}, "message text is empty"},
		{"sendMessage", []string{"chat_id", "1", "text", strings.Repeat("👩", 2048)}, ""},
		{"sendMessage", []string{"chat_id", "1", "text", strings.Repeat("👩", 2048) + "a"}, "message is too long"},
		{"sendMessage", []string{"chat_id", "1", "text", "hi", "color", "red"}, "no parameter color"},
		{"sendMessage", []string{"chat_id", "1", "text", "hi", "reply_markup", `{"inline_keyboard":[[{"text":"a","callback_data":"` + strings.Repeat("x", 64) + `"}]]}`}, ""},
		{"sendMessage", []string{"chat_id", "1", "text", "hi", "reply_markup", `{"inline_keyboard":[[{"text":"a","callback_data":"` + strings.Repeat("x", 65) + `"}]]}`}, "BUTTON_DATA_INVALID"},
		{"sendMessage", []string{"chat_id", "1", "text", "hi", "reply_markup", `{"inline_keyboard":[[{"text":"a","callback_data":"x","colour":1}]]}`}, "can't parse"},
		{"editMessageText", []string{"chat_id", "1", "message_id", "1", "text", "hi"}, "message is not modified"},
		{"editMessageText", []string{"chat_id", "1", "message_id", "99", "text", "hi"}, "message to edit not found"},
		{"answerCallbackQuery", []string{"callback_query_id", "1"}, "query is too old"},
		{"sendChatAction", []string{"chat_id", "1", "action", "dancing"}, "wrong parameter action"},
		{"setMyCommands", []string{"commands", `[{"command":"A b","description":"x"}]`}, "BOT_COMMAND_INVALID"},
		{"setWebhook", []string{"url", "http://127.0.0.1:1", "secret_token", "a b"}, "unallowed characters"},
	} {
		if a := call(t, s, c.method, c.pairs...); a.OK != (c.want == "") || !strings.Contains(a.Text, c.want) {
			t.Errorf("%s %.60q: got %v %q, want %q", c.method, c.pairs, a.OK, a.Text, c.want)
		}
	}
}

func TestOffsetsConfirm(t *testing.T) {
	s := telegramtest.Start(t)
	ids := func(pairs ...string) (out []int64) {
		var us []struct {
			ID int64 `json:"update_id"`
		}
		_ = json.Unmarshal(call(t, s, "getUpdates", pairs...).Result, &us)
		for _, u := range us {
			out = append(out, u.ID)
		}
		return out
	}
	for range 4 {
		s.Say(1, "x")
	}
	if got := ids("limit", "2"); len(got) != 2 || got[0] != 1001 {
		t.Errorf("unconfirmed: %v", got)
	}
	if got := ids("offset", "1002"); len(got) != 3 || got[0] != 1002 {
		t.Errorf("after the first: %v", got)
	}
	if got := ids(); len(got) != 3 {
		t.Errorf("the first is not forgotten: %v", got)
	}
	if got := ids("offset", "-1"); len(got) != 1 || got[0] != 1004 {
		t.Errorf("from the end: %v", got)
	}
	if got := ids("offset", "5000"); len(got) != 1 {
		t.Errorf("an offset in the future confirms nothing: %v", got)
	}
}

func TestANewPollEndsTheOlder(t *testing.T) {
	s := telegramtest.Start(t)
	older := make(chan answer, 1)
	go func() { older <- call(t, s, "getUpdates", "timeout", "50") }()
	for len(s.CallsOf("getUpdates")) == 0 {
		time.Sleep(time.Millisecond)
	}
	time.Sleep(20 * time.Millisecond)
	newer := make(chan answer, 1)
	go func() { newer <- call(t, s, "getUpdates", "timeout", "50") }()
	if a := <-older; a.Code != 409 || !strings.Contains(a.Text, "terminated by other getUpdates") {
		t.Errorf("the older got %+v", a)
	}
	s.Say(1, "x")
	if a := <-newer; !a.OK || len(a.Result) < 10 {
		t.Errorf("the newer got %+v", a)
	}
}
