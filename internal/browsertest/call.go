package browsertest

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/chromedp"
)

// call is one command to the browser whose answer says nothing.
func call[P, R any](ctx context.Context, command cdp.Command[P, R], params P) func() error {
	return func() error {
		_, err := chromedp.Call(ctx, command, params)
		return err
	}
}

// all does one step after another, up to the first error.
func all(steps ...func() error) error {
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// must does what cannot fail on a page that works.
func (p *Page) must(what string, do func(context.Context) error) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, p.Patience)
	defer cancel()
	if err := do(ctx); err != nil {
		p.fail(what, err)
	}
}

// Eval evaluates JavaScript in the page, waits if it is a promise, and puts its
// value into out (a pointer, as for encoding/json; nil: nobody wants it). The
// page's content security policy does not hinder it.
func (p *Page) Eval(js string, out any) {
	p.t.Helper()
	p.must("evaluate "+short(js), func(ctx context.Context) error { return p.eval(ctx, js, out) })
}

func (p *Page) eval(ctx context.Context, js string, out any) error {
	where, err := p.where(ctx)
	if err != nil {
		return err
	}
	value, err := chromedp.Run(ctx, chromedp.Evaluate[[]byte](js, chromedp.EvalAwaitPromise, where))
	if err != nil || out == nil || len(value) == 0 {
		return err
	}
	return json.Unmarshal(value, out)
}

// wait asks again and again until the answer is empty; the answer says what is
// still amiss. A page that is just being replaced is asked again too.
func (p *Page) wait(what string, amiss func(context.Context) (string, error)) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, p.Patience)
	defer cancel()
	last := errors.New("the page did not answer")
	for {
		why, err := amiss(ctx)
		if err == nil && why == "" {
			return
		}
		if ctx.Err() == nil {
			if last = err; err == nil {
				last = errors.New(why)
			}
		}
		select {
		case <-ctx.Done():
			p.fail(fmt.Sprintf("wait %v for %s", p.Patience, what), last)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// fail ends the test with what was attempted and with what the page shows.
func (p *Page) fail(what string, err error) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, 5*time.Second)
	defer cancel()
	var shown struct{ URL, Text string }
	_ = p.eval(ctx, `({URL: location.href, Text: (document.body?.innerText ?? "").slice(0, 1500)})`, &shown)
	p.t.Fatalf("%s: %v\nat %s, which shows:\n%s\npicture: %s", what, err, shown.URL, shown.Text, p.keepPicture(ctx))
}

// keepPicture saves what the page shows where it can still be found after the
// test, and says where.
func (p *Page) keepPicture(ctx context.Context) string {
	dir := os.TempDir()
	if f := flag.Lookup("test.artifacts"); f != nil && f.Value.String() == "true" {
		dir = p.t.ArtifactDir()
	}
	picture, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err != nil {
		return err.Error()
	}
	f, err := os.CreateTemp(dir, "page-*.png")
	if err != nil {
		return err.Error()
	}
	_, err = f.Write(picture)
	if err = errors.Join(err, f.Close()); err != nil {
		return err.Error()
	}
	return filepath.Clean(f.Name())
}

// short is the beginning of a script, for an error.
func short(js string) string {
	if len(js) > 120 {
		return js[:120] + "…"
	}
	return js
}
