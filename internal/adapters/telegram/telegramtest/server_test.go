package telegramtest_test

import (
	"bytes"
	"encoding/json"
	"io"
	"mime/multipart"
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
		{"sendMessage", []string{"chat_id", "1", "text", "<b>", "parse_mode", "HTML"}, "can't parse entities"},
		{"sendMessage", []string{"chat_id", "1", "text", "👩b", "entities", `[{"type":"bold","offset":2,"length":1}]`}, ""},
		{"sendMessage", []string{"chat_id", "1", "text", "👩b", "entities", `[{"type":"bold","offset":1,"length":2}]`}, "can't parse entities"},
		{"sendMessage", []string{"chat_id", "1", "text", "👩b", "entities", `[{"type":"bold","offset":2,"length":2}]`}, "ENTITY_BOUNDS"},
		{"sendMessage", []string{"chat_id", "1", "text", "👩b", "entities", `[{"type":"bold","offset":-1,"length":2}]`}, "ENTITY_BOUNDS"},
		{"sendMessage", []string{"chat_id", "1", "text", "👩b", "entities", `[{"type":"loud","offset":0,"length":2}]`}, "can't parse entities"},
		{"sendMessage", []string{"chat_id", "1", "text", "hi", "entities", `[{"type":"bold","offset":0,"length":2,"color":1}]`}, "can't parse entities"},
		{"sendMessage", []string{"chat_id", "1", "text", "hi", "reply_parameters", `{"message_id":1}`}, ""},
		{"sendMessage", []string{"chat_id", "1", "text", "hi", "reply_parameters", `{"message_id":99}`}, "message to be replied not found"},
		{"sendMessage", []string{"chat_id", "1", "text", "hi", "reply_parameters", `{"message_id":99,"allow_sending_without_reply":true}`}, ""},
		{"sendMessage", []string{"chat_id", "1", "text", "hi", "reply_parameters", `{"message":1}`}, "can't parse reply parameters"},
		{"sendLocation", []string{"chat_id", "1", "latitude", "31.2", "longitude", "121.4"}, ""},
		{"sendLocation", []string{"chat_id", "1", "latitude", "91", "longitude", "121.4"}, "wrong latitude"},
		{"sendPhoto", []string{"chat_id", "1"}, "there is no photo"},
		{"sendPhoto", []string{"chat_id", "1", "photo", "nonsense"}, "wrong file identifier"},
		{"sendSticker", []string{"chat_id", "1", "sticker", "x", "caption", "hi"}, "no parameter caption"},
		{"editMessageCaption", []string{"chat_id", "1", "message_id", "1", "caption", "hi"}, "no caption in the message"},
		{"deleteMessage", []string{"chat_id", "1", "message_id", "99"}, "message to delete not found"},
		{"deleteMessages", []string{"chat_id", "1", "message_ids", "[98,99]"}, ""},
		{"deleteMessages", []string{"chat_id", "1", "message_ids", "[]"}, "can't parse message identifiers"},
		{"editMessageText", []string{"chat_id", "1", "message_id", "1", "text", "hi"}, "message is not modified"},
		{"editMessageText", []string{"chat_id", "1", "message_id", "99", "text", "hi"}, "message to edit not found"},
		{"answerCallbackQuery", []string{"callback_query_id", "1"}, "query is too old"},
		{"sendChatAction", []string{"chat_id", "1", "action", "dancing"}, "wrong parameter action"},
		{"setMyCommands", []string{"commands", `[{"command":"A b","description":"x"}]`}, "BOT_COMMAND_INVALID"},
		{"getFile", []string{"file_id", "made up"}, "wrong file_id or the file is temporarily unavailable"},
		{"setWebhook", []string{"url", "http://127.0.0.1:1", "secret_token", "a b"}, "unallowed characters"},
	} {
		if a := call(t, s, c.method, c.pairs...); a.OK != (c.want == "") || !strings.Contains(a.Text, c.want) {
			t.Errorf("%s %.60q: got %v %q, want %q", c.method, c.pairs, a.OK, a.Text, c.want)
		}
	}
}

