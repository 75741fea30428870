package main

import (
	"testing"

	"github.com/s4bot/s4bot/internal/browsertest"
)

// tabTo presses a key until what a selector names has the focus.
func tabTo(t *testing.T, p *browsertest.Page, key, selector string) {
	t.Helper()
	for range 60 {
		if focused(p, selector) {
			return
		}
		p.Press(key)
	}
	var at string
	p.Eval(`document.activeElement.outerHTML.slice(0, 200)`, &at)
	t.Fatalf("%s never leads to %s; the focus is on %s", key, selector, at)
}

func focused(p *browsertest.Page, selector string) (yes bool) {
	p.Eval(`document.activeElement.matches(`+literal(selector)+`)`, &yes)
	return yes
}

// write types into what has the focus, which must be what a selector names.
func write(t *testing.T, p *browsertest.Page, selector, text string) {
	t.Helper()
	p.WaitTrue(`document.activeElement.matches(` + literal(selector) + `)`)
	p.Type(selector, text)
}

// A case from the first words to its closing without a mouse.
func TestKeysAreEnough(t *testing.T) {
	s := serveQuickly(t)
	shop := openShop(t, s.http, browsertest.Desktop)
	write(t, shop.Page, "#text", "刷卡就跳S4")
	shop.Press("Enter")
	shop.asked()
	tabTo(t, shop.Page, "Shift+Tab", "#log .option")
	shop.Press("Space")
	shop.Wait("#log .chosen")
	shop.asked()
	shop.WaitTrue(`document.activeElement.matches("#log .option")`) // whoever answers by keys goes on by keys
	shop.Press("Enter")
	shop.WaitTrue(`document.querySelectorAll("#log .chosen").length === 2`)
	tabTo(t, shop.Page, "Shift+Tab", "#menu-button")
	shop.Press("Enter")
	tabTo(t, shop.Page, "ArrowDown", "[data-command='/human']")
	shop.Press("Enter")
	shop.Wait(".row[data-kind=handoff]")
	if !focused(shop.Page, "#menu-button") {
		t.Error("a menu that closes does not give the focus back")
	}

	ann := openDesk(t, s.http, browsertest.Desktop)
	ann.Wait("#list a")
	ann.Press("ArrowDown")
	if !focused(ann.Page, "#list a") {
		t.Fatal("an arrow does not lead into the list")
	}
	ann.Press("Enter")
	ann.Wait("#card .fact")
	tabTo(t, ann.Page, "Tab", "[data-act=claim]")
	ann.Press("Space")
	ann.Wait("#case[data-standing=mine]")
	write(t, ann.Page, "#text", "您好")
	ann.Press("Enter")
	shop.Wait(".row.agent text=您好")
	tabTo(t, ann.Page, "Shift+Tab", "[data-act=close]")
	ann.Press("Enter")
	write(t, ann.Page, "#cause-search", "过期")
	ann.Press("ArrowDown")
	ann.Press("ArrowUp")
	ann.Press("Enter")
	ann.WaitTrue(`document.activeElement.matches("#close-send:enabled")`)
	ann.Press("Enter")
	ann.Wait("#case[data-standing=over]")
	shop.Wait(".row[data-kind=closing]")
	if focused(ann.Page, "body") {
		t.Error("after the closing the focus is nowhere")
	}
}

// Whoever changes the language goes on in it, with the page and with the bot.
func TestTwoLanguages(t *testing.T) {
	s := serveQuickly(t)
	shop := openShop(t, s.http, browsertest.Desktop.AtNight())
	shop.say("刷卡就跳S4")
	shop.asked()
	shop.Click(".bar .lang")
	shop.Wait("#chat-title text=Card payment help")
	shop.Wait("#log text=English, please")
	shop.Wait("#log .option text=Not sure")
	shop.Wait("#inside text=Likeliest causes now")
	shop.human()
	shop.Wait("#log .row.bot:last-child text=colleague")
	dark := func(p *browsertest.Page, selector string) (is bool) {
		p.Eval(`getComputedStyle(document.querySelector(`+literal(selector)+`)).backgroundColor.match(/\d+/g).slice(0, 3).every((n) => n < 70)`, &is)
		return is
	}
	ann := openDesk(t, s.http, browsertest.Desktop.In("en"))
	for _, p := range []*browsertest.Page{shop.Page, ann.Page} {
		if got := dark(p, "body"); got != (p == shop.Page) {
			t.Errorf("the page is dark: %v", got)
		}
	}
	ann.open()
	ann.Wait("button text=Claim")
	ann.Click(".bar .lang")
	ann.Wait(`h2 text="工单"`)
	ann.Wait("#card .fact")
	ann.Wait("button text=接手")
	ann.Goto(s.http + "/desk")
	ann.Wait(`h2 text="工单"`)
}
