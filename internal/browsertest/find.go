package browsertest

import (
	"context"
	_ "embed"
	"encoding/json"
)

//go:embed js/find.js
var findJS string

// finding is an expression on the helpers of find.js; @ stands for the locator.
func finding(method, locator string) string {
	quoted, _ := json.Marshal(locator)
	return findJS + "." + method + "(" + string(quoted) + ")"
}

// Wait waits until something of that name can be seen.
func (p *Page) Wait(locator string) {
	p.t.Helper()
	p.wait(locator, func(ctx context.Context) (string, error) {
		var n int
		err := p.eval(ctx, finding("seen", locator)+".length", &n)
		return unless(n > 0, "it is not there or cannot be seen"), err
	})
}

// WaitGone waits until nothing of that name can be seen any more.
func (p *Page) WaitGone(locator string) {
	p.t.Helper()
	p.wait(locator+" to be gone", func(ctx context.Context) (string, error) {
		var n int
		err := p.eval(ctx, finding("seen", locator)+".length", &n)
		return unless(n == 0, "it can still be seen"), err
	})
}

// WaitTrue waits until a JavaScript expression is true.
func (p *Page) WaitTrue(js string) {
	p.t.Helper()
	p.wait(short(js), func(ctx context.Context) (string, error) {
		var ok bool
		err := p.eval(ctx, "Boolean("+js+")", &ok)
		return unless(ok, "it is false"), err
	})
}

// Text is the visible text of the first thing of that name.
func (p *Page) Text(locator string) string {
	p.t.Helper()
	p.Wait(locator)
	var text string
	p.Eval(finding("seen", locator)+"[0]?.innerText ?? ''", &text)
	return text
}

// Texts are the visible texts of all things of that name, without waiting.
func (p *Page) Texts(locator string) []string {
	p.t.Helper()
	var texts []string
	p.Eval(finding("seen", locator)+".map(e => e.innerText)", &texts)
	return texts
}

// Count says how many things of that name can be seen, without waiting.
func (p *Page) Count(locator string) int {
	p.t.Helper()
	return len(p.Texts(locator))
}

// Value is what the first field of that name holds.
func (p *Page) Value(locator string) string {
	p.t.Helper()
	p.Wait(locator)
	var value string
	p.Eval(finding("seen", locator)+"[0].value", &value)
	return value
}

func unless(ok bool, why string) string {
	if ok {
		return ""
	}
	return why
}