func TestFilesAreWhereGetFileSays(t *testing.T) {
	s := telegramtest.Start(t)
	s.SendVoice(1, []byte("ogg"))
	s.SendLarge(1, "film.mp4", 20<<20+1)
	var got []struct {
		Message struct {
			Voice, Document struct {
				ID string `json:"file_id"`
			}
		}
	}
	_ = json.Unmarshal(call(t, s, "getUpdates").Result, &got)
	download := func(path string) string {
		res, err := http.Get(s.URL + "/file/bot" + telegramtest.Token + "/" + path)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = res.Body.Close() }()
		content, _ := io.ReadAll(res.Body)
		return res.Status[:3] + " " + string(content)
	}
	if d := download("voice/file_1.oga"); !strings.HasPrefix(d, "404") {
		t.Errorf("a guessed path: %s", d)
	}
	var f struct {
		Path string `json:"file_path"`
	}
	_ = json.Unmarshal(call(t, s, "getFile", "file_id", got[0].Message.Voice.ID).Result, &f)
	if d := download(f.Path); d != "200 ogg" {
		t.Errorf("%q gives %s", f.Path, d)
	}
	if a := call(t, s, "getFile", "file_id", got[1].Message.Document.ID); a.Code != 400 || !strings.Contains(a.Text, "file is too big") {
		t.Errorf("too large: %+v", a)
	}
}

// upload calls a method with a file.
func upload(t *testing.T, s *telegramtest.Server, method, field string, content []byte, caption string) answer {
	t.Helper()
	var body bytes.Buffer
	m := multipart.NewWriter(&body)
	_ = m.WriteField("chat_id", "1")
	_ = m.WriteField("caption", caption)
	w, _ := m.CreateFormFile(field, "a.bin")
	_, _ = w.Write(content)
	_ = m.Close()
	res, err := http.Post(s.URL+"/bot"+telegramtest.Token+"/"+method, m.FormDataContentType(), &body)
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

func TestUploadsHaveLimits(t *testing.T) {
	s := telegramtest.Start(t)
	s.Know(1)
	png := func(n int) []byte { return append([]byte("\x89PNG\r\n\x1a\n"), make([]byte, n)...) }
	for _, c := range []struct {
		method, field string
		content       []byte
		caption, want string
	}{
		{"sendPhoto", "photo", png(1), "see", ""},
		{"sendPhoto", "photo", png(10 << 20), "", "too big for a photo"},
		{"sendPhoto", "photo", []byte("text"), "", "IMAGE_PROCESS_FAILED"},
		{"sendPhoto", "picture", png(1), "", "no parameter picture"},
		{"sendDocument", "document", []byte("text"), strings.Repeat("👩", 512), ""},
		{"sendDocument", "document", []byte("text"), strings.Repeat("👩", 512) + "a", "caption is too long"},
		{"sendDocument", "document", nil, "", "non-empty"},
		{"sendDocument", "document", make([]byte, 50<<20+1), "", "Too Large"},
		{"sendVideo", "video", []byte("film"), "", ""},
	} {
		if a := upload(t, s, c.method, c.field, c.content, c.caption); a.OK != (c.want == "") || !strings.Contains(a.Text, c.want) {
			t.Errorf("%s of %d bytes: got %v %q, want %q", c.method, len(c.content), a.OK, a.Text, c.want)
		}
	}
	if m := s.Sent(1); len(m) != 3 || m[0].Kind != "photo" || m[0].Text != "see" || m[0].FileName != "a.bin" || !bytes.Equal(m[0].File, png(1)) {
		t.Errorf("got %d messages", len(m))
	}
}

func TestWhatIsDeletedCanBeChangedNoMore(t *testing.T) {
	s := telegramtest.Start(t)
	s.Know(1)
	for range 3 {
		call(t, s, "sendMessage", "chat_id", "1", "text", "hi")
	}
	s.Age(1, 2, 49*time.Hour)
	for _, c := range []struct {
		method string
		pairs  []string
		want   string
	}{
		{"deleteMessage", []string{"message_id", "1"}, ""},
		{"deleteMessage", []string{"message_id", "1"}, "message to delete not found"},
		{"editMessageText", []string{"message_id", "1", "text", "ho"}, "message to edit not found"},
		{"deleteMessage", []string{"message_id", "2"}, "can't be deleted for everyone"},
		{"deleteMessages", []string{"message_ids", "[1,2,3]"}, "can't be deleted for everyone"},
		{"deleteMessages", []string{"message_ids", "[1,3]"}, ""},
	} {
		a := call(t, s, c.method, append([]string{"chat_id", "1"}, c.pairs...)...)
		if a.OK != (c.want == "") || !strings.Contains(a.Text, c.want) {
			t.Errorf("%s %q: got %v %q, want %q", c.method, c.pairs, a.OK, a.Text, c.want)
		}
	}
	if m := s.Sent(1); !m[0].Deleted || m[1].Deleted || !m[2].Deleted {
		t.Errorf("got %+v", m)
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
