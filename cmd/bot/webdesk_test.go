package main

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"testing"

	"github.com/s4bot/s4bot/internal/adapters/slack/slacktest"
	"github.com/s4bot/s4bot/internal/adapters/telegram/telegramtest"
	"github.com/s4bot/s4bot/internal/adapters/web/webtest"
)

// A merchant on Telegram, and a team without Slack: words, photos and files go both
// ways.
func TestACaseFromTelegramToThePage(t *testing.T) {
	m := onTelegram(t, map[string]string{})
	ann := webtest.Visit(t, m.bot.http)
	m.platform.Say(m.chat, "刷卡就跳S4，转人工")
	c := theCase(t, ann)
	ann.Acts(map[string]any{"case": c.ID, "id": "a1", "kind": "claim"}, http.StatusNoContent)
	m.reads("来了")
	photo := append([]byte("\x89PNG\r\n\x1a\n"), bytes.Repeat([]byte{7}, 5000)...)
	m.platform.SendPhoto(m.chat, photo, "屏幕")
	got := hears(t, ann, c.ID, "屏幕")
	if len(got.Files) != 1 {
		t.Fatalf("the desk has %+v", got)
	}
	_, content := ann.Do(http.MethodGet, "/desk/files/"+c.ID+"/"+got.Files[0].Name, "", nil)
	if content != string(photo) {
		t.Errorf("the photo has %d bytes at the desk, want %d", len(content), len(photo))
	}
	f := uploadsAtDesk(t, ann, c.ID, "说明.pdf", []byte("%PDF-1.7\nhow to"))
	ann.Acts(map[string]any{"case": c.ID, "id": "a2", "kind": "say", "text": "照这个做", "files": []webtest.File{f}}, http.StatusNoContent)
	eventually(t, "the file is on Telegram", func() bool {
		return slices.ContainsFunc(m.platform.Sent(m.chat), func(x telegramtest.Message) bool {
			return string(x.File) == "%PDF-1.7\nhow to" && x.FileName == "说明.pdf"
		})
	})
	ann.Acts(map[string]any{"case": c.ID, "id": "a2", "kind": "say", "change": "delete"}, http.StatusNoContent)
	eventually(t, "it is taken back", func() bool {
		return slices.ContainsFunc(m.platform.Sent(m.chat), func(x telegramtest.Message) bool { return x.Text == "照这个做" && x.Deleted })
	})
}

// uploadsAtDesk uploads an agent's file.
func uploadsAtDesk(t *testing.T, b *webtest.Browser, room, name string, content []byte) (f webtest.File) {
	t.Helper()
	res, text := b.Do(http.MethodPost, "/desk/files?case="+room+"&name="+url.QueryEscape(name), "application/octet-stream", content)
	if res.StatusCode != http.StatusOK || json.Unmarshal([]byte(text), &f) != nil {
		t.Fatalf("an upload at the desk is answered with %s: %s", res.Status, text)
	}
	return f
}

// A merchant on the page, and a team in Slack.
func TestACaseFromThePageToSlack(t *testing.T) {
	x := atSlack(t, map[string]string{})
	shop := webtest.Visit(t, x.bot.http)
	f := shop.Uploads("小票.pdf", []byte("%PDF-1.7\nslip"), http.StatusOK)
	shop.Says(webtest.Saying{Text: "刷卡就跳S4 <!channel>"})
	shop.Says(webtest.Saying{Text: "这是小票", Files: []webtest.File{f}})
	shop.Says(webtest.Saying{Text: "/human"})
	card := x.card(1)
	eventually(t, "the file is in the thread", func() bool {
		return slices.ContainsFunc(x.slack.Channel(deskChannel).Thread(card.TS), func(m slacktest.Message) bool {
			return len(m.Files) == 1 && string(m.Files[0].Content) == "%PDF-1.7\nslip"
		})
	})
	x.lin.Taps(deskChannel, card.TS, "claim").Wait()
	reads(t, shop, "小林来了")
	said := x.lin.Says(deskChannel, card.TS, "请先别再刷")
	reads(t, shop, "请先别再刷")
	x.marked(said, "white_check_mark")
	x.lin.SendsFile(deskChannel, card.TS, "how.png", []byte("\x89PNG\r\n\x1a\nimage"), "照这个做")
	got := reads(t, shop, "照这个做")
	if len(got.Files) != 1 {
		t.Fatalf("the merchant has %+v", got)
	}
	if _, content := shop.Do(http.MethodGet, "/chat/files/"+got.Files[0].Name, "", nil); content != "\x89PNG\r\n\x1a\nimage" {
		t.Errorf("the picture is %q", content)
	}
	if all := webtest.Visit(t, x.bot.http).Cases(); len(all) != 0 {
		t.Errorf("the case is on the page, too: %+v", all)
	}
}
