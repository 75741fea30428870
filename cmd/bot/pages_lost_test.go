package main

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"sync/atomic"
	"testing"

	"github.com/s4bot/s4bot/internal/browsertest"
)

// What was written before a reload, while the connection is cut, and while the bot is
// down, arrives once, from both sides.
func TestNothingIsLostOnThePages(t *testing.T) {
	with := map[string]string{"DATA_DIR": t.TempDir(), "BURST_WAIT": "0s"}
	s := serve(t, with)
	wire := browsertest.NewWire(t, s.http)
	shop := openShop(t, wire.URL(), browsertest.Desktop)
	shop.Allow(browsertest.Lost...)

	// A reload keeps what is being written, what was said, and what is asked.
	shop.say("下午开始刷卡老是S4，转半天圈才报错")
	shop.asked()
	shop.Type("#text", "写到一半")
	shop.Paste("#text", slip(t, "半截.png"))
	shop.Wait("#attachments img")
	shop.Reload()
	shop.asked()
	shop.Wait("#attachments img")
	if got := shop.Value("#text"); got != "写到一半" {
		t.Errorf("after a reload the draft is %q", got)
	}
	times(t, shop.Page, "#log .row text=转半天圈才报错", 1)
	shop.Click(`.option text="没有扣款"`)
	shop.Wait(`.option text="还是一样"`)

	// Cut while it is sent: it waits, also over a reload, and arrives once.
	wire.Cut()
	shop.Click("#send")
	shop.Wait(".row.mine .mark.clock")
	photoShows(shop.Page, ".row.mine .photo img")
	shop.Wait("#status text=正在重连")
	wire.Mend()
	shop.WaitGone(".mark.clock")
	shop.WaitGone("#status text=正在重连")
	shop.Wait("#log text=附件我看不了")
	shop.human()

	ann := openDesk(t, wire.URL(), browsertest.Desktop)
	ann.Allow(browsertest.Lost...)
	ann.open()
	ann.claim()
	shop.Wait("#log text=来了")
	wire.Cut()
	ann.say("线断了也要到")
	ann.Wait(".msg.leaving text=会自动重试")
	ann.Wait("#offline")
	wire.Mend()
	ann.Wait(".msg.mine .mark[data-mark=delivered]")
	ann.WaitGone("#offline")
	shop.Wait(".row.agent text=线断了也要到")

	// The bot is down while both write, and one of them reloads.
	ann.Type("#text", "还没发的")
	s.stop()
	shop.say("停机时商户说的")
	shop.Wait(".row.mine .mark.clock")
	ann.Type("#text", "，停机时客服说的")
	ann.Press("Enter")
	ann.Wait(".msg.leaving text=会自动重试")
	again := serve(t, with)
	wire.Aim(again.http)
	ann.Reload()
	shop.WaitGone(".mark.clock")
	ann.Wait(".msg.merchant text=停机时商户说的")
	shop.Wait(".row.agent text=还没发的，停机时客服说的")
	ann.Wait(".msg.mine .mark[data-mark=delivered]")

	// Given back, the bot answers what was asked meanwhile.
	ann.Click("[data-act=give_back]")
	ann.Click("#sure-yes")
	ann.Wait("#case[data-standing=bot]")
	shop.say("还是一样")
	shop.Wait("#log .row.bot:last-child")
	for _, p := range []*browsertest.Page{shop.Page, ann.Page} {
		p.Reload()
		p.Wait("text=停机时商户说的")
	}
	for _, once := range []string{"写到一半", "线断了也要到", "停机时商户说的", "停机时客服说的", "还是一样"} {
		times(t, shop.Page, "#log .row .text text="+once, 1)
	}
	for _, once := range []string{"线断了也要到", "停机时商户说的", "停机时客服说的"} {
		times(t, ann.Page, "#thread .msg .text text="+once, 1)
	}
}

// What the bot took while its answer got lost is sent again, and counts once.
func TestLostAnswersRepeatNothing(t *testing.T) {
	s := serveQuickly(t)
	aim, err := url.Parse(s.http)
	if err != nil {
		t.Fatal(err)
	}
	var lost atomic.Int32 // so many answers still get lost
	way := httptest.NewServer(&httputil.ReverseProxy{
		FlushInterval: -1,
		Rewrite:       func(r *httputil.ProxyRequest) { r.SetURL(aim); r.Out.Host = r.In.Host },
		ModifyResponse: func(r *http.Response) error {
			if r.Request.Method == http.MethodPost && lost.Add(-1) >= 0 {
				return errors.New("lost")
			}
			return nil
		},
		ErrorHandler: func(w http.ResponseWriter, _ *http.Request, _ error) { w.WriteHeader(http.StatusBadGateway) },
	})
	t.Cleanup(way.Close)
	shop, ann := openShop(t, way.URL, browsertest.Desktop), openDesk(t, way.URL, browsertest.Desktop)
	shop.Allow("502")
	ann.Allow("502")
	lost.Store(2)
	shop.say("刷卡就跳S4")
	shop.asked()
	lost.Store(1)
	shop.Click("#log .option")
	shop.Wait("#log .chosen")
	shop.asked()
	lost.Store(1)
	shop.Paste("#text", slip(t, "小票.png"))
	shop.Wait("#attachments li")
	shop.say("看这个")
	shop.Wait("#log text=附件我看不了")
	shop.human()
	ann.open()
	lost.Store(1)
	ann.claim()
	lost.Store(1)
	ann.say("您好")
	ann.Wait(".msg.mine .mark[data-mark=delivered]")
	shop.Wait(".row.agent text=您好")
	ann.WaitGone(".msg.leaving")
	for _, p := range []*browsertest.Page{shop.Page, ann.Page} {
		p.Reload()
		p.Wait(".text text=您好")
	}
	if left := lost.Load(); left >= 0 {
		t.Errorf("%d answers did not get lost", left)
	}
	for _, once := range []string{".row.mine .text text=刷卡就跳S4", ".row.mine .text text=看这个", ".row.mine .photo", "#log .chosen", ".row.agent text=您好", "#log text=附件我看不了"} {
		times(t, shop.Page, once, 1)
	}
	for _, once := range []string{".msg.agent, .msg.mine", "#thread .shot", ".note-line.event"} {
		times(t, ann.Page, once, 1)
	}
}
