package browsertest

import (
	"context"
	"os"
	"time"

	"github.com/chromedp/chromedp"
)

// Screenshot saves a PNG of what is on the screen.
func (p *Page) Screenshot(path string) {
	p.t.Helper()
	p.picture(path, chromedp.CaptureScreenshot())
}

// Picture saves a PNG of what is on the screen for a documentation: with 256 colours,
// which keeps it small.
func (p *Page) Picture(path string) {
	p.t.Helper()
	p.Screenshot(path)
	if err := fewerColours(path); err != nil {
		p.t.Fatalf("make a picture small: %v", err)
	}
}

// FullScreenshot saves a PNG of the page from top to bottom.
func (p *Page) FullScreenshot(path string) {
	p.t.Helper()
	p.picture(path, chromedp.FullScreenshot(100))
}

func (p *Page) picture(path string, take chromedp.Action[[]byte]) {
	p.t.Helper()
	p.must("take a picture", func(ctx context.Context) error {
		picture, err := chromedp.Run(ctx, take)
		if err != nil {
			return err
		}
		return os.WriteFile(path, picture, 0o600)
	})
}

// FirstPaint is the time from the start of loading until text or a picture was
// on the screen (first-contentful-paint).
func (p *Page) FirstPaint() time.Duration {
	p.t.Helper()
	var ms float64
	p.wait("the first paint", func(ctx context.Context) (string, error) {
		err := p.eval(ctx, `performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0`, &ms)
		return unless(ms > 0, "nothing was painted"), err
	})
	return time.Duration(ms * float64(time.Millisecond))
}
