package telegram_test

import (
	"strconv"
	"testing"

	"github.com/s4bot/s4bot/internal/adapters/telegram/telegramtest"
	"github.com/s4bot/s4bot/internal/chat"
)

type fields = map[string]any

// drain polls until everything that waits is confirmed.
func (r *rig) drain() {
	r.t.Helper()
	r.poll(r.bot, r.inbox.handle)
	r.eventually("confirmed", func() bool {
		return r.server.Unconfirmed() == 0 && len(r.server.CallsOf("getUpdates")) > 1
	})
}

// only gives the only message that a room handed over.
func (r *rig) only(room string) chat.Message {
	r.t.Helper()
	r.drain()
	got := r.inbox.all(room)
	if len(got) != 1 {
		r.t.Fatalf("%d messages were handed over, want one: %+v", len(got), got)
	}
	return got[0]
}

func TestMessagesOfAllKinds(t *testing.T) {
	const bot = telegramtest.Username
	me := fields{"message_id": 99, "date": 1, "chat": fields{"id": -5, "type": "supergroup"}, "from": fields{"id": telegramtest.BotID, "is_bot": true, "first_name": "S4"}}
	nobody := fields{"id": 1087968824, "is_bot": true, "first_name": "Group", "username": "GroupAnonymousBot"}
	for _, c := range []struct {
		name   string
		chat   int64
		fields fields
		room   string
		want   string // "-": nothing is handed over
	}{
		{"text", 1, fields{"text": "S4 交易失败"}, "1", "S4 交易失败"},
		{"deep link", 1, fields{"text": "/start shop-7"}, "1", "/start shop-7"},
		{"command with name", 1, fields{"text": "/human@" + bot}, "1", "/human"},
		{"photo", 1, fields{"photo": []fields{{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}}}, "1", ""},
		{"photo with caption", 1, fields{"caption": "看", "photo": []fields{{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}}}, "1", "看"},
		{"voice", 1, fields{"voice": fields{"file_id": "a", "file_unique_id": "b", "duration": 3}}, "1", ""},
		{"location", 1, fields{"location": fields{"latitude": 1.5, "longitude": 2.5}}, "1", ""},
		{"a new kind", 1, fields{"paid_hologram": fields{"x": 1}}, "1", ""},
		{"a bot", 1, fields{"text": "x", "from": fields{"id": 8, "is_bot": true, "first_name": "B"}}, "1", "-"},
		{"pinned", 1, fields{"pinned_message": fields{"message_id": 2, "date": 1, "chat": fields{"id": 1, "type": "private"}}}, "1", "-"},
		{"group chatter", -5, fields{"text": "S4?"}, "-5", "-"},
		{"group mention", -5, fields{"text": "😀 @" + bot + " S4"}, "-5", "😀  S4"},
		{"other mention", -5, fields{"text": "@" + bot + "2 S4"}, "-5", "-"},
		{"group command", -5, fields{"text": "/why"}, "-5", "/why"},
		{"group command for another", -5, fields{"text": "/why@other_bot"}, "-5", "-"},
		{"group command for us", -5, fields{"text": "/Why@" + bot + " x"}, "-5", "/Why x"},
		{"lone slash", -5, fields{"text": "/"}, "-5", "/"},
		{"group reply", -5, fields{"text": "是", "reply_to_message": me}, "-5", "是"},
		{"topic", -5, fields{"text": "/help", "message_thread_id": 9, "is_topic_message": true}, "-5/9", "/help"},
		{"thread of replies", -5, fields{"text": "/help", "message_thread_id": 9}, "-5", "/help"},
		{"topic that we opened", -5, fields{"text": "hi", "message_thread_id": 99, "is_topic_message": true, "reply_to_message": me}, "-5/99", "-"},
		{"a channel's post", -5, fields{"text": "/help", "is_automatic_forward": true}, "-5", "-"},
		{"an anonymous administrator", -5, fields{"text": "/help", "from": nobody, "sender_chat": fields{"id": -5, "type": "supergroup", "title": "Shop"}}, "-5", "/help"},
		{"somebody as a channel", -5, fields{"text": "/help", "from": fields{"id": 136817688, "is_bot": true, "first_name": "Channel"}, "sender_chat": fields{"id": -6, "type": "channel", "title": "Shop"}}, "-5", "/help"},
		{"an administrator's chatter", -5, fields{"text": "help", "from": nobody, "sender_chat": fields{"id": -5, "type": "supergroup", "title": "Shop"}}, "-5", "-"},
		{"a topic was opened", 1, fields{"forum_topic_created": fields{"name": "x", "icon_color": 1}}, "1", "-"},
		{"somebody joined", -5, fields{"new_chat_members": []fields{{"id": 9, "first_name": "N"}}}, "-5", "-"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := newRig(t)
			r.server.Write(c.chat, c.fields)
			r.drain()
			got := r.inbox.all(c.room)
			if c.want == "-" {
				if r.inbox.count() != 0 {
					t.Errorf("handed over: %+v", r.inbox.bursts)
				}
				return
			}
			if len(got) != 1 || got[0].Text != c.want {
				t.Errorf("got %+v, want %q", got, c.want)
			}
			if r.bot.Quarantined() != 0 {
				t.Error("quarantined")
			}
		})
	}
}

