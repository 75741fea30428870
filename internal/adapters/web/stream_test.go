package web_test

import (
	"context"
	"io"
	"net"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/s4bot/s4bot/internal/adapters/web"
	"github.com/s4bot/s4bot/internal/adapters/web/webtest"
	"github.com/s4bot/s4bot/internal/chat"
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
	feeds := storeFor(t)
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

// Between a page's words being shown and being taken in, what was there before may be
// erased a second time.
func TestWordsAfterTheGoodbyeStay(t *testing.T) {
	feeds := storeFor(t)
	p := start(t, web.Config{Feeds: feeds, Handle: func(ctx context.Context, m ...chat.Message) error {
		return feeds.RemoveFeed(ctx, m[0].Room.String())
	}}).visit()
	p.Says(webtest.Saying{Text: "S4 again"})
	if got := p.Messages(); len(got) != 1 || got[0].Text != "S4 again" {
		t.Errorf("the chat shows %+v", got)
	}
}

// readings counts how many read feeds at once.
type readings struct {
	web.Feeds
	now, most atomic.Int64
}

func (r *readings) Entries(ctx context.Context, feed string, after int64, visit func(int64, string, []byte) bool) error {
	n := r.now.Add(1)
	defer r.now.Add(-1)
	for was := r.most.Load(); n > was && !r.most.CompareAndSwap(was, n); was = r.most.Load() {
	}
	return r.Feeds.Entries(ctx, feed, after, visit)
}

// However long a feed is, a page gets all of it, and pages that do not read hold only a
// small part of it each.
func TestALongFeedIsReadInParts(t *testing.T) {
	feeds := storeFor(t)
	counted := &readings{Feeds: feeds}
	s := start(t, web.Config{Loopback: true, Handle: accepts, Feeds: counted})
	p := s.visit()
	const entries, size = 300, 20_000
	for i := range entries {
		data := `{"what":"message","text":"` + strings.Repeat("x", size) + `"}`
		if _, _, err := feeds.Append(t.Context(), p.Room().String(), strconv.Itoa(i), []byte(data)); err != nil {
			t.Fatal(err)
		}
	}
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	var idle []net.Conn
	for range 40 {
		c, err := net.Dial("tcp", s.server.Listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		_ = c.(*net.TCPConn).SetReadBuffer(4096)
		if _, err := io.WriteString(c, "GET /chat/events HTTP/1.1\r\nHost: x\r\nCookie: s4chat="+p.Cookie("s4chat")+"\r\n\r\n"); err != nil {
			t.Fatal(err)
		}
		idle = append(idle, c)
	}
	if got := names(p.Events("/chat/events", "ready")); len(got) != entries+1 || got[entries-1] != "entry "+strconv.Itoa(entries) {
		t.Errorf("%d events came", len(got))
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	if held := int64(after.HeapAlloc) - int64(before.HeapAlloc); held > 40*entries*size/8 {
		t.Errorf("40 pages that do not read hold %d MB", held>>20)
	}
	if most := counted.most.Load(); most > 4 {
		t.Errorf("%d read at once", most)
	}
	for _, c := range idle {
		_ = c.Close()
	}
}
