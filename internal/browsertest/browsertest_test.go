package browsertest_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/s4bot/s4bot/internal/browsertest"
)

func TestMain(m *testing.M) { os.Exit(browsertest.Run(m)) }

func TestAPageIsUsedAsByAPerson(t *testing.T) {
	p := browsertest.Start(t).Open(t, site(t, "good"), browsertest.Desktop.In("en").AtNight())
	if got := p.Text("#lang"); got != "en dark 1440" {
		t.Errorf("the page believes that it is seen as %q", got)
	}
	p.Type("#message", "S4 交易失败")
	p.Click(`button text="Send it"`)
	p.Wait("#log text=heard: S4 交易失败")
	p.Type("#message", "again")
	if got := p.Value("#message"); got != "again" {
		t.Errorf("the field holds %q", got)
	}
	p.Press("Enter")
	p.Wait("text=heard: again")
	p.Press("Escape")
	p.Press("Shift+ArrowUp")
	p.Compose("jiaoyi")
	p.Wait("text=composing jiaoyi")
	if got := p.Texts("#log li"); !slices.Equal(got[2:4], []string{"escaped", "up"}) {
		t.Errorf("the log says %q", got)
	}
	p.Reload()
	p.WaitGone("#log li")
	if n := p.Count("#log li"); n != 0 {
		t.Errorf("after a reload %d lines are there", n)
	}
}

func TestAPhoneTouches(t *testing.T) {
	p := browsertest.Start(t).Open(t, site(t, "good"), browsertest.Phone)
	p.Wait("text=zh-CN light 390")
	p.Type("#message", "hello")
	p.Click("#send")
	p.Wait("text=touched")
	p.Wait("text=heard: hello")
}

func TestWhatMovesAwayIsPointedAtAgain(t *testing.T) {
	p := browsertest.Start(t).Open(t, site(t, "moving"), browsertest.Desktop)
	p.ClickOver(".line", ".line:hover button")
	p.Wait("#above text=done")
}

func TestPhotosArePastedDroppedAndChosen(t *testing.T) {
	path := photo(t)
	size := fmt.Sprintf("photo.png image/png %d", len(read(t, path)))
	p := browsertest.Start(t).Open(t, site(t, "good"), browsertest.Desktop)
	p.Paste("#message", path)
	p.Wait("text=pasted " + size)
	p.Drop("#drop", path)
	p.Wait("text=dropped " + size)
	p.SetFiles("#file", path)
	p.Wait("text=chosen " + size)
}

func TestVisitorsAreApartAndTabsAreNot(t *testing.T) {
	b, url := browsertest.Start(t), site(t, "good")
	first := b.Open(t, url, browsertest.Desktop)
	first.Eval(`document.cookie = "who=first"`, nil)
	for _, test := range []struct {
		page *browsertest.Page
		want string
	}{
		{b.Open(t, url, browsertest.Desktop), ""},
		{first.NewTab(url, browsertest.Phone), "who=first"},
	} {
		var cookie string
		test.page.Eval("document.cookie", &cookie)
		if cookie != test.want {
			t.Errorf("the other page has the cookie %q, want %q", cookie, test.want)
		}
	}
}

func TestASubtestHasAPageForItself(t *testing.T) {
	url := site(t, "good")
	first := browsertest.Start(t).Open(t, url, browsertest.Desktop)
	first.Eval(`document.cookie = "who=first"`, nil)
	var tab *browsertest.Page
	t.Run("a subtest", func(t *testing.T) {
		tab = first.For(t).NewTab(url, browsertest.Desktop)
		tab.WaitTrue(`document.cookie === "who=first"`)
	})
	if tab.Open() {
		t.Error("the tab of a subtest is open after it")
	}
	first.WaitTrue(`document.cookie === "who=first"`)
}

func TestANetworkIsCutAndMended(t *testing.T) {
	p := browsertest.Start(t).Open(t, site(t, "good"), browsertest.Desktop)
	p.Wait("text=stream is open")
	p.Offline(true)
	p.WaitTrue("!navigator.onLine")
	var err string
	p.Eval(`fetch("/page.css?again").then(() => "", String)`, &err)
	if !strings.Contains(err, "Failed to fetch") {
		t.Errorf("a request without a network gives %q", err)
	}
	p.Offline(false)
	p.WaitTrue("navigator.onLine")
	p.Eval(`fetch("/page.css?again").then(() => "", String)`, &err)
	if err != "" {
		t.Errorf("a request with the network mended gives %q", err)
	}
}

func TestAStreamIsCutAndTheServerReplaced(t *testing.T) {
	wire := browsertest.NewWire(t, site(t, "good"))
	p := browsertest.Start(t).Open(t, wire.URL()+"/good.html", browsertest.Desktop)
	p.Allow(browsertest.Lost...)
	p.Wait("text=stream is open")
	wire.Cut()
	p.Wait("text=stream is lost")
	wire.Aim(site(t, "good"))
	wire.Mend()
	p.Wait("text=stream is open")
}

