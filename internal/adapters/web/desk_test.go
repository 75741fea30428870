package web_test

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/adapters/web"
	"github.com/s4bot/s4bot/internal/adapters/web/webtest"
	"github.com/s4bot/s4bot/internal/chat"
)

// lobby is where a card goes that has no case yet.
var lobby = chat.Room{Platform: web.DeskPlatform}

func card(title string) *chat.Card {
	return &chat.Card{Title: title, Rows: []chat.Row{{Label: "Merchant: ", Parts: []string{"Ann's shop"}}}, Lang: "en"}
}

// opens delivers a card and gives the case's id.
func (s *site) opens(id, title string, urgent bool) string {
	s.t.Helper()
	c := card(title)
	c.Urgent = urgent
	ref := s.delivers("", chat.Post{ID: id, To: chat.ToDesk, Kind: chat.Handoff, Text: title, Card: c, Of: "card1"})
	room, _, ok := strings.Cut(ref, ":")
	if !ok {
		s.t.Fatalf("the card's reference is %q", ref)
	}
	return room
}

func (s *site) delivers(room string, p chat.Post) string {
	s.t.Helper()
	p.To = chat.ToDesk
	ref, err := s.adapter.Deliver(s.t.Context(), chat.Room{Platform: web.DeskPlatform, ID: room}, p)
	if err != nil {
		s.t.Fatalf("deliver %s: %v", p.ID, err)
	}
	return ref
}

func titles(all []webtest.Case) (out []string) {
	for _, c := range all {
		out = append(out, c.Title)
	}
	return out
}

func TestTheListShowsWhatMattersFirst(t *testing.T) {
	s := start(t, web.Config{Loopback: true})
	p := s.visit()
	s.opens("p1", "first", false)
	taken, over := s.opens("p2", "taken", false), s.opens("p3", "over", false)
	s.opens("p4", "urgent", true)
	c := card("taken")
	c.Agent = chat.Agent{ID: "n1", Name: "Bo"}
	s.delivers(taken, chat.Post{ID: "p5", Card: c, Of: "card1", Change: chat.Edit})
	c = card("over")
	c.Over = "closed by Bo"
	s.delivers(over, chat.Post{ID: "p6", Card: c, Of: "card1", Change: chat.Edit})
	s.opens("p1", "first", false) // once more, after a lost answer
	got := p.Cases()
	if want := []string{"urgent", "first", "taken", "over"}; !slices.Equal(titles(got), want) {
		t.Fatalf("the list is %q, want %q", titles(got), want)
	}
	if got[2].Agent.Name != "Bo" || got[3].Over == "" || got[0].Who != "Ann's shop" {
		t.Errorf("got %+v", got)
	}
}

func TestACaseShowsWhatWasSaid(t *testing.T) {
	s := start(t, web.Config{Loopback: true, Handle: accepts, Desk: (&desk{}).take})
	p := s.visit()
	id := s.opens("p1", "case", false)
	s.delivers(id, chat.Post{ID: "p2", Kind: chat.Info, Text: "still no", Of: "m1", Quote: "did it help?"})
	s.delivers(id, chat.Post{ID: "p3", Text: "still not", Of: "m1", Change: chat.Edit})
	s.delivers(id, chat.Post{ID: "p4", Kind: chat.Info, Text: "nobody has it yet", Remind: 1})
	for range 2 { // a lost answer
		p.Acts(map[string]any{"case": id, "id": "a1", "kind": "say", "text": "one moment"}, http.StatusNoContent)
	}
	p.Acts(map[string]any{"case": id, "id": "a2", "kind": "say", "text": "／／ a lamb", "inside": false}, http.StatusNoContent)
	s.delivers(id, chat.Post{ID: "p5", Of: "a1", Mark: chat.Failed, Text: "the chat is closed"})
	got := p.Thread(id)
	var lines []string
	for _, m := range got {
		lines = append(lines, m.What+" "+m.From+" "+m.Text)
	}
	want := []string{"card  case", "message merchant still not", "notice  nobody has it yet", "message agent one moment", "message agent a lamb", "mark  the chat is closed"}
	if !slices.Equal(lines, want) {
		t.Errorf("got  %q\nwant %q", lines, want)
	}
	if !got[4].Inside || got[3].Inside || got[5].Mark != "failed" || got[5].ID != "a1" {
		t.Errorf("got %+v", got[3:])
	}
	if c := p.Cases()[0]; c.Last != "one moment" || c.Remind != 1 {
		t.Errorf("the list has %+v", c)
	}
}

