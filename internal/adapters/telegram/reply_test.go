package telegram_test

import (
	"strings"
	"testing"
)

func TestRepliesAndQuotes(t *testing.T) {
	to := func(f fields) fields {
		f["message_id"], f["date"], f["chat"] = 7, 1, fields{"id": 1, "type": "private"}
		return f
	}
	photo := []fields{{"file_id": "a", "width": 1, "height": 1}}
	long := strings.Repeat("刷卡失败", 40)
	card := strings.Repeat("字", 110) + " 6222 0212 3456 7890"
	for _, c := range []struct {
		name      string
		fields    fields
		id, quote string
	}{
		{"none", fields{}, "", ""},
		{"a text", fields{"reply_to_message": to(fields{"text": "显示 S4\n吗"})}, "7", "显示 S4 吗"},
		{"a part of it", fields{"reply_to_message": to(fields{"text": "显示 S4"}), "quote": fields{"text": "S4", "position": 3}}, "7", "S4"},
		{"a caption", fields{"reply_to_message": to(fields{"caption": "看", "photo": photo})}, "7", "看"},
		{"a photo", fields{"reply_to_message": to(fields{"photo": photo})}, "7", "[photo]"},
		{"a poll", fields{"reply_to_message": to(fields{"poll": fields{"id": "1"}})}, "7", "[poll]"},
		{"something long", fields{"reply_to_message": to(fields{"text": long})}, "7", strings.Repeat("刷卡失败", 30) + "…"},
		{"a number at the cut", fields{"reply_to_message": to(fields{"text": card})}, "7", strings.Repeat("字", 110) + "…"},
		{"another chat", fields{"external_reply": fields{"origin": fields{}, "message_id": 9, "photo": photo}}, "", "[photo]"},
		{"a part from another chat", fields{"external_reply": fields{"origin": fields{}}, "quote": fields{"text": "S4"}}, "", "S4"},
		{"a topic's opening", fields{"is_topic_message": true, "message_thread_id": 7, "reply_to_message": to(fields{"forum_topic_created": fields{}})}, "", ""},
		{"within a topic", fields{"is_topic_message": true, "message_thread_id": 3, "reply_to_message": to(fields{"text": "q"})}, "7", "q"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := newRig(t)
			c.fields["text"] = "是"
			room := "1"
			if c.fields["message_thread_id"] != nil {
				room = map[int]string{7: "1/7", 3: "1/3"}[c.fields["message_thread_id"].(int)]
			}
			r.server.Write(1, c.fields)
			if m := r.only(room); m.ReplyTo != c.id || m.Quote != c.quote || m.Text != "是" {
				t.Errorf("got %q, %q; want %q, %q", m.ReplyTo, m.Quote, c.id, c.quote)
			}
		})
	}
}

func TestAReplyToThePostOfTheBot(t *testing.T) {
	r := newRig(t)
	r.server.Know(1)
	if _, err := r.bot.Deliver(t.Context(), one, question("换一张卡能刷吗？", "yes")); err != nil {
		t.Fatal(err)
	}
	r.server.Reply(1, r.server.Sent(1)[0].ID, "能")
	if m := r.only("1"); m.ReplyTo != "1" || m.Quote != "换一张卡能刷吗？" || m.Text != "能" {
		t.Errorf("got %+v", m)
	}
}
