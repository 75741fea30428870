package main

import (
	"strings"
	"testing"

	"github.com/s4bot/s4bot/internal/browsertest"
)

// A whole case in real windows, from the merchant's first words to the closing: the
// merchant on a phone, the agent at the desk, and a colleague whose window stays in step.
func TestAMerchantAndAnAgentInTheirWindows(t *testing.T) {
	s := serveQuickly(t)
	ann, bo := openDesk(t, s.http, browsertest.Desktop), openDesk(t, s.http, browsertest.Desktop)
	shop := openShop(t, s.http, browsertest.Phone)

	// The merchant talks to the bot, and asks for a person.
	shop.say("下午开始刷卡老是S4，转半天圈才报错")
	shop.asked()
	shop.Click(`.option text="没有扣款"`)
	shop.Wait(`.chosen text=没有扣款`)
	shop.Wait(`.option text="还是一样"`)
	shop.Paste("#text", slip(t, "小票.png"))
	shop.Wait("#attachments li")
	shop.say("屏幕是这样的")
	photoShows(shop.Page, ".row.mine .photo img")
	shop.human()

	// Both desks list it; both look at it; the card says what is known.
	for _, desk := range []agentPage{ann, bo} {
		desk.Wait("#list [data-group=free] a text=小票")
		desk.open()
		desk.Wait("#card text=转半天圈才报错")
		photoShows(desk.Page, "#thread .merchant .shot img")
	}
	if bo.Count("#composer .write") != 0 || bo.Count("[data-act=suggest]") != 0 {
		t.Error("one may write to the merchant without having claimed the case")
	}
	ann.claim()
	bo.Wait("#case[data-standing=others]")
	shop.Wait("#log text=来了")

	// A reply, what stays inside, and an answer.
	ann.say("您好，我看到您的小票了")
	shop.Wait(".row.agent text=您好，我看到您的小票了")
	ann.Wait(".msg.mine .mark[data-mark=delivered]")
	bo.Wait(".msg.agent text=您好，我看到您的小票了")
	ann.Click("#composer label text=内部备注")
	ann.say("这家昨天也断过网")
	bo.Wait(".msg.note text=这家昨天也断过网")
	ann.Click("#composer label text=回复商户")
	shop.say("好的，麻烦快点")
	for _, desk := range []agentPage{ann, bo} {
		desk.Wait(".msg.merchant text=好的，麻烦快点")
	}

	// The fix that the bot suggests is read before it is sent.
	ann.Click("[data-act=suggest]")
	fix, _, _ := strings.Cut(ann.Text("#fix-text"), "\n")
	ann.Click(`#fix button text="先不发"`)
	times(t, shop.Page, ".row.agent text="+fix, 0)
	ann.Click("[data-act=suggest]")
	ann.Click(`#fix button text="发给商户"`)
	shop.Wait("#log .row:last-child text=" + fix)
	bo.Wait("#thread text=办法已经发给商户：")

	// What was written is changed and taken back, on all sides.
	ann.deed("您好，我看到您的小票了", "修改")
	ann.Eval(`document.querySelector("#text").select()`, nil)
	ann.say("您好，小票收到了")
	shop.Wait(".row.agent text=您好，小票收到了")
	bo.Wait(".msg.agent text=您好，小票收到了")
	ann.say("写错人了")
	shop.Wait(".row.agent text=写错人了")
	ann.deed("写错人了", "撤回")
	ann.Click("#sure-yes")
	shop.Wait("text=这条消息已撤回")
	bo.Wait(".msg.agent text=已撤回")

	// Closing asks for the cause.
	ann.Click("[data-act=close]")
	ann.Type("#cause-search", "时好时坏")
	ann.Click("#causes .cause text=时好时坏")
	ann.Type("#close-note", "换到热点就好了")
	ann.Click("#close-send")
	for _, desk := range []agentPage{ann, bo} {
		desk.Wait("#case[data-standing=over]")
		desk.Wait("#list [data-group=over] a")
	}
	shop.Wait(".row[data-kind=closing]")
	shop.Reload()
	shop.Wait(".row[data-kind=closing]")
	said := shop.Text("#log")
	for _, inside := range []string{"昨天也断过网", "换到热点就好了", "写错人了", "我看到您的小票了"} {
		if strings.Contains(said, inside) {
			t.Errorf("the merchant reads %q:\n%s", inside, said)
		}
	}
	for _, once := range []string{"您好，小票收到了", "好的，麻烦快点", "屏幕是这样的"} {
		times(t, shop.Page, ".row .text text="+once, 1)
	}
}
