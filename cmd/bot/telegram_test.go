package main

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/s4bot/s4bot/internal/adapters/telegram/telegramtest"
	"github.com/s4bot/s4bot/internal/store/redistest"
)

// merchant is somebody on Telegram with a bot that runs.
type merchant struct {
	t        *testing.T
	platform *telegramtest.Server
	bot      *serving
	chat     int64
}

// onTelegram runs a bot on Telegram.
func onTelegram(t *testing.T, settings map[string]string) *merchant {
	t.Helper()
	platform := telegramtest.Start(t)
	settings["TELEGRAM_TOKEN"], settings["TELEGRAM_API_BASE"] = telegramtest.Token, platform.URL
	if settings["REDIS_URL"] == "" {
		settings["DATA_DIR"] = t.TempDir()
	}
	m := &merchant{t: t, platform: platform, bot: serve(t, settings), chat: 77}
	t.Cleanup(func() {
		_, metrics := m.bot.get("/metrics")
		for where, text := range map[string]string{"log": m.bot.log.String(), "metrics": metrics} {
			if strings.Contains(text, telegramtest.Token) {
				t.Errorf("the token is in the %s", where)
			}
		}
	})
	return m
}

type sentMessage = telegramtest.Message

// reads waits for a message with some words and gives it.
func (m *merchant) reads(words string) telegramtest.Message {
	m.t.Helper()
	var found telegramtest.Message
	eventually(m.t, "the bot says "+words, func() bool {
		sent := m.platform.Sent(m.chat)
		i := slices.IndexFunc(sent, func(x telegramtest.Message) bool { return strings.Contains(x.Text, words) })
		if i >= 0 {
			found = sent[i]
		}
		return i >= 0
	})
	return found
}

// isAsked waits for a message with buttons after so many others; which question it
// is depends on the hour.
func (m *merchant) isAsked(after int) (found telegramtest.Message) {
	m.t.Helper()
	eventually(m.t, "the bot asks", func() bool {
		sent := m.platform.Sent(m.chat)
		if len(sent) <= after || len(sent[len(sent)-1].Rows) == 0 {
			return false
		}
		found = sent[len(sent)-1]
		return true
	})
	return found
}

// labels are those of a message's buttons now.
func (m *merchant) labels(id int) (out []string) {
	for _, x := range m.platform.Sent(m.chat) {
		if x.ID != id {
			continue
		}
		for _, row := range x.Rows {
			for _, b := range row {
				out = append(out, b.Label)
			}
		}
	}
	return out
}

// taps taps the button with a label.
func (m *merchant) taps(x telegramtest.Message, label string) {
	m.t.Helper()
	for _, row := range x.Rows {
		for _, b := range row {
			if b.Label == label {
				m.platform.Tap(m.chat, x.ID, b.Data)
				return
			}
		}
	}
	m.t.Fatalf("no button %q under %q", label, x.Text)
}

// From the first word to the fix: a question answered by a tap and one in words,
// both of whose buttons settle, and the good news.
func TestAMerchantIsHelpedOnTelegram(t *testing.T) {
	m := onTelegram(t, map[string]string{})
	m.platform.Say(m.chat, "/start zh-shop7")
	m.reads("您好")
	m.platform.Say(m.chat, "别的卡都能刷，就这张不行，跳55")
	money := m.reads("客人的钱扣了吗")
	if len(money.Entities) != 1 || money.Entities[0].Type != "bold" {
		t.Errorf("the question does not stand out: %+v", money.Entities)
	}
	m.taps(money, "没有扣款")
	fix := m.reads("这样做")
	if !strings.Contains(fix.Text, "密码") {
		t.Errorf("the fix is %s", fix.Text)
	}
	verify := m.reads("现在怎么样")
	eventually(t, "the tapped button alone stays", func() bool { return slices.Equal(m.labels(money.ID), []string{"✓ 没有扣款"}) })
	m.platform.Say(m.chat, "好了")
	m.reads("这次解决了")
	eventually(t, "what was answered in words settles, too", func() bool { return slices.Equal(m.labels(verify.ID), []string{"✓ 好了"}) })
	m.taps(verify, "还是一样") // an old button
	m.reads("用不上了")
}

func TestPicturesAndEditsReachTheBotOnTelegram(t *testing.T) {
	m := onTelegram(t, map[string]string{})
	m.platform.SendPhoto(m.chat, make([]byte, 4000), "")
	m.reads("照片收到了")
	_, id := m.platform.Say(m.chat, "没有别的字")
	m.isAsked(1)
	m.platform.Edit(m.chat, id, "写着通讯超时")
	m.reads("记下了：网络、连接、超时")
	m.platform.SendLarge(m.chat, "video", 21<<20)
	m.reads("20 MB")
	m.platform.SendAlbum(m.chat, "", make([]byte, 1600), make([]byte, 1600))
	eventually(t, "all is confirmed", func() bool { return m.platform.Unconfirmed() == 0 })
	time.Sleep(1500 * time.Millisecond) // longer than a burst
	n := 0
	for _, x := range m.platform.Sent(m.chat) {
		if strings.Contains(x.Text, "照片收到了") {
			n++
		}
	}
	if n != 2 {
		t.Errorf("the photo and the album got %d answers, want one each", n)
	}
}

func TestAGroupIsAnsweredWhenItAsksAndMoves(t *testing.T) {
	m := onTelegram(t, map[string]string{"REDIS_URL": redistest.Start(t).URL()})
	m.chat = -5
	m.platform.AddToGroup(m.chat)
	m.reads("在群里")
	m.platform.Say(m.chat, "今天吃什么")
	_, id := m.platform.Say(m.chat, "@"+telegramtest.Username+" 刷卡失败")
	asked := m.isAsked(1)
	if asked.ReplyTo != id {
		t.Errorf("it answers message %d, want %d", asked.ReplyTo, id)
	}
	m.platform.Migrate(m.chat, -1005)
	m.chat = -1005
	m.platform.Say(m.chat, "/why")
	if again := m.isAsked(0); len(again.Rows) != len(asked.Rows) {
		t.Errorf("in the new group the bot asks %q, want the same question again", again.Text)
	}
}

func TestAMerchantIsForgottenOnTelegram(t *testing.T) {
	m := onTelegram(t, map[string]string{})
	m.platform.Say(m.chat, "刷卡失败")
	m.isAsked(0)
	m.platform.Say(m.chat, "/forget")
	m.taps(m.reads("全部删掉"), "全部删掉")
	m.reads("都删掉了")
	m.platform.Say(m.chat, "/why")
	m.reads("您好")
}

// An update that cannot be read is passed over and counted; what comes after it
// is answered.
func TestAPoisonedUpdateIsPassedOver(t *testing.T) {
	m := onTelegram(t, map[string]string{})
	m.platform.InjectRaw([]byte(`{"message":{"message_id":"x","chat":[]}}`))
	m.platform.InjectRaw([]byte(`{"telepathy":{"thought":"?"}}`))
	m.platform.Say(m.chat, "刷卡失败")
	m.isAsked(0)
	if _, metrics := m.bot.get("/metrics"); !strings.Contains(metrics, "s4bot_telegram_quarantined_total 1") {
		t.Error("it is not counted")
	}
}
