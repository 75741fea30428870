package slack_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/adapters/slack"
	"github.com/s4bot/s4bot/internal/adapters/slack/slacktest"
	"github.com/s4bot/s4bot/internal/chat"
)

// file lets an agent send a file and gives it as the desk has it.
func (h *hearing) file(content string) chat.File {
	h.li.SendsFile(deskChannel, h.root, "a.bin", []byte(content), "")
	acts := h.heard(len(h.desk.all()) + 1)
	return acts[len(acts)-1].Files[0]
}

func read(a *slack.Adapter, t *testing.T, f chat.File) (string, error) {
	c, err := a.Open(t.Context(), f)
	if err != nil {
		return "", err
	}
	defer func() { _ = c.Close() }()
	raw, err := io.ReadAll(c)
	return string(raw), err
}

func TestOpen(t *testing.T) {
	h := prepare(t).bySocket()
	content := strings.Repeat("0123456789", 7000)
	f := h.file(content)
	if got, err := read(h.bot, t, f); err != nil || got != content {
		t.Errorf("%d bytes, %v", len(got), err)
	}
	f.Size = 100 // more comes than there should be
	if got, err := read(h.bot, t, f); err == nil || len(got) > 100 {
		t.Errorf("%d bytes, %v", len(got), err)
	}
}

func TestOpenRefuses(t *testing.T) {
	h := prepare(t).bySocket()
	f := h.file("1234")
	large, elsewhere, nothing, gone := f, f, f, f
	large.TooLarge, elsewhere.Platform, nothing.Ref, gone.Ref = true, "telegram", "", "F0NONE"
	for name, bad := range map[string]chat.File{"large": large, "elsewhere": elsewhere, "nothing": nothing, "gone": gone} {
		if _, err := read(h.bot, t, bad); adapters.Judge(err).Outcome != adapters.Failed {
			t.Errorf("%s: %v", name, err)
		}
	}
	h.server.SetFault(func(method string, _ url.Values) slacktest.Fault {
		if method == "download" {
			return slacktest.Fault{Kind: slacktest.ErrorBefore}
		}
		return slacktest.Fault{}
	})
	if _, err := read(h.bot, t, f); err == nil || adapters.Judge(err).Outcome != adapters.Retry {
		t.Errorf("got %v", err)
	}
}

// Who may not have a file gets the page to sign in, and a file at an address of its
// maker's gets no token.
func TestOpenWithoutLeave(t *testing.T) {
	var asked []string
	address := ""
	mux := http.NewServeMux()
	api := httptest.NewServer(mux)
	t.Cleanup(api.Close)
	foreign := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { asked = append(asked, r.Header.Get("Authorization")) }))
	t.Cleanup(foreign.Close)
	mux.HandleFunc("/api/files.info", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, `{"ok":true,"file":{"id":"F1","mode":"hosted","mimetype":"image/png","size":4,"url_private_download":"`+address+`"}}`)
	})
	mux.HandleFunc("/redirect", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/page", http.StatusFound) })
	mux.HandleFunc("/page", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
	})
	a, err := slack.New(slack.Config{BotToken: slacktest.BotToken, APIBase: api.URL, DeskChannel: deskChannel}, nopLog())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ address, words string }{
		{api.URL + "/redirect", "sign in"}, {api.URL + "/page", "sign in"}, {foreign.URL + "/f", "own address"}, {api.URL + "/none", "Not Found"}, {"", "does not say"},
	} {
		address = c.address
		_, err := read(a, t, chat.File{Platform: "slack", Ref: "F1"})
		var f *adapters.Failure
		if !errors.As(err, &f) || f.Outcome != adapters.Failed || !strings.Contains(f.Reason, c.words) || strings.Contains(f.Reason, slacktest.BotToken) {
			t.Errorf("%s: %v", c.address, err)
		}
	}
	if len(asked) != 0 {
		t.Errorf("the token went elsewhere: %q", asked)
	}
}
