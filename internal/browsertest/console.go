package browsertest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
)

// console keeps what a page complains of.
type console struct {
	mu       sync.Mutex
	said     []string
	expected []string
}

// Console is what the page complained of until now: exceptions that nobody
// caught, errors in its console, requests that failed, breaches of its content
// security policy. Any that is not allowed fails the test when it ends.
func (p *Page) Console() []string {
	p.t.Helper()
	p.Eval("0", nil) // what came before this answer has been heard
	p.console.mu.Lock()
	defer p.console.mu.Unlock()
	return slices.Clone(p.console.said)
}

// Allow lets the page complain of what contains one of these words, as
// "net::ERR_CONNECTION_REFUSED" where a server is stopped on purpose.
func (p *Page) Allow(words ...string) {
	p.console.mu.Lock()
	defer p.console.mu.Unlock()
	p.console.expected = append(p.console.expected, words...)
}

// judgeConsole fails the test for each complaint that is not allowed.
func (p *Page) judgeConsole() {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, 5*time.Second)
	defer cancel()
	if err := p.eval(ctx, "0", nil); err != nil && !p.t.Failed() {
		p.t.Errorf("the page is gone before its end: %v", err)
	}
	p.console.mu.Lock()
	defer p.console.mu.Unlock()
	for _, said := range p.console.said {
		allowed := func(words string) bool { return strings.Contains(said, words) }
		if !slices.ContainsFunc(p.console.expected, allowed) {
			p.t.Errorf("the page complained: %s", said)
		}
	}
}

// hear notes what the browser tells of the page. It is called in one goroutine
// and must not ask the browser anything.
func (p *Page) hear(event any) {
	switch event := event.(type) {
	case *log.EventEntryAdded:
		if event.Entry.Level == log.EntryLevelError {
			p.console.add("%s: %s (%s)", event.Entry.Source, event.Entry.Text, event.Entry.URL)
		}
	case *runtime.EventExceptionThrown:
		details := event.ExceptionDetails
		p.console.add("exception: %s %s (%s:%d)", details.Text, text(details.Exception), details.URL, details.LineNumber+1)
	case *runtime.EventConsoleAPICalled:
		if event.Type == runtime.ConsoleAPICalledTypeError || event.Type == runtime.ConsoleAPICalledTypeAssert {
			p.console.add("console: %s", texts(event.Args))
		}
	case *runtime.EventBindingCalled:
		p.console.add("security: %s", event.Payload)
	case *network.EventRequestWillBeSent:
		p.traffic.sent(event)
	case *network.EventDataReceived:
		p.traffic.received(event)
	case *network.EventLoadingFinished:
		p.traffic.finished(event)
	}
}

// watchPolicy makes the page tell of code made from text that its policy stopped:
// of all that a policy stops, this alone does not come to the browser's log.
func (p *Page) watchPolicy(ctx context.Context) func() error {
	const world, tell = "browsertest", "browsertestTell"
	const watch = `document.addEventListener("securitypolicyviolation", (e) => {
		if (e.blockedURI.includes("eval")) ` + tell + `("Content Security Policy: " + e.effectiveDirective + " stops " + e.blockedURI + " in " + e.sourceFile + ":" + e.lineNumber);
	}, true);`
	return func() error {
		return all(
			call(ctx, runtime.AddBinding, runtime.AddBindingParams{Name: tell, ExecutionContextName: world}),
			call(ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{
				Source: watch, WorldName: world,
			}),
		)
	}
}

func (c *console) add(format string, args ...any) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.said = append(c.said, fmt.Sprintf(format, args...))
}

func texts(objects []*runtime.RemoteObject) string {
	said := make([]string, 0, len(objects))
	for _, o := range objects {
		said = append(said, text(o))
	}
	return strings.Join(said, " ")
}

func text(o *runtime.RemoteObject) string {
	switch {
	case o == nil:
		return ""
	case o.Description != "":
		return o.Description
	default:
		return string(o.Value)
	}
}
