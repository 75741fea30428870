package chart

import (
	"html/template"
	"strings"
)

// Shape is how much room a chart is drawn for. Texts are as large in either; a
// chart that is drawn for a narrow place and shown in a wide one is only larger.
type Shape int

// The shapes.
const (
	Narrow Shape = iota // a phone, or a column of a page
	Wide                // a desktop's width
)

// Frame is what all charts have.
type Frame struct {
	ID    string // what its ids begin with: no other of the page may
	Title string // what the chart shows
	Desc  string // what is to be seen in it, in a sentence
	Lang  string // "zh" or "en", of the chart's own words
	Shape Shape
	// Still says that nothing can be pointed at, as on a phone: the numbers of single
	// columns are left to the table.
	Still bool
}

// width gives the width of the drawing.
func (f Frame) width() float64 {
	if f.Shape == Wide {
		return 860
	}
	return 370
}

// height gives that of a chart whose rows don't ask for another.
func (f Frame) height() float64 {
	if f.Shape == Wide {
		return 250
	}
	return 215
}

// id names a part of the chart.
func (f Frame) id(part string) string {
	return strings.Map(func(r rune) rune {
		if r == '-' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
			return r
		}
		return '-'
	}, cut("ch-"+f.ID, 60)) + "-" + part
}

// draw writes the frame and, inside it, what draw writes.
func (f Frame) draw(height float64, draw func(w *writer)) template.HTML {
	w := &writer{}
	w.open("svg", attrs{
		"xmlns", "http://www.w3.org/2000/svg", "class", "chart", "viewBox", "0 0 " + number(f.width()) + " " + number(height),
		"role", "img", "aria-labelledby", f.id("t") + " " + f.id("d"), "font-size", small,
	})
	w.text("title", cut(f.Title, textMost), attrs{"id", f.id("t")})
	w.text("desc", cut(f.Desc, textMost), attrs{"id", f.id("d")})
	draw(w)
	w.shut("svg")
	return w.html()
}

// empty draws a chart of which there is nothing to show, and says so.
func (f Frame) empty() template.HTML {
	const height = 120.0
	return f.draw(height, func(w *writer) {
		w.one("rect", attrs{"class", "ch-none", "x", 1.0, "y", 1.0, "width", f.width() - 2, "height", height - 2, "rx", 8})
		w.text("text", in(f.Lang).noData, attrs{"class", "ch-t", "x", f.width() / 2, "y", height/2 + 5, "text-anchor", "middle", "font-size", large})
	})
}
