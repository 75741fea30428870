package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/s4bot/s4bot/internal/adapters/slack/slacktest"
	"github.com/s4bot/s4bot/knowledge"
)

// withKnowledge gives settings with a copy of the knowledge that can be changed, and
// reads its article on card readers.
func withKnowledge(t *testing.T) (settings map[string]string, article func() string) {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, knowledge.Files); err != nil {
		t.Fatal(err)
	}
	article = func() string {
		raw, err := os.ReadFile(filepath.Join(dir, "causes", "hardware.card-reader.yaml"))
		if err != nil {
			t.Fatal(err)
		}
		return string(raw)
	}
	return map[string]string{"KNOWLEDGE_DIR": dir, "DESK_KNOWLEDGE_OWNER": "U0CHEN"}, article
}

// closes lets 小林 take the newest case and close it with a broken card reader.
func (x *team) closes(card slacktest.Message) {
	x.t.Helper()
	x.lin.Taps(deskChannel, card.TS, "claim").Wait()
	eventually(x.t, "the card is 小林's", func() bool {
		m, _ := x.slack.Channel(deskChannel).Message(card.TS)
		return strings.Contains(string(m.Blocks), `"action_id":"close"`)
	})
	x.lin.Taps(deskChannel, card.TS, "close").Wait()
	x.lin.Submits(x.view("U0LIN", "s4_close"), map[string]string{"cause": "hardware.card-reader", "note": ""}).Wait()
	x.reads("已经处理完了")
}

// view waits for a modal.
func (x *team) view(user, callback string) (v slacktest.View) {
	x.t.Helper()
	eventually(x.t, "the form opens: "+callback, func() (ok bool) {
		v, ok = x.slack.View(user)
		return ok && v.CallbackID == callback
	})
	return v
}

// whispered waits for a message that only one person sees.
func (x *team) whispered(user, words string) (found slacktest.Message) {
	x.t.Helper()
	return x.waitFor("they alone read "+words, words, func() []slacktest.Message { return x.slack.Ephemerals(user) })
}

// told waits for a direct message.
func (x *team) told(p *slacktest.Person, words string) (found slacktest.Message) {
	x.t.Helper()
	return x.waitFor("they are told "+words, words, func() []slacktest.Message { return x.slack.Channel(p.DMChannel()).Messages() })
}

func (x *team) waitFor(what, words string, among func() []slacktest.Message) (found slacktest.Message) {
	x.t.Helper()
	eventually(x.t, what, func() bool {
		all := among()
		i := slices.IndexFunc(all, func(m slacktest.Message) bool { return !m.Deleted && strings.Contains(m.Text+string(m.Blocks), words) })
		if i >= 0 {
			found = all[i]
		}
		return i >= 0
	})
	return found
}

// A merchant's words go into the article, and out again.
func TestAMerchantsWordsGoIntoTheArticle(t *testing.T) {
	settings, article := withKnowledge(t)
	x := atSlack(t, settings)
	before := article()
	x.platform.Say(x.chat, "卡插进去像喂了石头，卡号6222021234567890128")
	x.isAsked(0)
	x.platform.Say(x.chat, "转人工")
	x.closes(x.card(1))

	offer := x.whispered("U0LIN", "读卡器坏了")
	x.lin.Taps(deskChannel, offer.TS, "improve").Wait()
	view := x.view("U0LIN", "s4_improve")
	if !strings.Contains(string(view.Blocks), `"initial_value":"卡插进去像喂了石头，卡号`) || strings.Contains(string(view.Blocks), "6222") || strings.Contains(string(view.Blocks), "0128") {
		t.Errorf("the form shows %s", view.Blocks)
	}
	x.lin.Submits(view, map[string]string{"words": "卡插进去像喂了石头\n插卡没反应"}).Wait()
	x.whispered("U0LIN", "已经有：「插卡没反应」")

	proposal := x.told(x.chen, "小林 想改进文章「读卡器坏了」")
	if !strings.Contains(string(proposal.Blocks), `+    - 卡插进去像喂了石头`) || article() != before {
		t.Errorf("the owner reads %s", proposal.Blocks)
	}
	x.chen.Taps(x.chen.DMChannel(), proposal.TS, "improve:yes").Wait()
	x.told(x.lin, "采纳了你对文章「读卡器坏了」的提议")
	want := strings.Replace(before, "  en:\n    - card reader is dead", "    - 卡插进去像喂了石头\n  en:\n    - card reader is dead", 1)
	if article() != want || want == before {
		t.Error("the article is not what was approved")
	}
	eventually(t, "the bot reads the new knowledge", func() bool { return strings.Contains(x.bot.log.String(), "the knowledge was loaded again") })
	x.lin.Command("/s4", "卡插进去像喂了石头", deskChannel).Wait()
	x.whispered("U0LIN", "*读卡器坏了*")

	x.chen.Taps(x.chen.DMChannel(), proposal.TS, "improve:undo").Wait()
	x.told(x.lin, "撤回了")
	if article() != before {
		t.Error("the article is not as it was")
	}
}

// Without an owner, or with the built-in knowledge, nobody is asked.
func TestNobodyIsAskedForWordsThatCantBeWritten(t *testing.T) {
	for name, change := range map[string]func(map[string]string){
		"no owner": func(s map[string]string) { delete(s, "DESK_KNOWLEDGE_OWNER") },
		"built in": func(s map[string]string) { delete(s, "KNOWLEDGE_DIR") },
	} {
		t.Run(name, func(t *testing.T) {
			settings, _ := withKnowledge(t)
			change(settings)
			x := atSlack(t, settings)
			x.platform.Say(x.chat, "卡插进去像喂了石头")
			x.isAsked(0)
			x.platform.Say(x.chat, "转人工")
			card := x.card(1)
			x.closes(card)
			eventually(t, "the card says how it ended", func() bool {
				m, _ := x.slack.Channel(deskChannel).Message(card.TS)
				return strings.Contains(string(m.Blocks), "✅")
			})
			x.lin.Command("/s4", "不认识的词", deskChannel).Wait()
			eventually(t, "the answer to something else is there", func() bool { return len(x.slack.Ephemerals("U0LIN")) > 0 })
			if all := x.slack.Ephemerals("U0LIN"); strings.Contains(string(all[0].Blocks), "improve") || len(all) != 1 {
				t.Errorf("小林 is asked: %v", all)
			}
		})
	}
}
