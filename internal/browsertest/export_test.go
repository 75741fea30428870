package browsertest

import "testing"

// WithoutBrowser is a test on a machine that has no browser.
func WithoutBrowser(t testing.TB) {
	defer alone()()
	t.Setenv("PATH", "")
	Start(t)
}

// WithoutRun is a test of a package that does not call Run.
func WithoutRun(t testing.TB) {
	defer alone()()
	shared.running = false
	Start(t)
}

// alone hides the shared browser until what it gives is called.
func alone() func() {
	browser, stop, running := shared.browser, shared.stop, shared.running
	shared.browser, shared.stop = nil, nil
	return func() { shared.browser, shared.stop, shared.running = browser, stop, running }
}

// Open says whether a page is open.
func (p *Page) Open() bool { return p.ctx.Err() == nil }
