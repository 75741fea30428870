package web_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/s4bot/s4bot/internal/adapters/web"
	"github.com/s4bot/s4bot/internal/adapters/web/webtest"
	"github.com/s4bot/s4bot/internal/chat"
)

const token = "a token for tests"

func accepts(context.Context, ...chat.Message) error { return nil }

// desk collects what agents do.
type desk struct{ acts []chat.Act }

func (d *desk) take(_ context.Context, _ chat.Room, acts ...chat.Act) error {
	d.acts = append(d.acts, acts...)
	return nil
}

// behind are the pages and addresses that merchants must not reach.
var behind = []string{"/desk", "/desk/events", "/desk/causes", "/inside", "/desk/inside?case=0123456789abcdef", "/desk/files/0123456789abcdef/x"}

func TestTheDeskIsClosedToOthers(t *testing.T) {
	for _, c := range []struct {
		name    string
		config  web.Config
		headers []string
		want    int
	}{
		{"an open address without a token", web.Config{}, nil, http.StatusForbidden},
		{"another name for this machine", web.Config{Loopback: true}, []string{"Host", "evil.example"}, http.StatusForbidden},
		{"a proxy on this machine", web.Config{Loopback: true}, []string{"X-Forwarded-For", "203.0.113.9"}, http.StatusForbidden},
		{"a token that was not given", web.Config{Loopback: true, Token: token}, nil, http.StatusUnauthorized},
		{"a page that somebody opens", web.Config{Token: token}, []string{"Accept", "text/html"}, http.StatusSeeOther},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := start(t, c.config)
			p := s.visit()
			for _, path := range behind {
				if res := p.Get(path, c.headers...); res.StatusCode != c.want {
					t.Errorf("%s: %s, want %d", path, res.Status, c.want)
				}
			}
			if res, _ := p.Post("/desk/act", map[string]string{"case": "0123456789abcdef", "id": "1", "kind": "claim"}, c.headers...); res.StatusCode < 300 {
				t.Errorf("an act is taken: %s", res.Status)
			}
			res, page := p.Do(http.MethodGet, "/", "", nil, c.headers...)
			if res.StatusCode != http.StatusOK || strings.Contains(page, "/desk") {
				t.Errorf("the chat: %s, or it shows the way to the desk", res.Status)
			}
		})
	}
}

func TestSigningIn(t *testing.T) {
	s := start(t, web.Config{Token: token})
	p := s.visit()
	if res, page := p.SignsIn("Ann", "a wrong one", "/desk"); res.StatusCode != http.StatusForbidden || !strings.Contains(page, `role="alert"`) {
		t.Errorf("a wrong token: %s", res.Status)
	}
	if res, _ := p.SignsIn(" \u202e ", token, "/desk"); res.StatusCode != http.StatusBadRequest {
		t.Errorf("no name: %s", res.Status)
	}
	for next, want := range map[string]string{
		"/desk?case=1": "/desk?case=1", "": "/desk", "https://evil.example/": "/desk", "//evil.example": "/desk", `/\evil.example`: "/desk", "desk": "/desk",
	} {
		res, _ := p.SignsIn("Ann", token, next)
		if res.StatusCode != http.StatusSeeOther || res.Header.Get("Location") != want {
			t.Errorf("next %q leads to %q (%s)", next, res.Header.Get("Location"), res.Status)
		}
	}
	if res := p.Get("/desk"); res.StatusCode != http.StatusOK {
		t.Fatalf("the desk: %s", res.Status)
	}
	again := s.visit()
	again.SignsIn("ann", token, "")
	if p.Agent() != again.Agent() {
		t.Error("the same name on two devices is two agents")
	}
	if strings.Contains(s.log.String(), token) || strings.Contains(s.log.String(), "a wrong one") {
		t.Error("a token is in the log")
	}
	p.Do(http.MethodPost, "/signout", "", nil)
	if res := p.Get("/desk", "Accept", "text/html"); res.StatusCode != http.StatusSeeOther {
		t.Errorf("after signing out the desk answers %s", res.Status)
	}
}

