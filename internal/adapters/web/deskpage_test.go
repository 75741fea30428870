package web_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/s4bot/s4bot/internal/adapters/web"
	"github.com/s4bot/s4bot/internal/chat"
)

func TestTheListShowsFirstWordsAndWhatTheBotHasAgain(t *testing.T) {
	s := start(t, web.Config{Loopback: true})
	p := s.visit()
	c := card("asked for")
	c.Rows = append(c.Rows, chat.Row{Label: "Their words: ", Parts: []string{"「S4 since noon」", "「a person please」"}})
	ref := s.delivers("", chat.Post{ID: "p1", Kind: chat.Handoff, Card: c, Of: "card1"})
	if got := p.Cases()[0]; got.Last != "a person please" || got.Bot {
		t.Errorf("got %+v", got)
	}
	room, _, _ := strings.Cut(ref, ":")
	again := card("asked for")
	again.Bot = true
	s.delivers(room, chat.Post{ID: "p2", Card: again, Of: "card1", Change: chat.Edit})
	if got := p.Cases()[0]; !got.Bot || got.Last != "a person please" {
		t.Errorf("given back: got %+v", got)
	}
}

func TestADeskThatIsElsewhereSaysWhere(t *testing.T) {
	for elsewhere, here := range map[string]bool{"Slack": false, "": true} {
		s := start(t, web.Config{Loopback: true, Elsewhere: elsewhere})
		res, page := s.visit().Do(http.MethodGet, "/desk?lang=en", "", nil)
		if res.StatusCode != http.StatusOK || strings.Contains(page, "/assets/desk.js") != here || strings.Contains(page, "cases to Slack") == here {
			t.Errorf("desk at %q: %s\n%s", elsewhere, res.Status, page)
		}
	}
}
