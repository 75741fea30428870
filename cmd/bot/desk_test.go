package main

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/s4bot/s4bot/internal/adapters/slack/slacktest"
	"github.com/s4bot/s4bot/internal/store/redistest"
)

const deskChannel = "C0DESK"

// team is a desk in Slack beside a merchant on Telegram, with a bot between them.
type team struct {
	*merchant
	slack     *slacktest.Server
	lin, chen *slacktest.Person
}

// atSlack runs a bot between Telegram and Slack.
func atSlack(t *testing.T, settings map[string]string) *team {
	t.Helper()
	s := slacktest.Start(t)
	s.AddChannel(deskChannel, "s4-desk")
	x := &team{slack: s, lin: s.Join("U0LIN", "小林"), chen: s.Join("U0CHEN", "小陈")}
	settings["SLACK_BOT_TOKEN"], settings["SLACK_API_BASE"], settings["SLACK_DESK_CHANNEL"] = slacktest.BotToken, s.APIBase, deskChannel
	byHTTP := settings["SLACK_SIGNING_SECRET"] != ""
	if !byHTTP {
		settings["SLACK_APP_TOKEN"] = slacktest.AppToken
	}
	x.merchant = onTelegram(t, settings)
	if byHTTP {
		if err := s.Subscribe(x.bot.http); err != nil {
			t.Fatal(err)
		}
	} else {
		eventually(t, "a socket is open", func() bool { return s.Sockets() > 0 })
	}
	t.Cleanup(func() {
		for _, secret := range []string{slacktest.BotToken, slacktest.AppToken, slacktest.SigningSecret} {
			if strings.Contains(x.bot.log.String(), secret) {
				t.Error("a secret of Slack's is in the log")
			}
		}
		for _, c := range s.Complaints() {
			t.Errorf("Slack would complain: %s", c)
		}
	})
	return x
}

// card waits for the newest case.
func (x *team) card(n int) slacktest.Message {
	x.t.Helper()
	eventually(x.t, "the card is there", func() bool { return len(x.slack.Channel(deskChannel).Top()) >= n })
	return x.slack.Channel(deskChannel).Top()[n-1]
}

// thread waits for some words in a thread.
func (x *team) thread(ts, words string) slacktest.Message {
	x.t.Helper()
	var found slacktest.Message
	eventually(x.t, "the thread says "+words, func() bool {
		all := x.slack.Channel(deskChannel).Thread(ts)
		i := slices.IndexFunc(all, func(m slacktest.Message) bool { return strings.Contains(m.Text, words) })
		if i >= 0 {
			found = all[i]
		}
		return i >= 0
	})
	return found
}

// marked waits for a mark on an agent's message.
func (x *team) marked(ts, emoji string) {
	x.t.Helper()
	eventually(x.t, "the message is marked "+emoji, func() bool {
		m, ok := x.slack.Channel(deskChannel).Message(ts)
		return ok && slices.ContainsFunc(m.Reactions, func(r slacktest.Reaction) bool { return r.Name == emoji })
	})
}

