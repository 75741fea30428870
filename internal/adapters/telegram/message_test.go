package telegram_test

import (
	"testing"

	"github.com/s4bot/s4bot/internal/adapters/telegram/telegramtest"
)

type fields = map[string]any

func TestMessagesOfAllKinds(t *testing.T) {
	const bot = telegramtest.Username
	me := fields{"message_id": 99, "date": 1, "chat": fields{"id": -5, "type": "supergroup"}, "from": fields{"id": telegramtest.BotID, "is_bot": true, "first_name": "S4"}}
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
		{"somebody joined", -5, fields{"new_chat_members": []fields{{"id": 9, "first_name": "N"}}}, "-5", "-"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := newRig(t)
			r.server.Write(c.chat, c.fields)
			r.poll(r.bot, r.inbox.handle)
			r.eventually("confirmed", func() bool {
				return r.server.Unconfirmed() == 0 && len(r.server.CallsOf("getUpdates")) > 1
			})
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
