package telegram_test

import (
	"reflect"
	"testing"

	"github.com/s4bot/s4bot/internal/chat"
)

// of gives a file of the Bot API with its fields.
func of(f fields) fields {
	f["file_id"], f["file_unique_id"] = "ref", "u"
	return f
}

func TestFilesOfAllKinds(t *testing.T) {
	const large = 20<<20 + 1
	file := func(f chat.File) chat.File { f.Platform, f.Ref = "telegram", "ref"; return f }
	name := func(k chat.FileKind, name string) chat.File {
		return chat.File{Kind: k, Platform: "telegram", Name: name}
	}
	place := fields{"latitude": 31.23041666, "longitude": 121.5}
	for _, c := range []struct {
		name   string
		fields fields
		want   chat.File
	}{
		{"photo", fields{"photo": []fields{{"file_id": "s", "width": 90, "height": 60}, of(fields{"width": 900, "height": 600, "file_size": 7})}}, file(chat.File{Kind: chat.Photo, Type: "image/jpeg", Size: 7})},
		{"photo that is too large in one size", fields{"photo": []fields{of(fields{"width": 9, "height": 6}), {"file_id": "l", "width": 9000, "height": 6000, "file_size": large}}}, file(chat.File{Kind: chat.Photo, Type: "image/jpeg"})},
		{"video", fields{"video": of(fields{"duration": 1, "mime_type": "video/webm", "file_name": "a.webm"})}, file(chat.File{Kind: chat.Video, Type: "video/webm", Name: "a.webm"})},
		{"animation", fields{"animation": of(fields{"mime_type": "video/mp4"}), "document": fields{"file_id": "other"}}, file(chat.File{Kind: chat.Video, Type: "video/mp4"})},
		{"video note", fields{"video_note": of(fields{"length": 240, "file_size": 9})}, file(chat.File{Kind: chat.Video, Type: "video/mp4", Size: 9})},
		{"voice", fields{"voice": of(fields{"duration": 3, "file_size": 20 << 20})}, file(chat.File{Kind: chat.Voice, Type: "audio/ogg", Size: 20 << 20})},
		{"audio", fields{"audio": of(fields{"mime_type": "audio/mpeg", "file_name": "a.mp3"})}, file(chat.File{Kind: chat.Audio, Type: "audio/mpeg", Name: "a.mp3"})},
		{"document", fields{"document": of(fields{"mime_type": "application/pdf", "file_name": "单据.pdf"})}, file(chat.File{Kind: chat.Document, Type: "application/pdf", Name: "单据.pdf"})},
		{"image as a document", fields{"document": of(fields{"mime_type": "image/png"})}, file(chat.File{Kind: chat.Document, Type: "image/png"})},
		{"too large", fields{"document": of(fields{"file_size": large})}, file(chat.File{Kind: chat.Document, Size: large, TooLarge: true})},
		{"sticker", fields{"sticker": of(fields{"emoji": "👍", "is_animated": false})}, file(chat.File{Kind: chat.Sticker, Type: "image/webp", Name: "👍"})},
		{"moving sticker", fields{"sticker": of(fields{"is_video": true})}, file(chat.File{Kind: chat.Sticker, Type: "video/webm"})},
		{"drawn sticker", fields{"sticker": of(fields{"is_animated": true})}, file(chat.File{Kind: chat.Sticker, Type: "application/x-tgsticker"})},
		{"location", fields{"location": place}, name(chat.Place, "31.230417,121.5")},
		{"null island", fields{"location": fields{"latitude": 0, "longitude": 0}}, name(chat.Place, "0,0")},
		{"venue", fields{"venue": fields{"location": place, "title": "Shop", "address": "1 Road"}, "location": place}, name(chat.Place, "31.230417,121.5 Shop, 1 Road")},
		{"contact", fields{"contact": fields{"first_name": "Li", "last_name": "Na", "phone_number": "8613800138000"}}, name(chat.Contact, "Li Na, +8613800138000")},
		{"contact with a plus", fields{"contact": fields{"first_name": "Li", "phone_number": "+861"}}, name(chat.Contact, "Li, +861")},
		{"poll", fields{"poll": fields{"id": "1", "question": "?"}}, name(chat.OtherFile, "poll")},
		{"dice", fields{"dice": fields{"emoji": "🎲", "value": 3}}, name(chat.OtherFile, "dice")},
		{"game", fields{"game": fields{"title": "g"}}, name(chat.OtherFile, "game")},
		{"story", fields{"story": fields{"id": 1}, "reply_to_story": fields{"id": 2}}, name(chat.OtherFile, "story")},
		{"paid media", fields{"paid_media": fields{"star_count": 1}, "caption": "x"}, name(chat.OtherFile, "paid_media")},
		{"invoice", fields{"invoice": fields{"title": "i"}}, name(chat.OtherFile, "invoice")},
		{"giveaway", fields{"giveaway": fields{"winner_count": 1}}, name(chat.OtherFile, "giveaway")},
		{"checklist", fields{"checklist": fields{"title": "c"}}, name(chat.OtherFile, "checklist")},
		{"a kind of the future", fields{"hologram": fields{"x": 1}, "brightness": 3}, name(chat.OtherFile, "hologram")},
		{"a photo of the future", fields{"photo": fields{"cube": "x"}}, name(chat.OtherFile, "photo")},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := newRig(t)
			r.server.Write(1, c.fields)
			if m := r.only("1"); !reflect.DeepEqual(m.Files, []chat.File{c.want}) {
				t.Errorf("got  %+v\nwant %+v", m.Files, c.want)
			}
		})
	}
}

