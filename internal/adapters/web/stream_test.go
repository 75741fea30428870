package web_test

import (
	"slices"
	"strconv"
	"testing"

	"github.com/s4bot/s4bot/internal/adapters/web"
	"github.com/s4bot/s4bot/internal/adapters/web/webtest"
	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/store/boltstore"
)

func names(all []webtest.Event) (out []string) {
	for _, e := range all {
		out = append(out, e.Name+" "+e.Number)
	}
	return out
}

func TestAStreamGoesOnWhereItWas(t *testing.T) {
	s := start(t, web.Config{Loopback: true, Handle: accepts})
	p := s.visit()
	for i := range 3 {
		p.Says(webtest.Saying{Text: strconv.Itoa(i)})
	}
	if got := names(p.Events("/chat/events?after=2", "ready")); !slices.Equal(got, []string{"entry 3", "ready "}) {
		t.Errorf("got %q", got)
	}
	for _, odd := range []string{"-1", "x", "99999999999999999999"} {
		if got := names(p.Events("/chat/events?after="+odd, "ready")); len(got) != 4 {
			t.Errorf("after %s: %q", odd, got)
		}
	}
	if got := names(p.Events("/chat/events?after=9", "ready")); !slices.Equal(got, []string{"reset ", "entry 1", "entry 2", "entry 3", "ready "}) {
		t.Errorf("of a feed that lost its end: %q", got)
	}
}

// await reads a stream up to an event.
func await(s *webtest.Stream, event string) {
	for s.Next().Name != event {
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
	f := p.Uploads("slip.pdf", []byte("%PDF-1.7\n"), 200)
	p.Says(webtest.Saying{Text: "forget me", Files: []webtest.File{f}})
	room := s.opens("p1", "case", false)
	if err := feeds.Link(t.Context(), chat.Room{Platform: web.DeskPlatform, ID: room}.String(), p.Room().String()); err != nil {
		t.Fatal(err)
	}
	talk, desk := p.Opens("/chat/events"), p.Opens("/desk/events")
	defer talk.Close()
	defer desk.Close()
	await(talk, "ready") // else it may begin after the end, and know of none
	await(desk, "ready")
	if err := feeds.Erase(t.Context(), p.Room().String()); err != nil {
		t.Fatal(err)
	}
	await(talk, "reset")
	await(desk, "gone")
	if got := p.Messages(); len(got) != 0 {
		t.Errorf("the chat still has %+v", got)
	}
	if got := p.Cases(); len(got) != 0 {
		t.Errorf("the desk still has %+v", got)
	}
	if res := p.Get("/chat/files/" + f.Name); res.StatusCode != 404 {
		t.Errorf("the file is still there: %s", res.Status)
	}
}
