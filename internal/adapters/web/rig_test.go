package web_test

import (
	"bufio"
	"bytes"
	"crypto/rand"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/adapters/web"
	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/store/boltstore"
)

// site is the pages on a real store and a real connection.
type site struct {
	t       *testing.T
	adapter *web.Adapter
	server  *httptest.Server
	log     *logged
}

// logged is a log that can be read while it is written.
type logged struct {
	mu   sync.Mutex
	text strings.Builder
}

func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

func start(t *testing.T, c web.Config) *site {
	t.Helper()
	s, err := boltstore.Open(filepath.Join(t.TempDir(), "s4bot.db"), boltstore.Options{Scratch: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	if c.Feeds == nil {
		c.Feeds = s
	}
	x := &site{t: t, log: &logged{}}
	opener := &late{}
	c.Files = opener
	x.adapter = web.New(c, slog.New(slog.NewTextHandler(x.log, nil)))
	opener.Opener = x.adapter
	x.server = httptest.NewServer(x.adapter.Handler())
	t.Cleanup(x.server.Close)
	t.Cleanup(x.adapter.Close)
	return x
}

// person is a browser without a screen.
type person struct {
	*site
	client *http.Client
}

// visit opens the chat in a browser of its own.
func (s *site) visit() *person {
	s.t.Helper()
	jar, _ := cookiejar.New(nil) // never fails
	p := &person{s, &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
	if res := p.get("/"); res.StatusCode != http.StatusOK {
		s.t.Fatalf("the chat answers %s", res.Status)
	}
	return p
}

func (p *person) cookie(name string) string {
	u, _ := url.Parse(p.server.URL)
	for _, c := range p.client.Jar.Cookies(u) {
		if c.Name == name {
			return c.Value
		}
	}
	return ""
}

func (p *person) room() chat.Room { return chat.Room{Platform: web.Platform, ID: p.cookie("s4chat")} }

// do sends a request and reads its answer.
func (p *person) do(method, path, kind string, body []byte, headers ...string) (*http.Response, string) {
	p.t.Helper()
	r, err := http.NewRequest(method, p.server.URL+path, bytes.NewReader(body))
	if err != nil {
		p.t.Fatal(err)
	}
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		if headers[i] == "Host" {
			r.Host = headers[i+1]
		}
		r.Header.Set(headers[i], headers[i+1])
	}
	res, err := p.client.Do(r)
	if err != nil {
		p.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	return res, string(text)
}

func (p *person) get(path string, headers ...string) *http.Response {
	p.t.Helper()
	res, _ := p.do(http.MethodGet, path, "", nil, headers...)
	return res
}

func (p *person) post(path string, v any, headers ...string) (*http.Response, string) {
	p.t.Helper()
	body, err := json.Marshal(v)
	if err != nil {
		p.t.Fatal(err)
	}
	return p.do(http.MethodPost, path, "application/json", body, headers...)
}

// The forms of what pages send and read, as a page that nobody here wrote would know
// them.
type saying struct {
	ID      string     `json:"id"`
	Text    string     `json:"text,omitempty"`
	Choice  string     `json:"choice,omitempty"`
	Post    string     `json:"post,omitempty"`
	ReplyTo string     `json:"reply_to,omitempty"`
	Quote   string     `json:"quote,omitempty"`
	Edited  bool       `json:"edited,omitempty"`
	Files   []fileSent `json:"files,omitempty"`
	Lang    string     `json:"lang,omitempty"`
}

type fileSent struct {
	Kind  string `json:"kind"`
	Name  string `json:"name"`
	Title string `json:"title"`
	Type  string `json:"type"`
	Size  int64  `json:"size"`
}

type optionShown struct{ ID, Label string }

// shown is an entry, and then a message as a page puts it together.
type shown struct {
	What, ID, From, Text, Quote, Only string
	ReplyTo                           string `json:"reply_to"`
	Options                           []optionShown
	Files                             []fileSent
	Mark                              string
	Inside                            bool
	Agent                             *chat.Agent
	Card                              *chat.Card
	Strong                            *[2]int

	ref    string
	chosen bool
}

// says sends something until it is accepted, as a page does, and gives its id.
func (p *person) says(s saying) string {
	p.t.Helper()
	if s.ID == "" {
		s.ID = rand.Text()
	}
	for end := time.Now().Add(10 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		res, text := p.post("/chat/say", s)
		switch {
		case res.StatusCode == http.StatusNoContent:
			return s.ID
		case res.StatusCode != http.StatusServiceUnavailable || time.Now().After(end):
			p.t.Fatalf("saying %q is answered with %s: %s", s.Text, res.Status, text)
		}
	}
}

func (p *person) uploads(name string, content []byte, want int) (f fileSent) {
	p.t.Helper()
	res, text := p.do(http.MethodPost, "/chat/files?name="+url.QueryEscape(name), "application/octet-stream", content)
	if res.StatusCode != want {
		p.t.Fatalf("an upload is answered with %s: %s", res.Status, text)
	}
	if want == http.StatusOK {
		if err := json.Unmarshal([]byte(text), &f); err != nil {
			p.t.Fatal(err)
		}
	}
	return f
}

// events reads a stream up to an event.
func (p *person) events(path, until string) (all []event) {
	p.t.Helper()
	r, err := http.NewRequestWithContext(p.t.Context(), http.MethodGet, p.server.URL+path, nil)
	if err != nil {
		p.t.Fatal(err)
	}
	res, err := p.client.Do(r)
	if err != nil {
		p.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	if res.StatusCode != http.StatusOK {
		p.t.Fatalf("the stream is answered with %s", res.Status)
	}
	var e event
	for lines := bufio.NewScanner(res.Body); lines.Scan(); {
		name, value, _ := strings.Cut(lines.Text(), ": ")
		switch {
		case name == "event":
			e.name = value
		case name == "id":
			e.number = value
		case name == "data":
			e.data = value
		case lines.Text() == "" && e.name != "":
			if all = append(all, e); e.name == until {
				return all
			}
			e = event{}
		}
	}
	p.t.Fatalf("the stream ends before %q", until)
	return nil
}

type event struct{ name, number, data string }

// messages is what the chat shows after a reload.
func (p *person) messages() []shown { return fold(p.t, p.events("/chat/events", "ready")) }

// fold puts messages together from entries, as a page does.
func fold(t *testing.T, all []event) (out []shown) {
	t.Helper()
	for _, e := range all {
		if e.name != "entry" {
			continue
		}
		var x shown
		if err := json.Unmarshal([]byte(e.data), &x); err != nil {
			t.Fatal(err)
		}
		if _, err := strconv.Atoi(e.number); err != nil {
			t.Fatalf("an entry has the number %q", e.number)
		}
		i := slices.IndexFunc(out, func(m shown) bool { return m.ref == x.ID || m.From != "bot" && m.ID == x.ID })
		switch {
		case x.What == "edit" && i >= 0:
			out[i].Text = x.Text
		case x.What == "delete" && i >= 0:
			out = slices.Delete(out, i, i+1)
		case x.What == "settle" && i >= 0:
			out[i].Options, out[i].chosen = x.Options, true
		case x.What == "edit" || x.What == "delete" || x.What == "settle":
		default:
			x.ref = e.number
			out = append(out, x)
		}
	}
	return out
}

// late opens files of an adapter that is made after it.
type late struct{ adapters.Opener }
