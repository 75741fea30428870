package main

import (
	"encoding/json"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"github.com/s4bot/s4bot/internal/browsertest"
)

// serveQuickly runs a bot whose answers wait for no second message.
func serveQuickly(t testing.TB) *serving {
	t.Helper()
	return serve(t, map[string]string{"DATA_DIR": t.TempDir(), "BURST_WAIT": "0s"})
}

// shopPage is a merchant's window.
type shopPage struct {
	t testing.TB
	*browsertest.Page
}

// openShop opens the chat in a browser of its own.
func openShop(t testing.TB, base string, view browsertest.Options) shopPage {
	t.Helper()
	p := shopPage{t, browsertest.Start(t).Open(t, base+"/", view)}
	p.Wait("#empty")
	return p
}

// say writes a message and sends it by the button.
func (p shopPage) say(text string) {
	p.t.Helper()
	p.Type("#text", text)
	p.Click("#send")
}

// asked waits until there is something to choose, and nothing on its way.
func (p shopPage) asked() {
	p.t.Helper()
	p.Wait("#log .option")
	p.WaitGone(".mark.clock")
}

// human asks for a person by the menu, and waits until that is answered.
func (p shopPage) human() {
	p.t.Helper()
	p.Click("#menu-button")
	p.Click("[data-command='/human']")
	p.Wait(".row[data-kind=handoff]")
}

// agentPage is an agent's window.
type agentPage struct {
	t testing.TB
	*browsertest.Page
}

// openDesk opens the desk in a browser of its own.
func openDesk(t testing.TB, base string, view browsertest.Options) agentPage {
	t.Helper()
	p := agentPage{t, browsertest.Start(t).Open(t, base+"/desk", view)}
	p.Wait("#cases")
	return p
}

// open opens the case at the top of the list, and waits for its card.
func (p agentPage) open() {
	p.t.Helper()
	p.Click("#list a")
	p.Wait("#card .fact")
}

// claim takes the open case.
func (p agentPage) claim() {
	p.t.Helper()
	p.Click("[data-act=claim]")
	p.Wait("#case[data-standing=mine]")
}

// say writes to the merchant.
func (p agentPage) say(text string) {
	p.t.Helper()
	p.Type("#text", text)
	p.Press("Enter")
}

// deed uses a button that shows beside a message while one points at it.
func (p agentPage) deed(words, button string) {
	p.t.Helper()
	p.ClickOver(".msg .bubble text="+words, "#thread .msg:hover button text="+button)
}

// times fails unless a text can be seen so many times.
func times(t testing.TB, p *browsertest.Page, locator string, want int) {
	t.Helper()
	if want > 0 {
		p.Wait(locator) // it may be fading in
	}
	if got := p.Count(locator); got != want {
		t.Errorf("%s can be seen %d times, not %d: %q", locator, got, want, p.Texts(locator))
	}
}

// fits fails if anything is wider than what shows it. Wide tables may be moved in a
// region of their own.
func fits(t testing.TB, p *browsertest.Page) {
	t.Helper()
	var wide []string
	p.Eval(`[...document.querySelectorAll("*")].filter((e) => {
		if (!e.checkVisibility() || !e.clientWidth || e.closest("main .scroll[role=region]:not(#scroll)")) return false;
		const scrolls = e === document.scrollingElement || /auto|scroll/.test(getComputedStyle(e).overflowX);
		return e.getBoundingClientRect().right > innerWidth + 1 || (scrolls && e.scrollWidth > e.clientWidth + 1);
	}).map((e) => e.tagName + "#" + e.id + "." + e.className)`, &wide)
	if len(wide) > 0 {
		t.Errorf("it does not fit into the width: %q", wide)
	}
}

// slip draws a photo of a slip, in a file of a name.
func slip(t testing.TB, name string) string {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 120, 160))
	for y := range 160 {
		for x := range 120 {
			c := color.RGBA{250, 250, 245, 255}
			if y%16 < 3 && x > 12 && x < 100-y%7*5 {
				c = color.RGBA{60, 60, 70, 255}
			}
			img.Set(x, y, c)
		}
	}
	path := filepath.Join(t.TempDir(), name)
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := png.Encode(f, img); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// photoShows waits until the picture of a name has been drawn.
func photoShows(p *browsertest.Page, selector string) {
	p.WaitTrue(`document.querySelector(` + literal(selector) + `)?.naturalWidth > 0`)
}

// literal gives a text as JavaScript has it.
func literal(text string) string {
	out, _ := json.Marshal(text)
	return string(out)
}
