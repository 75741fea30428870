package web_test

import (
	"cmp"
	"flag"
	"net/url"
	"path/filepath"
	"testing"

	"github.com/s4bot/s4bot/internal/browsertest"
)

// TestPagesToLookInWorkForEverybody opens the pages in a real browser, on a phone by
// day and on a desktop by night: with all unfolded, axe finds nothing, everything can
// be reached by keys, nothing stands out sideways, and no page is heavy.
func TestPagesToLookInWorkForEverybody(t *testing.T) {
	s := reporting(t, sampled)
	browser := browsertest.Start(t)
	for _, path := range []string{
		"/insights", "/knowledge", "/knowledge?q=" + url.QueryEscape("客人的卡过期了，显示54"), "/knowledge/card.expired",
		"/knowledge/question.which_cards", "/knowledge/reference.response-codes", "/knowledge/fix.another-card",
	} {
		for name, how := range map[string]browsertest.Options{
			"phone": browsertest.Phone.In("en"), "desktop": browsertest.Desktop.In("zh").AtNight(),
		} {
			t.Run(path+" "+name, func(t *testing.T) {
				p := browser.Open(t, s.server.URL+path, how)
				p.Eval(`document.querySelectorAll("details").forEach(d => d.open = true)`, nil)
				var sideways int
				p.Eval(`document.documentElement.scrollWidth - document.documentElement.clientWidth`, &sideways)
				if sideways > 0 {
					t.Errorf("the page scrolls sideways by %d px", sideways)
				}
				p.Axe(t)
				p.FocusOrder(t)
				if w := p.Weight(); w.Decoded > 150_000 {
					t.Errorf("the page weighs\n%s", w)
				}
			})
		}
	}
}

var pictureDir = flag.String("pictures", "", "where BenchmarkPictures leaves its picture (none: it keeps none)")

// BenchmarkPictures takes the picture of the insights for the documentation (make
// pictures), of a made-up month.
func BenchmarkPictures(b *testing.B) {
	for b.Loop() {
		p := browsertest.Start(b).Open(b, reporting(b, sampled).server.URL+"/insights", browsertest.Desktop)
		p.Picture(filepath.Join(cmp.Or(*pictureDir, b.TempDir()), "web-insights.png"))
	}
}
