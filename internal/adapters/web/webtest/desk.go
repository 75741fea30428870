package webtest

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"

	"github.com/s4bot/s4bot/internal/chat"
)

// SignsIn sends the form to sign in.
func (b *Browser) SignsIn(name, token, next string) (*http.Response, string) {
	b.t.Helper()
	form := url.Values{"name": {name}, "token": {token}, "next": {next}}
	return b.Do(http.MethodPost, "/signin", "application/x-www-form-urlencoded", []byte(form.Encode()))
}

// Agent gives the agent's id that the desk's page has.
func (b *Browser) Agent() string {
	b.t.Helper()
	_, page := b.Do(http.MethodGet, "/desk", "", nil)
	_, rest, ok := strings.Cut(page, `data-agent="`)
	if !ok {
		b.t.Fatal("the desk's page names no agent")
	}
	id, _, _ := strings.Cut(rest, `"`)
	return id
}

// Case is a case as the list shows it.
type Case struct {
	ID, Title, Who, Over, Last string
	Urgent, Bot                bool
	Agent                      chat.Agent
	Remind                     int
}

// Cases gives the list as a page gets it.
func (b *Browser) Cases() (out []Case) {
	b.t.Helper()
	for _, e := range b.Events("/desk/events", "ready") {
		if e.Name == "case" {
			var c Case
			if err := json.Unmarshal([]byte(e.Data), &c); err != nil {
				b.t.Fatal(err)
			}
			out = append(out, c)
		}
	}
	return out
}

// Thread gives what stands in a case.
func (b *Browser) Thread(id string) []Shown {
	return fold(b.t, b.Events("/desk/events?case="+id, "ready"))
}

// Acts does something at the desk, which is answered with a status.
func (b *Browser) Acts(act map[string]any, want int) {
	b.t.Helper()
	if res, text := b.Post("/desk/act", act); res.StatusCode != want {
		b.t.Errorf("%v is answered with %s: %s", act, res.Status, text)
	}
}