func TestOneAgentAloneReadsWhatIsMeantForThem(t *testing.T) {
	s := start(t, web.Config{Loopback: true})
	ann, bo := s.visit(), s.visit()
	room := s.opens("p1", "case", false)
	s.delivers(room, chat.Post{ID: "p2", Text: "Bo has it", Private: ann.Agent()})
	if got := ann.Thread(room); len(got) != 2 {
		t.Errorf("who it is for reads %+v", got)
	}
	if got := bo.Thread(room); len(got) != 1 {
		t.Errorf("another one reads %+v", got)
	}
}

// Who may work at the desk may not put words into the mouth of others there.
func TestNobodyChangesTheWordsOfOthers(t *testing.T) {
	s := start(t, web.Config{Loopback: true, Desk: (&desk{}).take})
	ann, bo := s.visit(), s.visit()
	room := s.opens("p1", "case", false)
	s.delivers(room, chat.Post{ID: "p2", Kind: chat.Info, Text: "the merchant's", Of: "m1"})
	ann.Acts(map[string]any{"case": room, "id": "a1", "kind": "say", "text": "Ann's"}, http.StatusNoContent)
	for _, id := range []string{"a1", "m1", "p2", "none"} {
		bo.Acts(map[string]any{"case": room, "id": id, "kind": "say", "text": "forged", "change": "edit"}, http.StatusNoContent)
		bo.Acts(map[string]any{"case": room, "id": id, "kind": "say", "change": "delete"}, http.StatusNoContent)
	}
	var got []string
	for _, m := range bo.Thread(room) {
		got = append(got, m.Text)
	}
	if want := []string{"case", "the merchant's", "Ann's"}; !slices.Equal(got, want) {
		t.Errorf("the case shows %q, want %q", got, want)
	}
}

func TestFilesNeedACase(t *testing.T) {
	s := start(t, web.Config{Loopback: true})
	res, _ := s.visit().Do(http.MethodPost, "/desk/files?case=0123456789abcdef&name=x.pdf", "application/pdf", []byte("%PDF-1.7\n"))
	if res.StatusCode != http.StatusNotFound {
		t.Errorf("a file for no case: %s", res.Status)
	}
}

