package browsertest

import (
	"context"
	_ "embed"
	"fmt"
	"strings"
	"testing"
)

//go:embed js/focus.js
var focusJS string

// Stop is an element that Tab leads to, as a screen reader names it.
type Stop struct{ Name, Role, Selector string }

func (s Stop) String() string { return fmt.Sprintf("%s %q %s", s.Role, s.Name, s.Selector) }

// Stops is an order of focus.
type Stops []Stop

// Names are the accessible names, in order.
func (s Stops) Names() []string {
	names := make([]string, 0, len(s))
	for _, stop := range s {
		names = append(names, stop.Name)
	}
	return names
}

func (s Stops) String() string {
	lines := make([]string, 0, len(s))
	for _, stop := range s {
		lines = append(lines, stop.String())
	}
	return strings.Join(lines, "\n")
}

// FocusOrder goes through the page by Tab, from before its first element until
// it is round, and gives what it came to. It fails where the focus cannot be seen
// (neither outline, shadow, border, background nor underline changes, of the
// element or of what is around or beside it), where it goes up on the screen
// other than to a column further right, where it cannot go on, and for what can
// be used and is never reached. Excepted are selectors as it names them.
//
// Of a group with one Tab stop (tabs, toolbar, menu, radio buttons) one member
// is enough. While a modal dialog is open, only what is in it counts.
func (p *Page) FocusOrder(t testing.TB, except ...Except) Stops {
	t.Helper()
	complain := func(s Stop, format string, args ...any) {
		t.Helper()
		if !excepted(s.Selector, except) {
			t.Errorf("focus order: "+format, args...)
		}
	}
	stops := p.tabThrough(complain)
	var end struct{ Invisible, Missed []Stop }
	p.Eval(focusJS+".end()", &end)
	for _, s := range end.Invisible {
		complain(s, "the focus cannot be seen on %s", s)
	}
	for _, s := range end.Missed {
		complain(s, "Tab never reaches %s", s)
	}
	return stops
}

// tabThrough presses Tab until the focus is back where it began, or held.
func (p *Page) tabThrough(complain func(s Stop, format string, args ...any)) (stops Stops) {
	p.t.Helper()
	p.Eval(focusJS+".begin()", nil)
	for range 500 {
		var at struct {
			Done, Same, Jump bool
			Trap, Stop       *Stop
		}
		p.must("go on by Tab", func(ctx context.Context) error {
			return all(
				func() error { return press(ctx, "Tab") },
				func() error { return p.eval(ctx, focusJS+".step()", &at) },
			)
		})
		switch {
		case at.Done:
			return stops
		case at.Trap != nil:
			complain(*at.Trap, "the focus is trapped: from %s it goes back to %s", stops[len(stops)-1], *at.Trap)
			return stops
		case at.Stop != nil:
			if at.Jump {
				complain(*at.Stop, "the focus jumps up from %s to %s", stops[len(stops)-1], *at.Stop)
			}
			stops = append(stops, *at.Stop)
		}
	}
	p.t.Errorf("focus order: no end after 500 stops")
	return stops
}
