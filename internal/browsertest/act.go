package browsertest

import (
	"context"
	"fmt"
	"strings"

	"github.com/chromedp/cdproto/input"
)

// Click clicks, or touches, the first thing of that name once it is still,
// enabled and not covered.
func (p *Page) Click(locator string) {
	p.t.Helper()
	x, y := p.point(locator)
	p.must("click "+locator, func(ctx context.Context) error {
		if p.options.Touch {
			return touch(ctx, x, y)
		}
		return click(ctx, x, y)
	})
}

// ClickOver clicks what can be seen only while the mouse is over something else. It
// points there again if that moves away before the click.
func (p *Page) ClickOver(over, locator string) {
	p.t.Helper()
	left, top := p.offset()
	var to spot
	p.wait(locator+" over "+over, func(ctx context.Context) (string, error) {
		at, err := p.still(ctx, over)
		if err != nil || at.Why != "" {
			return over + ": " + at.Why, err
		}
		event := input.DispatchMouseEventParams{Type: input.DispatchMouseEventTypeMouseMoved, X: left + at.X, Y: top + at.Y}
		if err := call(ctx, input.DispatchMouseEvent, event)(); err != nil {
			return "", err
		}
		to, err = p.still(ctx, locator)
		return to.Why, err
	})
	p.must("click "+locator, func(ctx context.Context) error { return click(ctx, left+to.X, top+to.Y) })
}

// point is the middle of something that can be clicked.
func (p *Page) point(locator string) (x, y float64) {
	p.t.Helper()
	var at spot
	p.wait(locator, func(ctx context.Context) (_ string, err error) {
		at, err = p.still(ctx, locator)
		return at.Why, err
	})
	left, top := p.offset()
	return left + at.X, top + at.Y
}

// spot is where something can be clicked, or why it can't.
type spot struct {
	Why  string
	X, Y float64
}

// still finds where the first thing of that name can be clicked just now.
func (p *Page) still(ctx context.Context, locator string) (at spot, err error) {
	err = p.eval(ctx, finding("point", locator), &at)
	return at, err
}

func click(ctx context.Context, x, y float64) error {
	event := input.DispatchMouseEventParams{X: x, Y: y, Button: input.MouseButtonLeft, ClickCount: 1}
	move, down, up := event, event, event
	move.Type, move.Button, move.ClickCount = input.DispatchMouseEventTypeMouseMoved, input.MouseButtonNone, 0
	down.Type, up.Type = input.DispatchMouseEventTypeMousePressed, input.DispatchMouseEventTypeMouseReleased
	return all(
		call(ctx, input.DispatchMouseEvent, move),
		call(ctx, input.DispatchMouseEvent, down),
		call(ctx, input.DispatchMouseEvent, up),
	)
}

func touch(ctx context.Context, x, y float64) error {
	return all(
		call(ctx, input.DispatchTouchEvent, input.DispatchTouchEventParams{
			Type: input.DispatchTouchEventTypeTouchStart, TouchPoints: []*input.TouchPoint{{X: x, Y: y}},
		}),
		call(ctx, input.DispatchTouchEvent, input.DispatchTouchEventParams{
			Type: input.DispatchTouchEventTypeTouchEnd, TouchPoints: []*input.TouchPoint{},
		}),
	)
}

// Type puts the focus on the first field of that name and enters text, as an
// input method does: the page gets input events.
func (p *Page) Type(locator, text string) {
	p.t.Helper()
	if p.frame != "" { // which only gets the focus by being touched
		p.Click(locator)
	}
	p.wait(locator, func(ctx context.Context) (string, error) {
		var why string
		err := p.eval(ctx, finding("focus", locator), &why)
		return why, err
	})
	p.must("type into "+locator, func(ctx context.Context) error {
		return call(ctx, input.InsertText, input.InsertTextParams{Text: text})()
	})
}

// Compose leaves text in the focused field that an input method has not yet
// settled on, as pinyin before its characters are chosen.
func (p *Page) Compose(text string) {
	p.t.Helper()
	p.must("compose "+text, func(ctx context.Context) error {
		n := int64(len([]rune(text)))
		return call(ctx, input.ImeSetComposition, input.ImeSetCompositionParams{
			Text: text, SelectionStart: n, SelectionEnd: n,
		})()
	})
}

// keys are the keys that Press knows, with their codes in Windows.
var keys = map[string]struct {
	code int64
	text string
}{
	"Tab": {9, ""}, "Enter": {13, "\r"}, "Escape": {27, ""}, "Backspace": {8, ""}, "Delete": {46, ""}, "Space": {32, " "},
	"ArrowLeft": {37, ""}, "ArrowUp": {38, ""}, "ArrowRight": {39, ""}, "ArrowDown": {40, ""},
	"Home": {36, ""}, "End": {35, ""}, "PageUp": {33, ""}, "PageDown": {34, ""},
}

// modifiers are what may come before a key's name, as in Shift+Tab.
var modifiers = map[string]int64{"Alt": 1, "Control": 2, "Meta": 4, "Shift": 8}

// Press presses a key for whatever has the focus: Tab, Enter, Escape, Space,
// Backspace, Delete, Home, End, PageUp, PageDown, an Arrow, or one of them after
// Shift+, Control+, Alt+ or Meta+.
func (p *Page) Press(key string) {
	p.t.Helper()
	p.must("press "+key, func(ctx context.Context) error { return press(ctx, key) })
}

func press(ctx context.Context, key string) error {
	parts := strings.Split(key, "+")
	name := parts[len(parts)-1]
	known, ok := keys[name]
	if !ok {
		return fmt.Errorf("no key is called %q", name)
	}
	down := input.DispatchKeyEventParams{
		Type: input.DispatchKeyEventTypeRawKeyDown, Key: name, Code: name,
		WindowsVirtualKeyCode: known.code, NativeVirtualKeyCode: known.code,
	}
	if name == "Space" {
		down.Key = " "
	}
	for _, part := range parts[:len(parts)-1] {
		bit, ok := modifiers[part]
		if !ok {
			return fmt.Errorf("no modifier is called %q", part)
		}
		down.Modifiers |= bit
	}
	up := down
	up.Type = input.DispatchKeyEventTypeKeyUp
	if known.text != "" {
		down.Type, down.Text = input.DispatchKeyEventTypeKeyDown, known.text
	}
	return all(call(ctx, input.DispatchKeyEvent, down), call(ctx, input.DispatchKeyEvent, up))
}
