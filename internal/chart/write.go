package chart

import (
	"html"
	"html/template"
	"math"
	"strconv"
	"strings"
)

// writer writes markup. Nothing gets in but by its methods, which escape.
type writer struct{ b strings.Builder }

// attrs are names and values in turn: strings, ints and float64s.
type attrs []any

// open begins an element, shut ends it; one writes an element without content.
func (w *writer) open(name string, a attrs) {
	w.start(name, a)
	w.b.WriteString(">")
}

func (w *writer) shut(name string) { w.b.WriteString("</" + name + ">") }

func (w *writer) one(name string, a attrs) {
	w.start(name, a)
	w.b.WriteString("/>")
}

// text writes an element that holds a text.
func (w *writer) text(name, content string, a attrs) {
	w.open(name, a)
	w.b.WriteString(html.EscapeString(clean(content)))
	w.shut(name)
}

func (w *writer) start(name string, a attrs) {
	w.b.WriteString("<" + name)
	for i := 0; i+1 < len(a); i += 2 {
		w.b.WriteString(" " + a[i].(string) + `="` + value(a[i+1]) + `"`)
	}
}

func value(v any) string {
	switch v := v.(type) {
	case float64:
		return number(v)
	case int:
		return strconv.Itoa(v)
	case string:
		return html.EscapeString(clean(v))
	}
	return ""
}

// html gives what was written.
func (w *writer) html() template.HTML { return template.HTML(w.b.String()) }

// number writes a coordinate, to a tenth.
func number(x float64) string {
	return strconv.FormatFloat(math.Round(sound(x)*10)/10+0, 'f', -1, 64)
}

// sound gives a number that can be drawn: 0 for what is none.
func sound(x float64) float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return 0
	}
	return min(max(x, -1e12), 1e12)
}

// amount gives a number that can be stacked or be as long as a bar.
func amount(x float64) float64 { return max(0, sound(x)) }

// path is the outline of a shape as it grows.
type path struct{ b strings.Builder }

// to goes on to a point with a command: M moves, L draws.
func (p *path) to(command string, x, y float64) {
	p.b.WriteString(command + number(x) + " " + number(y))
}

// box adds a rectangle.
func (p *path) box(x, y, width, height float64) {
	p.to("M", x, y)
	p.b.WriteString("h" + number(width) + "v" + number(height) + "h" + number(-width) + "z")
}

func (p *path) String() string { return p.b.String() }