func TestAFrameOfAnotherSiteIsUsed(t *testing.T) {
	path := photo(t)
	shop := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = fmt.Fprintf(w, `<!doctype html><title>Shop</title><link rel="icon" href="data:,"><h1>Shop</h1>
			<iframe title="Chat" width="600" height="600" src="%s"></iframe>`, site(t, "good"))
	}))
	t.Cleanup(shop.Close)
	for _, look := range []browsertest.Options{browsertest.Desktop, browsertest.Phone} {
		p := browsertest.Start(t).Open(t, strings.Replace(shop.URL, "127.0.0.1", "localhost", 1), look)
		chat := p.Frame("/good.html")
		chat.Type("#message", "from the shop")
		chat.Click("#send")
		chat.Wait("#log text=heard: from the shop")
		chat.Type("#message", "by key")
		chat.Press("Enter")
		chat.Wait("#log text=heard: by key")
		chat.SetFiles("#file", path)
		chat.Wait("text=chosen photo.png")
		chat.Drop("#drop", path)
		chat.Wait("text=dropped photo.png")
		chat.Axe(t)
		if n := p.Count("#log"); n > 0 {
			t.Errorf("the shop has the log of the chat")
		}
	}
}

func TestAPageIsWeighedAndTimed(t *testing.T) {
	p := browsertest.Start(t).Open(t, site(t, "good"), browsertest.Desktop)
	p.Wait("text=stream is open")
	parts := 0
	for _, name := range []string{"good.html", "page.css", "good.js"} {
		parts += len(read(t, filepath.Join("testdata", "site", name)))
	}
	w := p.Weight()
	if got := w.Of("Document", "Stylesheet", "Script"); got.Decoded != parts || got.Transferred <= parts {
		t.Errorf("of %d bytes %d came, in %d on the wire:\n%s", parts, got.Decoded, got.Transferred, w)
	}
	p.Reload()
	p.Wait("text=stream is open")
	if n := len(p.Weight().Requests); n > len(w.Requests) {
		t.Errorf("after a reload there are %d requests", n)
	}
	if ms := p.FirstPaint(); ms <= 0 || ms > 10*time.Second {
		t.Errorf("the first paint came after %v", ms)
	}
}

func TestPicturesAreAsLargeAsTheScreen(t *testing.T) {
	p := browsertest.Start(t).Open(t, site(t, "good"), browsertest.Phone)
	path := filepath.Join(t.TempDir(), "phone.png")
	p.Screenshot(path)
	picture, err := png.DecodeConfig(bytes.NewReader(read(t, path)))
	if err != nil || picture.Width != 390 || picture.Height != 844 {
		t.Errorf("the picture is %d by %d: %v", picture.Width, picture.Height, err)
	}
	p.FullScreenshot(path)
	p.Picture(path)
	few, err := png.DecodeConfig(bytes.NewReader(read(t, path)))
	if colours, ok := few.ColorModel.(color.Palette); err != nil || !ok || len(colours) > 256 || few.Width != 390 {
		t.Errorf("the small picture is %d wide, of %T: %v", few.Width, few.ColorModel, err)
	}
}

func TestAGoodPageHasNoFaults(t *testing.T) {
	for _, look := range []browsertest.Options{browsertest.Desktop, browsertest.Phone.AtNight()} {
		p := browsertest.Start(t).Open(t, site(t, "good"), look)
		p.Axe(t)
		want := []string{"Message", "Send it", "First", "Second", "Third", "Fourth", "Bold", "S"}
		if stops := p.FocusOrder(t); !slices.Equal(stops.Names(), want) {
			t.Errorf("the focus goes through\n%s", stops)
		}
		if said := p.Console(); len(said) > 0 {
			t.Errorf("the page complains: %q", said)
		}
	}
}

// site serves the pages in testdata with the strictest policy that lets them
// work, and gives the address of one.
func site(t *testing.T, page string) string {
	t.Helper()
	mux := http.NewServeMux()
	files := http.FileServer(http.Dir(filepath.Join("testdata", "site")))
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'")
		files.ServeHTTP(w, r)
	})
	mux.HandleFunc("/icon.svg", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "image/svg+xml")
		_, _ = w.Write([]byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>`))
	})
	ended := make(chan struct{})
	mux.HandleFunc("/events", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		_, _ = w.Write([]byte("retry: 100\n\n"))
		w.(http.Flusher).Flush()
		select {
		case <-r.Context().Done():
		case <-ended:
		}
	})
	server := httptest.NewServer(mux)
	t.Cleanup(func() { close(ended); server.Close() })
	return server.URL + "/" + page + ".html"
}

func photo(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "photo.png")
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 8, 8))); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return content
}
