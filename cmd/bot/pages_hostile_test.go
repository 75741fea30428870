package main

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/s4bot/s4bot/internal/browsertest"
)

// hostile is what would run, format or turn around wherever it is not taken as text.
const hostile = `<script>hacked=1</script><img src=x onerror="hacked=2"><svg onload=hacked=3> "><b onclick='hacked=4'>粗</b> </textarea></title> ` +
	`*星* _下_ ~删~ ` + "`码`" + ` [链](javascript:hacked=5) <https://evil.example|点我> <@U123> <!channel> &lt;i&gt; &amp; {{7*7}} ${7*7} %3Cscript%3E ` +
	"\u202egnp.exe\u202c \u2066x\u2069 \u200bz\u0301\u0302\u0303\u0304"

// harmless fails if a hostile text has done anything to a page.
func harmless(t *testing.T, p *browsertest.Page) {
	t.Helper()
	var done []string
	p.Eval(`[...(window.hacked === undefined ? [] : ["code has run: " + hacked]), ...[...document.querySelectorAll("script:not([src]), [onerror], [onload], [onclick], img[src=x], main b[onclick], a[href^=javascript]")].map((e) => e.outerHTML)]`, &done)
	for _, d := range done {
		t.Errorf("a hostile text has become %s", d)
	}
	fits(t, p)
}

// literally fails unless a place shows a text as it was written.
func literally(t *testing.T, p *browsertest.Page, selector, text string) {
	t.Helper()
	p.WaitTrue(`[...document.querySelectorAll(` + literal(selector) + `)].some((e) => e.textContent.includes(` + literal(text) + `))`)
}

// What anybody writes is shown as it is written: to the merchant on a phone, in the list,
// the card, the thread and the inside view, on a phone as on a wide screen.
func TestHostileTextIsShownHarmlessly(t *testing.T) {
	s := serveQuickly(t)
	shop := openShop(t, s.http, browsertest.Phone)
	ann, bo := openDesk(t, s.http, browsertest.Desktop), openDesk(t, s.http, browsertest.Phone)
	words := strings.TrimSpace(hostile)
	shop.say("刷卡没反应 " + hostile)
	shop.asked()
	literally(t, shop.Page, ".row.mine .text", words)

	// A file with such a name, and as long a text as is taken, without a gap.
	path := filepath.Join(t.TempDir(), `<img src=x onerror=hacked=6>"'&.pdf`)
	if err := os.WriteFile(path, []byte("%PDF-1.7\nslip"), 0o600); err != nil {
		t.Fatal(err)
	}
	shop.SetFiles("#file", path)
	shop.Wait("#attachments li")
	harmless(t, shop.Page)
	shop.say(strings.Repeat("W", 5000) + strings.Repeat("国👩‍👩‍👧", 800))
	literally(t, shop.Page, ".row.mine .file", filepath.Base(path))
	literally(t, shop.Page, ".row.mine .text", strings.Repeat("W", 5000)+"国")
	shop.Wait("#log .row:last-child .option")
	harmless(t, shop.Page)
	shop.say(words)
	shop.human()

	// An agent with such a name writes such things, to the merchant and inside.
	const name = `<b onclick=hacked=7>Ann</b> &amp; *x*`
	ann.Click("#me")
	ann.Eval(`document.querySelector("#name-field").select()`, nil)
	ann.Type("#name-field", name)
	ann.Press("Enter")
	ann.WaitTrue(`document.querySelector("#me")?.textContent.includes(` + literal(name) + `)`)
	ann.open()
	literally(t, ann.Page, "#card", words)
	bo.open()
	ann.claim()
	literally(t, shop.Page, ".row.bot .text", name)
	ann.say(hostile)
	ann.Wait(".msg.mine .mark[data-mark=delivered]")
	ann.Click("#composer label text=内部备注")
	ann.say("记 " + hostile)
	literally(t, shop.Page, ".row.agent .text", words)
	for _, desk := range []agentPage{ann, bo} {
		literally(t, desk.Page, "#thread .msg:not(.note) .text", words)
		literally(t, desk.Page, "#thread .note .text", "记 "+words)
		literally(t, desk.Page, "#thread .merchant .file", filepath.Base(path))
	}
	literally(t, bo.Page, "#standing", name)
	ann.Click("#tab-inside")
	ann.Wait("#inside .in-bars")

	// The list shows the merchant's newest words, also in what is searched for.
	shop.say("又来 " + hostile)
	literally(t, ann.Page, "#list .last", "又来 <script>hacked=1</script>")
	ann.Type("#search", words[:30])
	ann.Wait("#list a")

	// So does the inside view beside the chat, of one who tries it out.
	wide := shop.NewTab(s.http+"/", browsertest.Desktop)
	wide.Wait("#inside .in-bars li")
	literally(t, wide, ".row.agent .text", words)
	for _, p := range []*browsertest.Page{shop.Page, wide, ann.Page, bo.Page} {
		harmless(t, p)
		p.Reload()
		literally(t, p, ".text", words)
		harmless(t, p)
	}
	for address, shown := range map[string]string{"/knowledge?q=" + url.QueryEscape(words): "mark, .card", "/insights": ".tiles"} {
		look := bo.NewTab(s.http+address, browsertest.Phone)
		look.Wait(shown)
		harmless(t, look)
		if q := "input[name=q]"; look.Count(q) > 0 && look.Value(q) != words {
			t.Errorf("the search has become %q", look.Value(q))
		}
	}
	bo.Click("#back")
	bo.Wait("#list a")
	harmless(t, bo.Page)
}
