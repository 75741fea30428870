// Package webtest reads and uses the pages of package web as a browser does, without
// showing them: for tests from outside.
package webtest

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"testing"

	"github.com/s4bot/s4bot/internal/adapters/web"
	"github.com/s4bot/s4bot/internal/chat"
)

// Browser is a browser without a screen: it keeps cookies, sends what pages send, and
// puts together what they show.
type Browser struct {
	t      testing.TB
	client *http.Client
	base   string
}

// Visit opens the chat of the pages at an address, in a browser of its own.
func Visit(t testing.TB, base string) *Browser {
	t.Helper()
	b := New(t, base)
	if res := b.Get("/"); res.StatusCode != http.StatusOK {
		t.Fatalf("the chat answers %s", res.Status)
	}
	return b
}

// New gives a browser that has opened nothing.
func New(t testing.TB, base string) *Browser {
	jar, _ := cookiejar.New(nil) // never fails
	client := &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	return &Browser{t: t, client: client, base: base}
}

// Goes takes the browser to another address, where the same site is now.
func (b *Browser) Goes(base string) {
	was, _ := url.Parse(b.base)
	is, _ := url.Parse(base)
	b.client.Jar.SetCookies(is, b.client.Jar.Cookies(was))
	b.base = base
}

// Cookie gives the value of a cookie; "": there is none.
func (b *Browser) Cookie(name string) string {
	u, _ := url.Parse(b.base)
	for _, c := range b.client.Jar.Cookies(u) {
		if c.Name == name {
			return c.Value
		}
	}
	return ""
}

// Room is the merchant's room.
func (b *Browser) Room() chat.Room { return chat.Room{Platform: web.Platform, ID: b.Cookie("s4chat")} }

// Do sends a request, with headers as names and values, and reads its answer.
func (b *Browser) Do(method, path, kind string, body []byte, headers ...string) (*http.Response, string) {
	b.t.Helper()
	r, err := http.NewRequest(method, b.base+path, bytes.NewReader(body))
	if err != nil {
		b.t.Fatal(err)
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
	res, err := b.client.Do(r)
	if err != nil {
		b.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	return res, string(text)
}

// Get asks for a page.
func (b *Browser) Get(path string, headers ...string) *http.Response {
	b.t.Helper()
	res, _ := b.Do(http.MethodGet, path, "", nil, headers...)
	return res
}

// Post sends a value as JSON.
func (b *Browser) Post(path string, v any, headers ...string) (*http.Response, string) {
	b.t.Helper()
	body, err := json.Marshal(v)
	if err != nil {
		b.t.Fatal(err)
	}
	return b.Do(http.MethodPost, path, "application/json", body, headers...)
}
