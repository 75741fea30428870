// Package browsertest lets tests use pages as people do: in a real chromium,
// one process a test package, with as many pages as a test wants.
//
// A package that uses it has one line more:
//
//	func TestMain(m *testing.M) { os.Exit(browsertest.Run(m)) }
//
// and a test then reads as what somebody does and sees:
//
//	p := browsertest.Start(t).Open(t, server.URL, browsertest.Phone)
//	p.Type("#message", "S4 交易失败")
//	p.Press("Enter")
//	p.Wait("text=哪一家银行")
//	p.Axe(t)
//	p.FocusOrder(t)
//
// What is acted on is named by a locator: a CSS selector ("#message"), a text
// that can be seen ("text=已解决"; in quotes, text="是", it must be all of the
// text or the label), or both ("button text=已解决"). Whatever is named is waited
// for; when it does not come, the test ends with what was waited for, what the
// page showed, and where a picture of it is.
//
// Pages share no cookies or storage unless one is opened from another by NewTab.
// What a page complains of (an exception, an error in its console, a breach of
// its content security policy) fails its test at the end, unless it was allowed.
//
// A connection that breaks is tried with a Wire, and a page embedded in another
// with Page.Frame.
//
// The browser reaches nothing but the loopback. It is for tests only; a test
// without chromium fails rather than being skipped.
package browsertest

import (
	"context"
	"fmt"
	"os/exec"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// Browser is the running chromium of a test package.
type Browser struct {
	ctx   context.Context
	agent string // how it names itself to servers
}

// shared is the one browser of this process.
var shared struct {
	mu      sync.Mutex
	running bool // inside Run
	browser *Browser
	stop    context.CancelFunc
}

// Run runs the tests of a package and then stops the browser that they used, if
// any did. Should the tests be killed, the browser ends with them.
func Run(m *testing.M) int {
	shared.mu.Lock()
	shared.running = true
	shared.mu.Unlock()
	defer func() {
		shared.mu.Lock()
		defer shared.mu.Unlock()
		shared.running = false
		if shared.stop != nil {
			shared.stop()
		}
	}()
	return m.Run()
}

// Start gives the browser of this test package, and starts it the first time.
func Start(t testing.TB) *Browser {
	t.Helper()
	shared.mu.Lock()
	defer shared.mu.Unlock()
	if !shared.running {
		t.Fatal("these tests need: func TestMain(m *testing.M) { os.Exit(browsertest.Run(m)) }")
	}
	if shared.browser != nil && shared.browser.ctx.Err() == nil {
		return shared.browser
	}
	program := find()
	if program == "" {
		t.Fatal("these tests need a real browser: sudo apt-get install -y chromium")
	}
	b, stop, err := launch(program)
	if err != nil {
		t.Fatalf("start %s: %v", program, err)
	}
	shared.browser, shared.stop = b, stop
	return b
}

// find gives the path of the browser, or nothing.
func find() string {
	for _, name := range []string{
		"chromium", "chromium-browser", "google-chrome", "google-chrome-stable",
		"/Applications/Chromium.app/Contents/MacOS/Chromium",
		"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
	} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

// launch starts a browser that listens on no port: it is spoken to by a pipe,
// and it ends when the pipe or this process does. Its profile is in a folder of
// its own that goes with it. A sandbox is used unless root runs the tests.
func launch(program string) (*Browser, context.CancelFunc, error) {
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(program),
		chromedp.Flag("disable-gpu", true),
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-crash-reporter", true),
		chromedp.Flag("hide-scrollbars", true),
		chromedp.Flag("mute-audio", true),
		chromedp.Flag("no-proxy-server", true),
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"),
		// Frames of other sites stay in the process of their page: see Page.Frame.
		chromedp.Flag("disable-site-isolation-trials", true),
		chromedp.Flag("disable-features", "Translate,IsolateOrigins,site-per-process"),
		// Gives scripts the role and name that a screen reader is told.
		chromedp.Flag("enable-blink-features", "ComputedAccessibilityInfo"),
	)
	allocator, stopAll := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, stopBrowser := chromedp.NewContext(allocator)
	stop := func() {
		gently, cancel := context.WithTimeout(ctx, 5*time.Second)
		defer cancel()
		_ = chromedp.Cancel(gently) // so that it ends its own processes
		stopBrowser()
		stopAll()
	}
	agent, err := chromedp.Run(ctx, chromedp.Evaluate[string]("navigator.userAgent"))
	if err != nil {
		stop()
		return nil, nil, fmt.Errorf("speak to it: %w", err)
	}
	return &Browser{ctx: ctx, agent: agent}, stop, nil
}
