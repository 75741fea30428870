package telegram_test

import (
	"strings"
	"testing"

	"github.com/s4bot/s4bot/internal/chat"
)

// Telegram tells of a move twice. Both messages say the same under one id, so that
// either is enough and the second is a repeat.
func TestAGroupMoves(t *testing.T) {
	r := newRig(t)
	r.server.Migrate(-5, -100500)
	r.drain()
	got := r.inbox.all("-5")
	if len(got) != 2 || r.inbox.count() != 1 {
		t.Fatalf("got %+v", r.inbox.bursts)
	}
	for _, m := range got {
		want := chat.Message{ID: "moved-100500", Room: got[0].Room, MovedTo: chat.Room{Platform: "telegram", ID: "-100500"}, At: m.At}
		if m.ID != want.ID || m.MovedTo != want.MovedTo || m.Text != "" || m.Sender != "" || m.At.IsZero() {
			t.Errorf("got  %+v\nwant %+v", m, want)
		}
	}
}

func TestEitherMessageTellsOfAMove(t *testing.T) {
	for name, raw := range map[string]string{
		"in the group":      `{"message":{"message_id":3,"date":1,"chat":{"id":-5,"type":"group"},"migrate_to_chat_id":-100500,"from":{"id":9,"first_name":"N"}}}`,
		"in the supergroup": `{"message":{"message_id":1,"date":1,"chat":{"id":-100500,"type":"supergroup"},"migrate_from_chat_id":-5,"sender_chat":{"id":-100500}}}`,
	} {
		r := newRig(t)
		r.server.Know(-5, -100500)
		r.server.InjectRaw([]byte(raw))
		if m := r.only("-5"); m.ID != "moved-100500" || m.MovedTo.ID != "-100500" {
			t.Errorf("%s: got %+v", name, m)
		}
		if _, err := r.bot.Deliver(t.Context(), chat.Room{Platform: "telegram", ID: "-5"}, question("q")); err != nil {
			t.Fatal(err)
		}
		if n := len(r.server.Sent(-100500)); n != 1 {
			t.Errorf("%s: %d posts went to the new chat at once", name, n)
		}
	}
}

func TestTheBotIsAddedToAGroup(t *testing.T) {
	r := newRig(t)
	r.server.AddToGroup(-5)
	m := r.only("-5")
	if m.Text != "/start" || m.Sender != "Wang Fang" || !m.Group || !strings.HasPrefix(m.ID, "joined1") || m.At.IsZero() {
		t.Errorf("got %+v", m)
	}
}

func TestMemberships(t *testing.T) {
	for _, c := range []struct{ name, chat, from, old, new, want string }{
		{"comes", "supergroup", "member", `"left"`, `"member"`, "N"},
		{"comes back", "group", "member", `"kicked"`, `"administrator"`, "N"},
		{"comes restricted", "supergroup", "member", `"left"`, `"restricted","is_member":true`, "N"},
		{"is restricted and away", "supergroup", "member", `"left"`, `"restricted","is_member":false`, "-"},
		{"comes out of restriction", "supergroup", "member", `"restricted","is_member":false`, `"member"`, "N"},
		{"is promoted", "supergroup", "member", `"member"`, `"administrator"`, "-"},
		{"is sent away", "supergroup", "member", `"member"`, `"kicked"`, "left"},
		{"leaves", "group", "member", `"administrator"`, `"left"`, "left"},
		{"is blocked", "private", "member", `"member"`, `"kicked"`, "left"},
		{"leaves a channel", "channel", "member", `"member"`, `"kicked"`, "-"},
		{"was something new", "supergroup", "member", `"member"`, `"hologram"`, "-"},
		{"comes into a channel", "channel", "member", `"left"`, `"administrator"`, "-"},
		{"is unblocked", "private", "member", `"kicked"`, `"member"`, "-"},
		{"is something new", "supergroup", "member", `"left"`, `"hologram"`, "-"},
		{"comes with nobody", "supergroup", "anonymous", `"left"`, `"member"`, "Shop"},
	} {
		t.Run(c.name, func(t *testing.T) {
			from := map[string]string{"member": `{"id":9,"first_name":"N"}`, "anonymous": `{"id":1087968824,"is_bot":true,"first_name":"Group"}`}[c.from]
			r := newRig(t)
			r.server.InjectRaw([]byte(`{"my_chat_member":{"chat":{"id":-5,"type":"` + c.chat + `","title":"Shop"},"date":1700000000,"from":` + from +
				`,"old_chat_member":{"user":{},"status":` + c.old + `},"new_chat_member":{"user":{},"status":` + c.new + `}}}`))
			r.drain()
			got := r.inbox.all("-5")
			if c.want == "-" {
				if len(got) != 0 {
					t.Errorf("handed over: %+v", got)
				}
				return
			}
			if c.want == "left" {
				if len(got) != 1 || !got[0].Left || got[0].ID != "left1700000000" || got[0].Group != (c.chat != "private") {
					t.Errorf("got %+v", got)
				}
				return
			}
			if len(got) != 1 || got[0].ID != "joined1700000000" || got[0].Sender != c.want || got[0].At.Unix() != 1700000000 {
				t.Errorf("got %+v", got)
			}
		})
	}
}
