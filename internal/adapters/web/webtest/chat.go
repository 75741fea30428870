package webtest

import (
	"crypto/rand"
	"encoding/json"
	"net/http"
	"net/url"
	"time"

	"github.com/s4bot/s4bot/internal/chat"
)

// Saying is what the chat's page sends.
type Saying struct {
	ID      string `json:"id"`
	Text    string `json:"text,omitempty"`
	Choice  string `json:"choice,omitempty"`
	Post    string `json:"post,omitempty"`
	ReplyTo string `json:"reply_to,omitempty"`
	Quote   string `json:"quote,omitempty"`
	Edited  bool   `json:"edited,omitempty"`
	Files   []File `json:"files,omitempty"`
	Lang    string `json:"lang,omitempty"`
}

// File is an uploaded file, as the upload gave it.
type File struct {
	Kind  string `json:"kind"`
	Name  string `json:"name"`
	Title string `json:"title"`
	Type  string `json:"type"`
	Size  int64  `json:"size"`
}

// Option is a button.
type Option struct{ ID, Label string }

// Shown is an entry, and then a message as a page puts it together.
type Shown struct {
	What, ID, From, Text, Quote, Only string
	ReplyTo                           string `json:"reply_to"`
	Options                           []Option
	Files                             []File
	Mark                              string
	Inside                            bool
	Agent                             *chat.Agent
	Card                              *chat.Card
	Strong                            *[2]int

	Ref    string `json:"-"` // what changes and replies name it by
	Chosen bool   `json:"-"` // the option that is left was chosen
}

// Says sends something until it is accepted, as a page does, and gives its id.
func (b *Browser) Says(s Saying) string {
	b.t.Helper()
	if s.ID == "" {
		s.ID = rand.Text()
	}
	for end := time.Now().Add(time.Minute); ; time.Sleep(5 * time.Millisecond) {
		res, text := b.Post("/chat/say", s)
		switch {
		case res.StatusCode == http.StatusNoContent:
			return s.ID
		case res.StatusCode != http.StatusServiceUnavailable || time.Now().After(end):
			b.t.Fatalf("saying %q is answered with %s: %s", s.Text, res.Status, text)
		}
	}
}

// Uploads uploads a file, which is answered with a status.
func (b *Browser) Uploads(name string, content []byte, want int) (f File) {
	b.t.Helper()
	res, text := b.Do(http.MethodPost, "/chat/files?name="+url.QueryEscape(name), "application/octet-stream", content)
	if res.StatusCode != want {
		b.t.Fatalf("an upload is answered with %s: %s", res.Status, text)
	}
	if want == http.StatusOK {
		if err := json.Unmarshal([]byte(text), &f); err != nil {
			b.t.Fatal(err)
		}
	}
	return f
}

// Messages is what the chat shows after a reload.
func (b *Browser) Messages() []Shown { return fold(b.t, b.Events("/chat/events", "ready")) }
