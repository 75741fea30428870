package main

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/s4bot/s4bot/internal/browsertest"
	"github.com/s4bot/s4bot/internal/chat"
)

// bars are the likeliest causes as the inside view shows them, with their figures.
func bars(p *browsertest.Page) (out []string) {
	p.Eval(`[...document.querySelectorAll(".in-bars li")].map((li) => li.querySelector(".in-name").textContent + " " + li.querySelector("b").textContent)`, &out)
	return out
}

// believed are the same from what the page is sent.
func believed(causes []chat.InsideCause, p func(i int) float64) (out []string) {
	order := make([]int, len(causes))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int {
		switch {
		case p(i) > p(j):
			return -1
		case p(i) < p(j):
			return 1
		}
		return 0
	})
	for _, i := range order[:min(6, len(order))] {
		out = append(out, causes[i].Title+" "+figure(p(i)))
	}
	return out
}

func figure(p float64) string {
	switch {
	case p < .005:
		return "<1%"
	case p > .995:
		return ">99%"
	}
	return fmt.Sprintf("%.0f%%", math.Floor(p*100+.5))
}

// lookInside waits until the bars are as what the page is sent says, and gives it.
func lookInside(t *testing.T, p *browsertest.Page) (in chat.Inside, shown []string) {
	t.Helper()
	eventually(t, "the bars show what is believed", func() bool {
		var text string
		p.Eval(`fetch("/inside?lang=zh").then((r) => r.text())`, &text)
		if err := json.Unmarshal([]byte(text), &in); err != nil {
			t.Fatalf("the inside view is sent %q: %v", text, err)
		}
		shown = bars(p)
		return slices.Equal(shown, believed(in.Causes, func(i int) float64 { return in.Causes[i].P }))
	})
	return in, shown
}

// Beside the chat stands what the bot believes: the bars move with each answer to what
// the bot reckons, show what another answer would change, and go back with it.
func TestTheInsideViewFollowsTheChat(t *testing.T) {
	s := serveQuickly(t)
	shop := openShop(t, s.http, browsertest.Desktop)
	shop.Wait("#inside .in-bars li")
	_, nothing := lookInside(t, shop.Page)
	shop.say("刷卡就跳S4")
	shop.asked()
	heard, before := lookInside(t, shop.Page)
	if slices.Equal(before, nothing) {
		t.Errorf("the first words move nothing: %q", before)
	}
	times(t, shop.Page, "#inside .in-steps > li text="+heard.Path[0].Detail, 1)

	shop.Click("#log .option")
	shop.Wait("#log .chosen")
	shop.Wait("#log .option")
	next := fmt.Sprintf("#inside .in-steps > li:nth-child(%d)", len(heard.Path)+1)
	shop.Wait(next)
	in, after := lookInside(t, shop.Page)
	if slices.Equal(after, before) || in.Question == nil || !in.Undo {
		t.Fatalf("after an answer: %q, %+v", after, in)
	}
	for _, says := range []string{in.Question.Text, in.Question.Because, in.Question.Savings.With.Text, in.Path[0].Detail, in.Others[0].Title} {
		shop.Wait("#inside text=" + says)
	}
	shop.WaitTrue(`document.querySelector(".in-steps").getBoundingClientRect().left > document.querySelector(".in-bars").getBoundingClientRect().right`)

	// What if the answer were another one?
	o := in.Question.Options[0]
	then := believed(in.Causes, func(i int) float64 { return o.After[i] })
	chip := fmt.Sprintf("#inside [data-key='if-%s']", o.ID)
	if slices.Equal(then, after) {
		t.Fatalf("the answer %s would change nothing", o.Label)
	}
	shop.Click(chip)
	eventually(t, "the bars show what would be", func() bool { return slices.Equal(bars(shop.Page), then) })
	shop.Wait(chip + "[aria-pressed=true]")
	shop.Click(chip)
	shop.Click("#text") // the mouse points elsewhere
	eventually(t, "the bars show what is, again", func() bool { return slices.Equal(bars(shop.Page), after) })

	// Undo is /back in the chat.
	shop.Click("#inside .in-undo")
	shop.Wait("#log .row.mine text=退回上一步")
	shop.WaitGone(next)
	if _, undone := lookInside(t, shop.Page); !slices.Equal(undone, before) {
		t.Errorf("after undoing: %q, before: %q", undone, before)
	}

	// At the desk the same stands beside the case, without undo.
	shop.human()
	ann := openDesk(t, s.http, browsertest.Desktop)
	ann.open()
	ann.Click("#tab-inside")
	ann.Wait("#inside .in-bars li")
	eventually(t, "the desk shows the same", func() bool { return slices.Equal(bars(ann.Page), bars(shop.Page)) })
	ann.Wait("#inside text=人工")
	times(t, ann.Page, ".in-undo", 0)
}

// Where the team signs in, merchants see the chat alone.
func TestMerchantsNeverLookInside(t *testing.T) {
	const token = "correct horse battery"
	s := serve(t, map[string]string{"DATA_DIR": t.TempDir(), "BURST_WAIT": "0s", "WEB_TOKEN": token})
	shop := openShop(t, s.http, browsertest.Desktop)
	shop.say("刷卡就跳S4")
	shop.asked()
	for _, none := range []string{"#inside", "#inside-button", "a[href='/desk']"} {
		times(t, shop.Page, none, 0)
	}
	shop.Allow("401")
	for _, address := range []string{"/inside", "/desk/inside", "/desk/events", "/desk/causes"} {
		var status int
		shop.Eval(fmt.Sprintf("fetch(%q).then((r) => r.status)", address), &status)
		if status != 401 {
			t.Errorf("%s answers %d", address, status)
		}
	}

	// The same browser after signing in: the desk, and the inside view beside the chat.
	p := shop.NewTab(s.http+"/desk", browsertest.Desktop)
	p.Allow("403")
	p.Type("#name", "Ann")
	p.Type("#token", "wrong horse")
	p.Press("Enter")
	p.Wait("[role=alert] text=口令不对")
	if got := p.Value("#name"); got != "Ann" {
		t.Errorf("the name that was given is now %q", got)
	}
	p.Type("#token", token)
	p.Press("Enter")
	p.Wait("#cases")
	shop.Reload()
	shop.Wait("#inside .in-steps > li")
	p.Click(`button text="退出"`)
	p.Wait("#token")
	shop.Reload()
	shop.asked()
	times(t, shop.Page, "#inside", 0)
	if strings.Contains(s.log.String(), "horse") {
		t.Errorf("the log holds a token:\n%s", s.log)
	}
}
