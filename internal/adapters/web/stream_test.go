package web_test

import (
	"slices"
	"strconv"
	"testing"

	"github.com/s4bot/s4bot/internal/adapters/web"
	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/store/boltstore"
)

func names(all []event) (out []string) {
	for _, e := range all {
		out = append(out, e.name+" "+e.number)
	}
	return out
}

func TestAStreamGoesOnWhereItWas(t *testing.T) {
	s := start(t, web.Config{Loopback: true, Handle: accepts})
	p := s.visit()
	for i := range 3 {
		p.says(saying{Text: strconv.Itoa(i)})
	}
	if got := names(p.events("/chat/events?after=2", "ready")); !slices.Equal(got, []string{"entry 3", "ready "}) {
		t.Errorf("got %q", got)
	}
	for _, odd := range []string{"-1", "x", "99999999999999999999"} {
		if got := names(p.events("/chat/events?after="+odd, "ready")); len(got) != 4 {
			t.Errorf("after %s: %q", odd, got)
		}
	}
	if got := names(p.events("/chat/events?after=9", "ready")); !slices.Equal(got, []string{"reset ", "entry 1", "entry 2", "entry 3", "ready "}) {
		t.Errorf("of a feed that lost its end: %q", got)
	}
}

func TestAnErasedRoomIsEmptyAtOnce(t *testing.T) {
	feeds, err := boltstore.Open(t.TempDir()+"/s4bot.db", boltstore.Options{Scratch: true})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = feeds.Close() }()
	s := start(t, web.Config{Loopback: true, Handle: accepts, Feeds: feeds})
	go s.adapter.Run(t.Context()) // ends with the test
	p := s.visit()
	f := p.uploads("slip.pdf", []byte("%PDF-1.7\n"), 200)
	p.says(saying{Text: "forget me", Files: []fileSent{f}})
	room := s.opens("p1", "case", false)
	if err := feeds.Link(t.Context(), chat.Room{Platform: web.DeskPlatform, ID: room}.String(), p.room().String()); err != nil {
		t.Fatal(err)
	}
	done := make(chan []event)
	go func() { done <- p.events("/chat/events", "reset") }()
	gone := make(chan []event)
	go func() { gone <- p.events("/desk/events", "gone") }()
	for len(p.cases()) != 1 { // both streams are on their way
	}
	if err := feeds.Erase(t.Context(), p.room().String()); err != nil {
		t.Fatal(err)
	}
	<-done
	<-gone
	if got := p.messages(); len(got) != 0 {
		t.Errorf("the chat still has %+v", got)
	}
	if got := p.cases(); len(got) != 0 {
		t.Errorf("the desk still has %+v", got)
	}
	if res := p.get("/chat/files/" + f.Name); res.StatusCode != 404 {
		t.Errorf("the file is still there: %s", res.Status)
	}
}
