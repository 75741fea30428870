package main

import (
	"cmp"
	"flag"
	"net/url"
	"path/filepath"
	"testing"

	"github.com/s4bot/s4bot/internal/adapters/web/webtest"
	"github.com/s4bot/s4bot/internal/browsertest"
)

var pictureDir = flag.String("pictures", "", "where BenchmarkPictures leaves its pictures (none: it keeps none)")

// scene is what a merchant says, and answers by the buttons.
type scene struct {
	words   string
	answers []string
}

var scenes = map[string]scene{
	"zh": {"刷卡跳S4 交易失败，扫码能收", []string{"网络、连接、超时", "没有代码", "网络信号"}},
	"en": {"Card payments fail with S4, QR codes work", []string{"Network or time-out", "No code", "The network"}},
}

// play lets a merchant say the words and tap the answers.
func (p shopPage) play(s scene) {
	p.t.Helper()
	p.say(s.words)
	for _, answer := range s.answers {
		p.Click(`.option text="` + answer + `"`)
		p.Wait(".chosen text=" + answer)
	}
	p.asked()
}

// BenchmarkPictures takes the pictures of the documentation (make pictures): a real
// conversation, and the desk with the cases of a busy afternoon.
func BenchmarkPictures(b *testing.B) {
	dir := cmp.Or(*pictureDir, b.TempDir())
	for b.Loop() {
		s := serveQuickly(b)
		for lang, name := range map[string]string{"zh": "web-chat.png", "en": "web-chat.en.png"} {
			shop := openShop(b, s.http, browsertest.Desktop.In(lang))
			shop.play(scenes[lang])
			shows(shop.Page, "#inside .in-steps > li:nth-child(3)")
			shop.Picture(filepath.Join(dir, name))
		}
		phone := openShop(b, s.http, browsertest.Phone.AtNight())
		phone.say("下午开始刷卡老是S4，转半天圈才报错")
		phone.Click(`.option text="没有扣款"`)
		phone.Wait(`.option text="还是一样"`)
		phone.WaitGone(".mark.clock")
		shows(phone.Page, `.option text="还是一样"`).Picture(filepath.Join(dir, "web-phone.png"))
		desk := busyDesk(b, s, phone)
		desk.Picture(filepath.Join(dir, "web-desk.png"))
		desk.Goto(s.http + "/knowledge?q=" + url.QueryEscape("客人的卡过期了，显示54"))
		shows(desk, "mark").Picture(filepath.Join(dir, "web-knowledge.png"))
	}
}

// busyDesk is the desk of an agent who writes with a merchant, while others wait.
func busyDesk(b *testing.B, s *serving, shop shopPage) *browsertest.Page {
	ann := openDesk(b, s.http, browsertest.Desktop)
	ann.Click("#me")
	ann.Eval(`document.querySelector("#name-field").select()`, nil)
	ann.Type("#name-field", "李敏")
	ann.Press("Enter")
	ann.Wait("#me text=李敏")
	shop.Click(`.option text="还是一样"`)
	shop.asked()
	shop.Paste("#text", slip(b, "小票.png"))
	shop.Wait("#attachments li")
	shop.say("热点也试了，小票是这样")
	shop.human()
	ann.open()
	for _, words := range [][]string{
		{"刷卡报S4，客人收到扣款短信了！", "已经扣款了"}, {"新机器第一天就S4，扫码也不行", "/human"}, {"卡插进去没反应，换卡也一样", "/human"},
	} {
		other := webtest.Visit(b, s.http)
		for _, w := range words {
			other.Says(webtest.Saying{Text: w})
			reads(b, other, "")
		}
	}
	ann.Wait("#list [data-group=free] li:nth-child(3)")
	ann.claim()
	ann.say("您好，小票收到了。机器放在柜台里面，还是靠门口？")
	ann.Wait(".mark[data-mark=delivered]")
	shop.say("在最里面，靠冰柜")
	ann.Wait(".msg.merchant text=靠冰柜")
	ann.Click("#composer label text=内部备注")
	ann.say("这家上个月也是冰柜边信号差")
	ann.Wait(".msg.note text=冰柜边")
	ann.Click("#composer label text=回复商户")
	ann.Type("#text", "那先把机器挪到门口试一笔")
	return shows(ann.Page, "#list .urgent")
}