func TestActsAreHandedOver(t *testing.T) {
	d := &desk{}
	s := start(t, web.Config{Loopback: true, Desk: d.take})
	p := s.visit()
	room := s.opens("p1", "case", false)
	for _, act := range []map[string]any{
		{"id": "1", "kind": "claim"},
		{"id": "2", "kind": "say", "text": "hello", "reply_to": "m1"},
		{"id": "3", "kind": "say", "text": "a note", "inside": true},
		{"id": "2", "kind": "say", "text": "hello!", "change": "edit"},
		{"id": "2", "kind": "say", "change": "delete"},
		{"id": "4", "kind": "suggest", "fix": "restart"},
		{"id": "5", "kind": "release"},
		{"id": "6", "kind": "give_back"},
		{"id": "7", "kind": "close", "cause": "card.expired", "note": "n"},
	} {
		act["case"] = room
		p.Acts(act, http.StatusNoContent)
	}
	var got []string
	for _, a := range d.acts {
		got = append(got, strings.Join([]string{a.ID, string(a.Kind), a.Text, string(a.Change), a.ReplyTo, a.Fix, a.Cause, a.Note}, "|"))
		if a.Agent.ID == "" || a.Agent.Name == "" || a.At.IsZero() != (a.Change == "") {
			t.Errorf("got %+v", a)
		}
	}
	want := []string{
		"1|claim||||||", "2|say|hello||m1|||", "3|say|// a note|||||", "2|say|hello!|edit||||", "2|say||delete||||",
		"4|suggest||||restart||", "5|release||||||", "6|give_back||||||", "7|close|||||card.expired|n",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	for _, act := range []map[string]any{
		{"id": "8", "kind": "lose"}, {"id": "8", "kind": "say"}, {"id": "", "kind": "claim"}, {"id": "8", "kind": "suggest"}, {"id": "<b>", "kind": "claim"},
	} {
		act["case"] = room
		p.Acts(act, http.StatusBadRequest)
	}
	p.Acts(map[string]any{"case": "0123456789abcdef", "id": "9", "kind": "say", "text": "x"}, http.StatusNotFound)
	p.Acts(map[string]any{"case": "../web:X", "id": "9", "kind": "say", "text": "x"}, http.StatusBadRequest)
}

// A card can be seen and claimed before the bot has heard that it is there.
func TestANewCaseIsWaitedFor(t *testing.T) {
	d := &desk{}
	asked := 0
	s := start(t, web.Config{Loopback: true, Desk: func(ctx context.Context, room chat.Room, acts ...chat.Act) error {
		if asked++; asked < 4 {
			return adapters.ErrNoCase
		}
		return d.take(ctx, room, acts...)
	}})
	s.visit().Acts(map[string]any{"case": s.opens("p1", "case", false), "id": "1", "kind": "claim"}, http.StatusNoContent)
	if len(d.acts) != 1 {
		t.Errorf("it was handed over as %+v", d.acts)
	}
}

func TestAnOldCaseIsNotWaitedFor(t *testing.T) {
	feeds := storeFor(t)
	const id = "0123456789abcdef"
	if _, _, err := feeds.Append(t.Context(), web.DeskPlatform+":"+id, "card", []byte(`{"what":"card","at":1000}`)); err != nil {
		t.Fatal(err)
	}
	s := start(t, web.Config{Loopback: true, Feeds: feeds, Desk: func(context.Context, chat.Room, ...chat.Act) error { return adapters.ErrNoCase }})
	s.visit().Acts(map[string]any{"case": id, "id": "1", "kind": "claim"}, http.StatusNotFound)
}

func TestACaseThatIsGoneSaysSo(t *testing.T) {
	s := start(t, web.Config{Loopback: true})
	_, err := s.adapter.Deliver(t.Context(), chat.Room{Platform: web.DeskPlatform, ID: "C1/2.3"}, chat.Post{ID: "p1", To: chat.ToDesk, Text: "x", Of: "m1"})
	if err == nil || adapters.Judge(err).Outcome != adapters.Gone {
		t.Errorf("of another desk's case: %v", err)
	}
	_, err = s.adapter.Deliver(t.Context(), lobby, chat.Post{ID: "p1", To: chat.ToDesk, Text: "x"})
	if err == nil || adapters.Judge(err).Outcome != adapters.Failed {
		t.Errorf("without a case: %v", err)
	}
}

func TestANameCanBeChosen(t *testing.T) {
	p := start(t, web.Config{Loopback: true}).visit()
	before := p.Agent()
	res, _ := p.Do(http.MethodPost, "/desk/name", "application/x-www-form-urlencoded", []byte("name=%3Cb%3E+%E2%80%AEAnn"))
	_, after := p.Do(http.MethodGet, "/desk", "", nil)
	if res.StatusCode != http.StatusSeeOther || !strings.Contains(after, "&lt;b&gt; Ann") || before != p.Agent() {
		t.Errorf("%s: %s", res.Status, after)
	}
}