func TestASessionCannotBeMade(t *testing.T) {
	ours := start(t, web.Config{Token: token})
	theirs := start(t, web.Config{Token: "another token"})
	p, q := ours.visit(), theirs.visit()
	q.SignsIn("Ann", "another token", "")
	p.SignsIn("Ann", token, "")
	good, foreign := p.Cookie("s4desk"), q.Cookie("s4desk")
	text, sum, _ := strings.Cut(good, ".")
	for _, c := range []string{foreign, text, text + ".", text + "A." + sum, "." + sum, good + "x", "x"} {
		x := ours.visit()
		if res := x.Get("/desk", "Cookie", "s4desk="+c); res.StatusCode == http.StatusOK {
			t.Errorf("the session %q is believed", c)
		}
	}
}

func TestWrongTokensAreSlowedDown(t *testing.T) {
	p := start(t, web.Config{Token: token}).visit()
	for range 5 {
		if res, _ := p.SignsIn("Ann", "guess", ""); res.StatusCode != http.StatusForbidden {
			t.Fatalf("a guess is answered with %s", res.Status)
		}
	}
	res, _ := p.SignsIn("Ann", token, "")
	if res.StatusCode != http.StatusTooManyRequests || res.Header.Get("Retry-After") == "" {
		t.Errorf("the sixth: %s", res.Status)
	}
}

func TestNobodyBeginsOneConversationAfterTheOther(t *testing.T) {
	s := start(t, web.Config{Handle: accepts})
	begin := func(from string) int {
		res, _ := s.visit().Post("/chat/say", webtest.Saying{ID: "1", Text: "x"}, "X-Forwarded-For", "198.51.100.1, "+from)
		return res.StatusCode
	}
	known := s.visit()
	known.Post("/chat/say", webtest.Saying{ID: "1", Text: "x"}, "X-Forwarded-For", "203.0.113.9")
	for range 59 {
		if got := begin("203.0.113.9"); got != http.StatusNoContent {
			t.Fatalf("a conversation is answered with %d", got)
		}
	}
	if got := begin("203.0.113.9"); got != http.StatusTooManyRequests {
		t.Errorf("one too many is answered with %d", got)
	}
	if got := begin("203.0.113.10"); got != http.StatusNoContent {
		t.Errorf("another address is answered with %d", got)
	}
	if res, _ := known.Post("/chat/say", webtest.Saying{ID: "2", Text: "x"}, "X-Forwarded-For", "203.0.113.9"); res.StatusCode != http.StatusNoContent {
		t.Errorf("a known one is answered with %s", res.Status)
	}
}

func TestCookiesAreKeptClose(t *testing.T) {
	s := start(t, web.Config{Token: token})
	p := s.visit()
	form := url.Values{"name": {"Ann"}, "token": {token}}.Encode()
	signIn, _ := p.Do(http.MethodPost, "/signin", "application/x-www-form-urlencoded", []byte(form), "X-Forwarded-Proto", "https")
	for name, res := range map[string]*http.Response{
		"s4chat": s.visit().Get("/", "X-Forwarded-Proto", "https", "Cookie", ""),
		"s4desk": signIn,
	} {
		var c *http.Cookie
		for _, x := range res.Cookies() {
			if x.Name == name {
				c = x
			}
		}
		switch {
		case c == nil:
			t.Errorf("%s is not set", name)
		case !c.HttpOnly || !c.Secure || c.Path != "/" || c.SameSite != http.SameSiteLaxMode && c.SameSite != http.SameSiteStrictMode:
			t.Errorf("%s: %+v", name, c)
		}
	}
	res := s.visit().Get("/?embed=1", "X-Forwarded-Proto", "https")
	if c := res.Cookies()[0]; c.SameSite != http.SameSiteNoneMode || !c.Partitioned || !c.Secure {
		t.Errorf("in a page of somebody else's: %+v", c)
	}
}

