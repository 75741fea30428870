package browsertest

import (
	"context"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// Options say how a page is seen. What is zero is as on a desk: 1440 by 900
// pixels, light, Chinese, with a mouse.
type Options struct {
	Width, Height int
	Dark          bool
	Lang          string // of Accept-Language and navigator.language, such as "en"
	Touch         bool   // a phone: touches in place of clicks
}

// Phone and Desktop are the widths at which every page is looked at.
var (
	Phone   = Options{Width: 390, Height: 844, Touch: true}
	Desktop = Options{Width: 1440, Height: 900}
)

// In is the same view in another language.
func (o Options) In(lang string) Options { o.Lang = lang; return o }

// AtNight is the same view in dark colours.
func (o Options) AtNight() Options { o.Dark = true; return o }

func (o Options) withDefaults() Options {
	if o.Width == 0 {
		o.Width = Desktop.Width
	}
	if o.Height == 0 {
		o.Height = Desktop.Height
	}
	if o.Lang == "" {
		o.Lang = "zh-CN"
	}
	return o
}

// Page is an open page. Its methods fail the test that opened it; they are for
// the goroutine of that test.
type Page struct {
	Patience time.Duration // how long anything is waited for: 30 s, unless it is set

	t       testing.TB
	browser *Browser
	ctx     context.Context
	options Options
	frame   string // part of the address of the frame that is meant; empty: the page
	console *console
	traffic *traffic
}

// Open opens a page that nobody has visited before: no cookies, no storage, an
// empty cache. It is closed when the test ends.
func (b *Browser) Open(t testing.TB, url string, options Options) *Page {
	t.Helper()
	return b.open(t, b.ctx, url, options, chromedp.WithNewBrowserContext())
}

// NewTab opens another page of the same visitor: it has the same cookies and the
// same storage.
func (p *Page) NewTab(url string, options Options) *Page {
	p.t.Helper()
	return p.browser.open(p.t, p.ctx, url, options)
}

func (b *Browser) open(t testing.TB, parent context.Context, url string, options Options, how ...chromedp.ContextOption) *Page {
	t.Helper()
	p := &Page{
		Patience: 30 * time.Second, t: t, browser: b, options: options.withDefaults(),
		console: &console{}, traffic: &traffic{},
	}
	ctx, shut := chromedp.NewContext(parent, append(how, chromedp.WithListener(p.hear))...)
	p.ctx = ctx
	t.Cleanup(func() {
		t.Helper()
		p.judgeConsole()
		shut()
	})
	// The first use of a context binds the page to it, so it has no deadline.
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("open a page: %v", err)
	}
	p.must("set how the page is seen", p.dress)
	p.must("open "+url, func(ctx context.Context) error {
		return chromedp.Do(ctx, chromedp.Navigate(url))
	})
	return p
}

// For is the page in the hands of another test, such as a subtest: what it does
// fails that one, and the tabs that it opens are closed at that one's end.
func (p *Page) For(t testing.TB) *Page {
	theirs := *p
	theirs.t = t
	return &theirs
}

// Reload loads the page again and waits until it is there.
func (p *Page) Reload() {
	p.t.Helper()
	p.must("reload", func(ctx context.Context) error { return chromedp.Do(ctx, chromedp.Reload()) })
}

// Goto leads the page to another address, as typed in the address bar.
func (p *Page) Goto(url string) {
	p.t.Helper()
	p.must("go to "+url, func(ctx context.Context) error { return chromedp.Do(ctx, chromedp.Navigate(url)) })
}

// dress makes the page look at its surroundings as the options say. Every page
// believes that it is in front, so that none is slowed for being behind another.
func (p *Page) dress(ctx context.Context) error {
	scheme := "light"
	if p.options.Dark {
		scheme = "dark"
	}
	return all(
		p.watchPolicy(ctx),
		call(ctx, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true}),
		call(ctx, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
			Width: int64(p.options.Width), Height: int64(p.options.Height), DeviceScaleFactor: 1, Mobile: p.options.Touch,
		}),
		call(ctx, emulation.SetTouchEmulationEnabled, emulation.SetTouchEmulationEnabledParams{
			Enabled: p.options.Touch, MaxTouchPoints: 1,
		}),
		call(ctx, emulation.SetUserAgentOverride, emulation.SetUserAgentOverrideParams{
			UserAgent: p.browser.agent, AcceptLanguage: p.options.Lang,
		}),
		call(ctx, emulation.SetLocaleOverride, emulation.SetLocaleOverrideParams{Locale: p.options.Lang}),
		call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
		}),
	)
}
