package telegram_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/adapters/telegram"
	"github.com/s4bot/s4bot/internal/adapters/telegram/telegramtest"
	"github.com/s4bot/s4bot/internal/chat"
)

// fetch opens a file and reads it.
func fetch(ctx context.Context, a *telegram.Adapter, f chat.File) ([]byte, error) {
	content, err := a.Open(ctx, f)
	if err != nil {
		return nil, err
	}
	defer func() { _ = content.Close() }()
	return io.ReadAll(content)
}

func TestOpenGivesTheContent(t *testing.T) {
	r := newRig(t)
	want := bytes.Repeat([]byte("jpeg "), 1000)
	r.server.SendPhoto(1, want, "看")
	r.server.SendVoice(1, []byte("ogg"))
	r.server.SendDocument(1, "a.pdf", "application/pdf", []byte("pdf"), "")
	r.server.SendSticker(1, "👍")
	r.drain()
	for i, content := range [][]byte{want, []byte("ogg"), []byte("pdf"), []byte("webp of 👍")} {
		f := r.inbox.all("1")[i].Files[0]
		if got, err := fetch(t.Context(), r.bot, f); err != nil || !bytes.Equal(got, content) {
			t.Errorf("%s: got %d bytes, %v; want %d", f.Kind, len(got), err, len(content))
		}
	}
}

func TestOpenKnowsWhatCannotBeHad(t *testing.T) {
	r := newRig(t)
	r.server.SendLarge(1, "film.mp4", 30<<20)
	r.server.SendLocation(1, 1, 2)
	r.server.SendContact(1, "Li", "Na", "861")
	r.drain()
	film := r.inbox.all("1")[0].Files[0]
	if !film.TooLarge || film.Size != 30<<20 {
		t.Errorf("got %+v", film)
	}
	undeclared := film
	undeclared.TooLarge, undeclared.Size = false, 0
	for name, f := range map[string]chat.File{
		"too large":           film,
		"too large, unsaid":   undeclared,
		"a place":             r.inbox.all("1")[1].Files[0],
		"a contact":           r.inbox.all("1")[2].Files[0],
		"nobody's":            {Kind: chat.Photo, Platform: "telegram", Ref: "made up"},
		"of another platform": {Kind: chat.Photo, Platform: "slack", Ref: film.Ref},
	} {
		_, err := fetch(t.Context(), r.bot, f)
		if f := judged(t, err); f.Outcome != adapters.Failed {
			t.Errorf("%s: got %+v", name, f)
		}
	}
}

// judged gives the failure in an error of Open, and checks that it holds no token.
func judged(t *testing.T, err error) *adapters.Failure {
	t.Helper()
	if err == nil || strings.Contains(err.Error(), "TEST-token") {
		t.Fatalf("got %v", err)
	}
	return adapters.Judge(err)
}

func TestOpenJudgesFailures(t *testing.T) {
	type want struct {
		outcome adapters.Outcome
		after   time.Duration
	}
	for _, c := range []struct {
		name, method string
		fault        telegramtest.Fault
		want         want
	}{
		{"429", "getFile", telegramtest.Fault{Kind: telegramtest.TooMany, RetryAfter: 7 * time.Second}, want{adapters.Retry, 7 * time.Second}},
		{"500", "getFile", telegramtest.Fault{Kind: telegramtest.ErrorBefore}, want{adapters.Retry, 0}},
		{"a reset", "getFile", telegramtest.Fault{Kind: telegramtest.ResetAfter}, want{adapters.Retry, 0}},
		{"silence", "getFile", telegramtest.Fault{Kind: telegramtest.HangBefore}, want{adapters.Retry, 0}},
		{"refused", "getFile", telegramtest.Fault{Kind: telegramtest.Refused, Text: "file is too big"}, want{adapters.Failed, 0}},
		{"429 at the download", "download", telegramtest.Fault{Kind: telegramtest.TooMany, RetryAfter: 7 * time.Second}, want{adapters.Retry, 0}},
		{"a proxy at the download", "download", telegramtest.Fault{Kind: telegramtest.ProxyBefore}, want{adapters.Retry, 0}},
		{"a reset at the download", "download", telegramtest.Fault{Kind: telegramtest.ResetBefore}, want{adapters.Retry, 0}},
		{"silence at the download", "download", telegramtest.Fault{Kind: telegramtest.HangBefore}, want{adapters.Retry, 0}},
		{"forbidden at the download", "download", telegramtest.Fault{Kind: telegramtest.Forbidden}, want{adapters.Failed, 0}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := newRig(t)
			r.server.SendVoice(1, []byte("ogg"))
			f := r.only("1").Files[0]
			r.server.SetFault(func(method string, _ telegramtest.Params) telegramtest.Fault {
				if method == c.method {
					return c.fault
				}
				return telegramtest.Fault{}
			})
			ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
			defer cancel()
			_, err := fetch(ctx, r.bot, f)
			if got := judged(t, err); (want{got.Outcome, got.After}) != c.want {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
		})
	}
}