func TestOtherSitesCannotAct(t *testing.T) {
	d := &desk{}
	s := start(t, web.Config{Loopback: true, Handle: accepts, Desk: d.take})
	p := s.visit()
	p.Get("/desk")
	for _, foreign := range [][]string{
		{"Origin", "https://evil.example"}, {"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}, {"Origin", "null"},
	} {
		for path, body := range map[string]any{
			"/chat/say": webtest.Saying{ID: "1", Text: "x"}, "/desk/act": map[string]string{"case": "0123456789abcdef", "id": "1", "kind": "claim"}, "/desk/name": "", "/signout": "", "/chat/files": "x",
		} {
			res, _ := p.Post(path, body, foreign...)
			if res.StatusCode != http.StatusForbidden {
				t.Errorf("%s with %v: %s", path, foreign, res.Status)
			}
			if !strings.Contains(res.Header.Get("Content-Security-Policy"), "default-src 'none'") {
				t.Errorf("%s with %v is refused without a policy", path, foreign)
			}
		}
	}
	if len(d.acts) != 0 || len(p.Messages()) != 0 {
		t.Error("something was done")
	}
	if res, _ := p.Do(http.MethodPost, "/chat/say", "text/plain", []byte(`{"id":"1","text":"x"}`)); res.StatusCode != http.StatusUnsupportedMediaType {
		t.Errorf("a form's type: %s", res.Status)
	}
}

func TestEveryAnswerIsStrict(t *testing.T) {
	p := start(t, web.Config{Loopback: true}).visit()
	for _, path := range []string{"/", "/?embed=1", "/desk", "/signin", "/assets/base.css", "/assets/none", "/nothing", "/embed.js"} {
		h := p.Get(path).Header
		policy := h.Get("Content-Security-Policy")
		if !strings.Contains(policy, "default-src 'none'") || strings.Contains(policy, "unsafe") || h.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %v", path, h)
		}
		if framed := strings.Contains(policy, "frame-ancestors *"); framed != (path == "/?embed=1") {
			t.Errorf("%s may be framed: %v", path, framed)
		}
	}
}

func TestAMerchantSeesTheirOwnRoomAlone(t *testing.T) {
	s := start(t, web.Config{Loopback: true, Handle: accepts})
	ann, bob := s.visit(), s.visit()
	f := ann.Uploads("slip.pdf", []byte("%PDF-1.7\nslip"), http.StatusOK)
	ann.Says(webtest.Saying{Text: "my words", Files: []webtest.File{f}})
	if got := bob.Messages(); len(got) != 0 {
		t.Errorf("another one reads %+v", got)
	}
	if res := bob.Get("/chat/files/" + f.Name); res.StatusCode != http.StatusNotFound {
		t.Errorf("another one's file: %s", res.Status)
	}
	if res := ann.Get("/chat/files/" + f.Name); res.StatusCode != http.StatusOK {
		t.Errorf("one's own file: %s", res.Status)
	}
	for _, c := range []string{"", "s4chat=", "s4chat=../webdesk", "s4chat=webdesk:x", "s4chat=" + strings.Repeat("A", 27)} {
		x := webtest.New(t, s.server.URL)
		if res := x.Get("/chat/events", "Cookie", c); res.StatusCode != http.StatusUnauthorized {
			t.Errorf("with %q the stream answers %s", c, res.Status)
		}
	}
}