func TestAnEditHasTheIDOfItsMessage(t *testing.T) {
	r := newRig(t)
	_, id := r.server.Say(1, "S3")
	r.server.Edit(1, id, "S4")
	r.poll(r.bot, r.inbox.handle)
	r.eventually("both", func() bool { return len(r.inbox.all("1")) == 2 })
	a, b := r.inbox.all("1")[0], r.inbox.all("1")[1]
	if a.ID != b.ID || a.Edited || !b.Edited || b.Text != "S4" {
		t.Errorf("got %+v and %+v", a, b)
	}
}

func TestAnEditOfALocationIsPassedOver(t *testing.T) {
	r := newRig(t)
	r.server.InjectRaw([]byte(`{"edited_message":{"message_id":3,"date":1,"edit_date":2,"chat":{"id":1,"type":"private"},"from":{"id":1},"location":{"latitude":1,"longitude":2,"heading":90}}}`))
	r.drain()
	if r.inbox.count() != 0 || r.bot.Quarantined() != 0 {
		t.Errorf("got %+v", r.inbox.bursts)
	}
}

func TestWhoWroteAndWhere(t *testing.T) {
	const bot = "@" + telegramtest.Username
	shop := fields{"id": -5, "type": "supergroup", "title": "Shop"}
	for _, c := range []struct {
		name   string
		chat   int64
		fields fields
		sender string
		group  bool
	}{
		{"privately", 1, fields{"text": "x"}, "Wang Fang", false},
		{"in a group", -5, fields{"text": bot}, "Wang Fang", true},
		{"by user name", 1, fields{"text": "x", "from": fields{"id": 1, "username": "fang"}}, "fang", false},
		{"anonymously", -5, fields{"text": bot, "from": fields{"id": 1087968824, "is_bot": true}, "sender_chat": shop}, "Shop", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := newRig(t)
			r.server.Write(c.chat, c.fields)
			m := r.only(strconv.FormatInt(c.chat, 10))
			if m.Sender != c.sender || m.Group != c.group {
				t.Errorf("got %q, group %v; want %q, %v", m.Sender, m.Group, c.sender, c.group)
			}
		})
	}
}

func TestForwarded(t *testing.T) {
	for name, f := range map[string]fields{
		"today":              {"forward_origin": fields{"type": "user", "date": 1, "sender_user": fields{"id": 9, "first_name": "N"}}},
		"before 7.0":         {"forward_date": 1, "forward_sender_name": "N"},
		"in a shape unheard": {"forward_origin": "somewhere"},
	} {
		r := newRig(t)
		f["text"] = "S4"
		r.server.Write(1, f)
		if m := r.only("1"); !m.Forwarded || m.Text != "S4" {
			t.Errorf("%s: got %+v", name, m)
		}
	}
	r := newRig(t)
	r.server.Forward(1, "Li", "S4")
	r.server.Say(1, "S4")
	r.drain()
	if got := r.inbox.all("1"); !got[0].Forwarded || got[1].Forwarded {
		t.Errorf("got %+v", got)
	}
}

func TestATapNamesItsMessage(t *testing.T) {
	for name, c := range map[string]struct {
		chat  int64
		room  string
		group bool
		place string // before the id, for a group that moves counts anew
	}{"privately": {1, "1", false, ""}, "in a group": {-5, "-5", true, "-5:"}} {
		r := newRig(t)
		r.server.Know(c.chat)
		room := chat.Room{Platform: "telegram", ID: c.room}
		if _, err := r.bot.Deliver(t.Context(), room, question("q", "yes")); err != nil {
			t.Fatal(err)
		}
		m := r.server.Sent(c.chat)[0]
		r.server.Tap(c.chat, m.ID, m.Options()[0].Data)
		r.server.Tap(c.chat, 4000, m.Options()[0].Data) // Telegram shows it no more
		r.drain()
		got := r.inbox.all(c.room)
		if len(got) != 2 || got[0].ReplyTo != c.place+strconv.Itoa(m.ID) || got[1].ReplyTo != c.place+"4000" || got[0].Group != c.group || got[1].Group != c.group {
			t.Errorf("%s: got %+v", name, got)
		}
	}
}

func TestATapWithoutAMessageIsAnswered(t *testing.T) {
	r := newRig(t)
	r.server.InjectRaw([]byte(`{"callback_query":{"id":"7","from":{"id":1,"first_name":"Li"},"inline_message_id":"x","chat_instance":"1","data":"p1:yes"}}`))
	r.drain()
	r.eventually("answered", func() bool { return len(r.server.CallsOf("answerCallbackQuery")) == 1 })
	if r.inbox.count() != 0 || r.bot.Quarantined() != 0 {
		t.Errorf("handed over %+v, %d in quarantine", r.inbox.bursts, r.bot.Quarantined())
	}
}