func TestATextHasNoFile(t *testing.T) {
	r := newRig(t)
	r.server.Write(1, fields{"text": "https://example.com", "link_preview_options": fields{"is_disabled": true}, "mood_of_the_future": fields{"x": 1}})
	if m := r.only("1"); len(m.Files) != 0 {
		t.Errorf("got %+v", m.Files)
	}
}

func TestAnAlbumIsHandedOverAsOne(t *testing.T) {
	r := newRig(t)
	r.server.SendAlbum(1, "看", []byte("first photo"), []byte("second photo"))
	r.server.SendPhoto(1, []byte("another"), "")
	r.drain()
	got := r.inbox.all("1")
	if r.inbox.count() != 1 || len(got) != 3 {
		t.Fatalf("%d bursts, %d messages", r.inbox.count(), len(got))
	}
	if got[0].Album == "" || got[0].Album != got[1].Album || got[2].Album != "" || got[0].Text != "看" || got[1].Text != "" {
		t.Errorf("got %+v", got)
	}
}

// In a group only the first message of an album has the words that are for the bot.
func TestAnAlbumForTheBotInAGroup(t *testing.T) {
	r := newRig(t)
	r.server.SendAlbum(-5, "not for it", []byte("a"), []byte("b"))
	r.server.SendAlbum(-5, "/help", []byte("c"), []byte("d"))
	r.drain()
	if got := r.inbox.all("-5"); len(got) != 2 || got[0].Text != "/help" || len(got[1].Files) != 1 {
		t.Errorf("got %+v", got)
	}
}

// A part that is not as the Bot API says it is does not cost the words beside it.
func TestASurprisingPartLeavesTheWords(t *testing.T) {
	for name, f := range map[string]fields{
		"photo":      {"caption": "S4", "photo": "a hologram"},
		"poll":       {"caption": "S4", "poll": []int{1}},
		"entities":   {"text": "S4", "reply_markup": 7},
		"origin":     {"text": "S4", "forward_origin": []int{1}},
		"quote":      {"text": "S4", "quote": "text", "external_reply": 4},
		"reply":      {"text": "S4", "reply_to_message": fields{"message_id": "x"}},
		"album":      {"text": "S4", "media_group_id": 4},
		"edit date":  {"text": "S4", "edit_date": "now"},
		"sender":     {"text": "S4", "sender_chat": "me", "via_bot": 1},
		"pinned":     {"text": "S4", "pinned_message": nil, "new_chat_title": nil},
		"migration":  {"text": "S4", "voice": 3, "venue": fields{"location": "here"}, "contact": 1},
		"everything": {"text": "S4", "sticker": 1, "video": 2, "audio": 3, "document": "4", "dice": 5},
	} {
		r := newRig(t)
		r.server.Write(1, f)
		if m := r.only("1"); m.Text != "S4" || r.bot.Quarantined() != 0 {
			t.Errorf("%s: got %+v, %d in quarantine", name, m, r.bot.Quarantined())
		}
	}
}
