package main

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/s4bot/s4bot/internal/adapters/web/webtest"
	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/store/redistest"
)

// reads waits until a chat shows some words, and gives the message.
func reads(t testing.TB, b *webtest.Browser, words string) webtest.Shown {
	t.Helper()
	return awaits(t, "the chat shows "+words, b.Messages, words)
}

// hears waits until a case at the desk shows some words.
func hears(t *testing.T, b *webtest.Browser, room, words string) webtest.Shown {
	t.Helper()
	return awaits(t, "the desk shows "+words, func() []webtest.Shown { return b.Thread(room) }, words)
}

func awaits(t testing.TB, what string, look func() []webtest.Shown, words string) (found webtest.Shown) {
	t.Helper()
	eventually(t, what, func() bool {
		all := look()
		i := slices.IndexFunc(all, func(m webtest.Shown) bool { return strings.Contains(m.Text, words) })
		if i >= 0 {
			found = all[i]
		}
		return i >= 0
	})
	return found
}

// theCase waits for the only case at the desk.
func theCase(t *testing.T, b *webtest.Browser) (c webtest.Case) {
	t.Helper()
	eventually(t, "a case is at the desk", func() bool {
		all := b.Cases()
		if len(all) > 0 {
			c = all[0]
		}
		return len(all) == 1
	})
	return c
}

// A whole case on the pages, from the merchant's first words to the agent's closing,
// over a restart in the middle. On Redis the agent is with another replica.
func TestACaseOnThePages(t *testing.T) {
	for name, settings := range map[string]func() map[string]string{
		"embedded": func() map[string]string { return map[string]string{"DATA_DIR": t.TempDir()} },
		"Redis":    func() map[string]string { return map[string]string{"REDIS_URL": redistest.Start(t).URL()} },
	} {
		t.Run(name, func(t *testing.T) {
			with := settings()
			here := serve(t, with)
			there := here
			if with["REDIS_URL"] != "" {
				there = serve(t, with)
			}
			shop, ann, bo := webtest.Visit(t, here.http), webtest.Visit(t, there.http), webtest.Visit(t, there.http)
			shop.Says(webtest.Saying{Text: "刷卡就跳S4，卡号6222021234567890128，<script>alert(1)</script>", Lang: "zh-CN"})
			eventually(t, "the bot asks", func() bool {
				all := shop.Messages()
				return len(all[len(all)-1].Options) > 0
			})
			f := shop.Uploads("小票.pdf", []byte("%PDF-1.7\nslip"), http.StatusOK)
			shop.Says(webtest.Saying{Text: "这是小票", Files: []webtest.File{f}})
			shop.Says(webtest.Saying{Text: "/human"})
			c := theCase(t, ann)
			eventually(t, "the file is at the desk", func() bool {
				return slices.ContainsFunc(ann.Thread(c.ID), func(m webtest.Shown) bool {
					return len(m.Files) == 1 && ann.Get("/desk/files/"+c.ID+"/"+m.Files[0].Name).StatusCode == http.StatusOK
				})
			})
			card := ann.Thread(c.ID)[0]
			if strings.Contains(card.Text, "6222021234567890128") || !strings.Contains(card.Text, "<script>alert(1)</script>") {
				t.Errorf("the card says %s", card.Text)
			}
			bo.Acts(map[string]any{"case": c.ID, "id": "b1", "kind": "say", "text": "我来"}, http.StatusNoContent)
			eventually(t, "Bo alone is told that nobody has it", func() bool {
				private := func(m webtest.Shown) bool { return m.Only != "" }
				return slices.ContainsFunc(bo.Thread(c.ID), private) && !slices.ContainsFunc(ann.Thread(c.ID), private)
			})

			ann.Acts(map[string]any{"case": c.ID, "id": "a1", "kind": "claim"}, http.StatusNoContent)
			reads(t, shop, "来了")
			ann.Acts(map[string]any{"case": c.ID, "id": "a2", "kind": "say", "text": "您好 <店长>，请先别再刷"}, http.StatusNoContent)
			if got := reads(t, shop, "您好 <店长>，请先别再刷"); got.From != "agent" {
				t.Errorf("it is from %s", got.From)
			}
			eventually(t, "it is marked as delivered", func() bool {
				return slices.ContainsFunc(ann.Thread(c.ID), func(m webtest.Shown) bool { return m.ID == "a2" && m.Mark == string(chat.Delivered) })
			})
			ann.Acts(map[string]any{"case": c.ID, "id": "a3", "kind": "say", "text": "这家昨天也坏过", "inside": true}, http.StatusNoContent)
			ann.Acts(map[string]any{"case": c.ID, "id": "a2", "kind": "say", "text": "您好，请先别刷", "change": "edit"}, http.StatusNoContent)
			reads(t, shop, "您好，请先别刷")

			here.stop()
			if there != here {
				there.stop()
			}
			again := serve(t, with)
			shop.Goes(again.http)
			ann.Goes(again.http)
			shop.Says(webtest.Saying{Text: "好的，谢谢"})
			hears(t, ann, c.ID, "好的，谢谢")
			ann.Acts(map[string]any{"case": c.ID, "id": "a4", "kind": "close", "cause": "card.expired", "note": "换卡后好了"}, http.StatusNoContent)
			eventually(t, "the case is over", func() bool { return theCase(t, ann).Over != "" })
			var said []string
			for _, m := range shop.Messages() {
				said = append(said, m.Text)
			}
			all := strings.Join(said, "\n")
			if strings.Contains(all, "昨天") || !strings.Contains(all, "刷卡就跳S4") || strings.Contains(all, "6222021234567890128") {
				t.Errorf("the merchant reads:\n%s", all)
			}
		})
	}
}

// Being forgotten leaves nothing on the pages, either.
func TestAForgottenMerchantLeavesThePages(t *testing.T) {
	s := serve(t, map[string]string{"DATA_DIR": t.TempDir()})
	shop, ann := webtest.Visit(t, s.http), webtest.Visit(t, s.http)
	shop.Says(webtest.Saying{Text: "刷卡就跳S4"})
	shop.Says(webtest.Saying{Text: "/human"})
	c := theCase(t, ann)
	shop.Says(webtest.Saying{Text: "/forget"})
	eventually(t, "the bot asks whether it is meant", func() bool {
		all := shop.Messages()
		return len(all[len(all)-1].Options) > 0
	})
	all := shop.Messages()
	last := all[len(all)-1]
	shop.Says(webtest.Saying{Choice: last.Options[0].ID, Post: last.ID, ReplyTo: last.Ref})
	eventually(t, "the chat is empty", func() bool { return len(shop.Messages()) == 0 })
	eventually(t, "the desk is empty", func() bool { return len(ann.Cases()) == 0 })
	if left := ann.Thread(c.ID); len(left) != 0 {
		t.Errorf("the case still has %+v", left)
	}
	shop.Says(webtest.Saying{Text: "刷卡又跳S4"})
	reads(t, shop, "又跳")
}