// The token is part of both addresses, and errors of HTTP name addresses.
func TestOpenTellsNobodyTheToken(t *testing.T) {
	r := newRig(t)
	r.server.Close()
	redirect := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		if strings.Contains(req.URL.Path, "getFile") {
			_, _ = io.WriteString(w, `{"ok":true,"result":{"file_path":"a b/%zz"}}`)
			return
		}
		w.Header().Set("Location", "http://other.invalid"+req.URL.Path)
		w.WriteHeader(http.StatusFound)
	}))
	t.Cleanup(redirect.Close)
	for name, base := range map[string]string{"down": r.server.URL, "no such host": "http://bot-api.invalid", "redirect": redirect.URL} {
		a := r.adapter(telegram.Config{Token: telegramtest.Token, APIBase: base})
		if _, err := fetch(t.Context(), a, chat.File{Platform: "telegram", Ref: "x"}); err == nil || strings.Contains(err.Error(), "TEST-token") {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

// fileServer is a Bot API server that does what the real one doesn't: it names a
// path and answers the download with a handler.
func fileServer(t *testing.T, path string, download http.HandlerFunc) string {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/file/") {
			download(w, r)
			return
		}
		_, _ = io.WriteString(w, `{"ok":true,"result":{"file_id":"x","file_path":`+strconv.Quote(path)+`}}`)
	}))
	t.Cleanup(s.Close)
	return s.URL
}

func TestOpenGuardsAgainstServersThatMisbehave(t *testing.T) {
	endless := func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			_, _ = w.Write(make([]byte, 1<<16))
		}
	}
	longer := func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "1234567890") }
	for _, c := range []struct {
		name, path string
		download   http.HandlerFunc
		size       int64
		outcome    adapters.Outcome
		says       string
	}{
		{"local mode", "/var/lib/bot-api/1:a/photos/file_0.jpg", longer, 0, adapters.Failed, "local mode"},
		{"local mode on Windows", `C:\bot-api\file_0.jpg`, longer, 0, adapters.Failed, "local mode"},
		{"no path", "", longer, 0, adapters.Retry, "no path"},
		{"longer than it says", "a", longer, 9, adapters.Failed, "longer"},
		{"endless", "a", endless, 9, adapters.Failed, "longer"},
		{"endless, of unknown size", "a", endless, 0, adapters.Failed, "longer"},
		{"not there", "a", http.NotFound, 0, adapters.Failed, "404"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := newRig(t)
			a := r.adapter(telegram.Config{Token: telegramtest.Token, APIBase: fileServer(t, c.path, c.download)})
			got, err := fetch(t.Context(), a, chat.File{Platform: "telegram", Ref: "x", Size: c.size})
			if f := judged(t, err); f.Outcome != c.outcome || !strings.Contains(f.Reason, c.says) || len(got) > 20<<20 {
				t.Errorf("%d bytes, %+v", len(got), f)
			}
		})
	}
}

func TestOpenEndsWithItsContext(t *testing.T) {
	r := newRig(t)
	base := fileServer(t, "a", func(w http.ResponseWriter, req *http.Request) {
		_, _ = io.WriteString(w, "a beginning")
		w.(http.Flusher).Flush()
		<-req.Context().Done()
	})
	a := r.adapter(telegram.Config{Token: telegramtest.Token, APIBase: base})
	ctx, cancel := context.WithCancel(t.Context())
	content, err := a.Open(ctx, chat.File{Platform: "telegram", Ref: "x"})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = content.Close() }()
	time.AfterFunc(20*time.Millisecond, cancel)
	if got, err := io.ReadAll(content); !errors.Is(err, context.Canceled) || string(got) != "a beginning" {
		t.Errorf("got %q, %v", got, err)
	}
}