func TestUploadsAreLookedAt(t *testing.T) {
	p := start(t, web.Config{Loopback: true, Handle: accepts}).visit()
	for name, content := range map[string]string{
		"a.png": "<html><script>alert(1)</script>", "b.jpg": `<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>`, "c.pdf": "MZ\x90\x00\x03", "d.png": "PK\x03\x04",
	} {
		p.Uploads(name, []byte(content), http.StatusUnsupportedMediaType)
	}
	p.Uploads("large.pdf", append([]byte("%PDF-1.7\n"), make([]byte, 11<<20)...), http.StatusRequestEntityTooLarge)
	png := p.Uploads("../../x\u202egnp.exe", []byte("\x89PNG\r\n\x1a\n0000"), http.StatusOK)
	if png.Type != "image/png" || png.Kind != "photo" || png.Title != "xgnp.exe" {
		t.Errorf("got %+v", png)
	}
	pdf := p.Uploads("x.pdf", []byte("%PDF-1.7\n"), http.StatusOK)
	for _, f := range []webtest.File{png, pdf} {
		h := p.Get("/chat/files/" + f.Name).Header
		if h.Get("X-Content-Type-Options") != "nosniff" || !strings.Contains(h.Get("Content-Security-Policy"), "sandbox") {
			t.Errorf("%s is webtest.Shown with %v", f.Type, h)
		}
		if attached := strings.HasPrefix(h.Get("Content-Disposition"), "attachment"); attached != (f.Kind == "document") {
			t.Errorf("%s is attached: %v", f.Type, attached)
		}
	}
}

// Files must leave room for words, however many come.
func TestFilesLeaveRoomForWords(t *testing.T) {
	fill := 0.4
	p := start(t, web.Config{Loopback: true, Handle: accepts, Fill: func(context.Context) (float64, error) { return fill, nil }}).visit()
	p.Uploads("a.pdf", []byte("%PDF-1.7\n"), http.StatusOK)
	fill = 0.6
	p.Uploads("b.pdf", []byte("%PDF-1.7\n"), http.StatusServiceUnavailable)
	p.Says(webtest.Saying{Text: "words"})
}

func TestAFileThatIsNamedOftenIsKeptOnce(t *testing.T) {
	s := start(t, web.Config{Loopback: true, Handle: accepts})
	p := s.visit()
	f := p.Uploads("a.pdf", []byte("%PDF-1.7\n"), http.StatusOK)
	id := s.opens("p1", "case", false)
	one := chat.File{Kind: chat.Document, Platform: web.Platform, Ref: p.Cookie("s4chat") + "/" + f.Name}
	names := map[string]bool{}
	for _, post := range []string{"p2", "p3"} {
		s.delivers(id, chat.Post{ID: post, Kind: chat.Info, Of: "m" + post, Files: []chat.File{one, one}})
	}
	for _, m := range p.Thread(id) {
		for _, f := range m.Files {
			names[f.Name] = true
		}
	}
	if len(names) != 1 || names[""] {
		t.Errorf("it is kept as %v", names)
	}
}

func TestPersonalDataIsMasked(t *testing.T) {
	s := start(t, web.Config{Loopback: true, Handle: accepts, Mask: func(text string) string {
		return strings.ReplaceAll(text, "6222021234567890", "[card]")
	}})
	p := s.visit()
	f := p.Uploads("6222021234567890.pdf", []byte("%PDF-1.7\n"), http.StatusOK)
	f.Title = "6222021234567890.pdf" // whatever a page says
	p.Says(webtest.Saying{Text: "card 6222021234567890", Quote: "6222021234567890", Files: []webtest.File{f}})
	f.Name, f.Type = "../6222021234567890", "card/6222021234567890"
	p.Says(webtest.Saying{Text: "again", ReplyTo: "6222021234567890", Files: []webtest.File{f}})
	for _, e := range p.Events("/chat/events", "ready") {
		if strings.Contains(e.Data, "6222021234567890") {
			t.Errorf("it is kept: %s", e.Data)
		}
	}
	p.Do(http.MethodPost, "/desk/name", "application/x-www-form-urlencoded", []byte("name=6222021234567890"))
	if _, page := p.Do(http.MethodGet, "/desk", "", nil); strings.Contains(page, "6222021234567890") || !strings.Contains(page, "[card]") {
		t.Errorf("an agent's name is not masked: %s", page)
	}
}