// A whole case, from the merchant's first words to the agent's closing.
func TestACaseFromTelegramToSlackAndBack(t *testing.T) {
	for name, settings := range map[string]func() map[string]string{
		"embedded, Socket Mode": func() map[string]string { return map[string]string{} },
		"Redis, HTTP": func() map[string]string {
			return map[string]string{"REDIS_URL": redistest.Start(t).URL(), "SLACK_SIGNING_SECRET": slacktest.SigningSecret}
		},
	} {
		t.Run(name, func(t *testing.T) {
			x := atSlack(t, settings())
			x.platform.Say(x.chat, "刷卡就跳S4，卡号6222021234567890128，<!channel> 快来")
			x.isAsked(0)
			x.platform.SendPhoto(x.chat, make([]byte, 4000), "小票")
			x.platform.Say(x.chat, "转人工")
			card := x.card(1)
			if calls := card.Pings(); len(calls) > 0 || strings.Contains(card.Text, "6222021234567890128") {
				t.Errorf("the card calls %v: %s", calls, card.Text)
			}
			x.thread(card.TS, "照片")
			x.chen.Says(deskChannel, card.TS, "我来看看")
			eventually(t, "小陈 is told that nobody has it", func() bool { return len(x.slack.Ephemerals("U0CHEN")) > 0 })

			x.lin.Taps(deskChannel, card.TS, "claim").Wait()
			x.reads("小林来了")
			said := x.lin.Says(deskChannel, card.TS, "您好 &lt;店长&gt;，请先别再刷")
			got := x.reads("您好 <店长>，请先别再刷")
			x.marked(said, "white_check_mark")
			x.lin.Says(deskChannel, card.TS, "// 这家昨天也坏过")
			x.chen.Says(deskChannel, card.TS, "我也在")
			x.lin.Edits(deskChannel, said, "您好，请先别刷")
			eventually(t, "the edit follows", func() bool {
				return slices.ContainsFunc(x.platform.Sent(x.chat), func(m sentMessage) bool { return m.ID == got.ID && m.Text == "您好，请先别刷" })
			})
			_, id := x.platform.Say(x.chat, "好的，谢谢<@U0LIN>")
			copied := x.thread(card.TS, "好的")
			if calls := copied.Pings(); len(calls) > 0 {
				t.Errorf("the merchant's words call %v", calls)
			}
			x.platform.Edit(x.chat, id, "好的，谢谢您")
			x.thread(card.TS, "好的，谢谢您")
			x.lin.SendsFile(deskChannel, card.TS, "怎么接线.png", []byte("\x89PNG\r\n\x1a\n0000"), "照这个接")
			eventually(t, "the file reaches the merchant", func() bool {
				return slices.ContainsFunc(x.platform.Sent(x.chat), func(m sentMessage) bool { return m.Kind != "text" && len(m.File) > 0 })
			})
			x.lin.Deletes(deskChannel, said)
			eventually(t, "the deletion follows", func() bool {
				return slices.ContainsFunc(x.platform.Sent(x.chat), func(m sentMessage) bool { return m.ID == got.ID && m.Deleted })
			})

			x.lin.Taps(deskChannel, card.TS, "close").Wait()
			var view slacktest.View
			eventually(t, "the closing form opens", func() (ok bool) { view, ok = x.slack.View("U0LIN"); return ok })
			x.lin.Submits(view, map[string]string{"cause": "hardware.card-reader", "note": "寄了新机"}).Wait()
			x.reads("已经处理完了")
			eventually(t, "the card says how it ended", func() bool {
				m, _ := x.slack.Channel(deskChannel).Message(card.TS)
				return strings.Contains(string(m.Blocks), "读卡器") && !strings.Contains(string(m.Blocks), `"claim"`)
			})
			for _, m := range x.platform.Sent(x.chat) {
				if strings.Contains(m.Text, "昨天也坏过") || strings.Contains(m.Text, "我也在") || strings.Contains(m.Text, "我来看看") {
					t.Errorf("the merchant read %q", m.Text)
				}
			}
		})
	}
}

func TestColleaguesAskTheKnowledgeInSlack(t *testing.T) {
	x := atSlack(t, map[string]string{})
	x.lin.Command("/s4", "别的卡都能刷，就这张不行，跳55", deskChannel).Wait()
	eventually(t, "the answer is there for 小林 alone", func() bool {
		return slices.ContainsFunc(x.slack.Ephemerals("U0LIN"), func(m slacktest.Message) bool { return strings.Contains(string(m.Blocks), "密码") })
	})
	if n := len(x.slack.Channel(deskChannel).Messages()); n != 0 {
		t.Errorf("%d messages in the channel", n)
	}
}

func TestABadSignatureIsRefused(t *testing.T) {
	x := atSlack(t, map[string]string{"SLACK_SIGNING_SECRET": slacktest.SigningSecret})
	res, err := http.Post(x.bot.http+"/slack/events", "application/json", strings.NewReader(`{"type":"url_verification","challenge":"x"}`))
	if err != nil {
		t.Fatal(err)
	}
	if _ = res.Body.Close(); res.StatusCode != http.StatusUnauthorized {
		t.Errorf("it is answered with %d", res.StatusCode)
	}
}
