package chart

import (
	"html/template"
	"math"
	"strconv"
)

// Ranked compares things by horizontal bars, in the order in which they come.
type Ranked struct {
	Frame
	Rows []Row
	// Most is the value of a full bar; 0: the largest.
	Most   float64
	Colour int // 1 to 8; 0: 1
}

// Row is one thing.
type Row struct {
	Label string
	Value float64
	Text  string // the value in words; "": as a number
	// Part is how much of the value is of a kind to be set off; NaN or 0: none.
	Part float64
	// Tick marks on the bar what is usual; 0: nothing is.
	Tick float64
}

const rowHeight = 36.0

// SVG draws it.
func (c Ranked) SVG() template.HTML {
	most, any := amount(c.Most), 0.0
	for _, r := range c.Rows {
		any = max(any, amount(r.Value))
	}
	if any == 0 {
		return c.empty()
	}
	if most == 0 {
		most = any
	}
	return c.draw(float64(len(c.Rows))*rowHeight, func(w *writer) {
		for i, r := range c.Rows {
			c.row(w, r, most, float64(i)*rowHeight)
		}
	})
}

func (c Ranked) row(w *writer, r Row, most, y float64) {
	text := r.Text
	if text == "" {
		text = Number(r.Value)
	}
	text = fit(text, large, c.width()-12-min(width(clean(r.Label), large), c.width()*.4))
	label := fit(r.Label, large, c.width()-width(text, large)-12)
	w.text("text", label, attrs{"class", "ch-l", "x", 0, "y", y + 14, "font-size", large})
	w.text("text", text, attrs{"class", "ch-v", "x", c.width(), "y", y + 14, "text-anchor", "end", "font-size", large})
	long := func(v float64) float64 { return c.width() * min(amount(v)/most, 1) }
	w.one("rect", attrs{"class", "ch-rail", "x", 0, "y", y + 20, "width", c.width(), "height", 8, "rx", 4})
	if v := amount(r.Value); v > 0 {
		class := "ch-" + strconv.Itoa(colour(Series{Colour: c.Colour}, 0))
		w.one("rect", attrs{"class", class, "x", 0, "y", y + 20, "width", max(long(v), 3), "height", 8, "rx", 4})
	}
	if part := amount(r.Part); part > 0 && !math.IsNaN(r.Part) {
		w.one("rect", attrs{"class", "ch-part2", "x", 0, "y", y + 20, "width", long(min(part, amount(r.Value))), "height", 8, "rx", 4})
	}
	if tick := amount(r.Tick); tick > 0 {
		w.one("path", attrs{"class", "ch-tick", "d", "M" + number(max(long(tick), 1)) + " " + number(y+17) + "v14"})
	}
}
