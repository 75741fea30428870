package chart

import (
	"html/template"
	"math"
	"strconv"
)

// Line shows how something went with time, against what is usual.
type Line struct {
	Frame
	Labels []string
	Series []Series
	// Low and High are the usual range, for every label; empty: none is known.
	Low, High []float64
	Usual     string // names the range
	Area      bool   // the first series is filled down to the axis
	// Mark names a moment, "": none; At is its label's place.
	Mark string
	At   int
	// Share says that the values are shares of 1; else things are counted.
	Share bool
}

// SVG draws it.
func (c Line) SVG() template.HTML {
	most, known := 0.0, false
	for _, s := range c.Series {
		for i := range c.Labels {
			v := s.at(i)
			known = known || v > 0 || c.Share && v == 0 // none of some is something to know
			most = max(most, amount(v))
		}
	}
	if !known {
		return c.empty()
	}
	for _, v := range c.High {
		most = max(most, amount(v))
	}
	step, write := 1.0, Number
	if c.Share {
		step, write, most = 0, Percent, min(most, 1)
	}
	return c.draw(c.height(), func(w *writer) {
		top := c.legend(w, c.names(), c.swatch)
		if c.Mark != "" {
			top += legendLine
		}
		p := c.axes(w, top, most, step, c.Labels, write)
		c.band(w, p)
		for i, s := range c.Series {
			c.line(w, p, s, i)
		}
		if c.Mark != "" && c.At >= 0 && c.At < len(c.Labels) {
			c.moment(w, p, p.x(c.At), c.Mark, 8)
			if v := c.Series[0].at(c.At); !math.IsNaN(v) {
				w.one("circle", attrs{"class", "ch-dot", "cx", p.x(c.At), "cy", p.y(v), "r", 4.5})
			}
		}
		c.tips(w, p, func(i int) string { return told(c.Labels[i], c.Series, i, write) })
	})
}

func (c Line) banded() bool { return len(c.Low) > 0 && len(c.Low) == len(c.High) }

func (c Line) names() []string {
	out := names(c.Series)
	if c.banded() && c.Usual != "" {
		out = append(out, c.Usual)
	}
	return out
}

// swatch draws a short piece of a line, and for the last the range.
func (c Line) swatch(w *writer, i int, x, y float64) {
	if i == len(c.Series) {
		w.one("rect", attrs{"class", "ch-band", "x", x, "y", y + 1, "width", swatchWide, "height", swatchWide - 2})
		return
	}
	w.one("path", stroke(c.Series[i], i, "M"+number(x)+" "+number(y+6)+"h"+number(swatchWide)))
}

// dashes tell lines apart for those who don't see colours.
var dashes = []string{"", "7 3", "2 3", "9 3 2 3", "4 2", "1 2", "12 4", "5 5"}

func stroke(s Series, place int, d string) attrs {
	a := attrs{"class", "ch-line ch-s" + strconv.Itoa(colour(s, place)), "d", d}
	if dash := dashes[place%len(dashes)]; dash != "" {
		a = append(a, "stroke-dasharray", dash)
	}
	return a
}

// band draws the usual range.
func (c Line) band(w *writer, p plot) {
	if !c.banded() {
		return
	}
	var shape path
	n := min(len(c.High), len(c.Labels))
	for i := range n {
		shape.to(command(i == 0), p.x(i), p.y(c.High[i]))
	}
	for i := n - 1; i >= 0; i-- {
		shape.to("L", p.x(i), p.y(c.Low[i]))
	}
	if n > 0 {
		w.one("path", attrs{"class", "ch-band", "d", shape.String() + "z"})
	}
}

func command(first bool) string {
	if first {
		return "M"
	}
	return "L"
}

// line draws a series, broken where a value isn't known.
func (c Line) line(w *writer, p plot, s Series, place int) {
	var shape, area path
	from := -1
	for i := 0; i <= len(c.Labels); i++ {
		if v := s.at(i); i < len(c.Labels) && !math.IsNaN(v) {
			shape.to(command(from < 0), p.x(i), p.y(v))
			area.to(command(from < 0), p.x(i), p.y(v))
			if from < 0 {
				from = i
			}
			continue
		}
		if from >= 0 {
			area.to("L", p.x(i-1), p.bottom)
			area.to("L", p.x(from), p.bottom)
			c.lone(w, p, s, place, from, i)
		}
		from = -1
	}
	if c.Area && place == 0 {
		w.one("path", attrs{"class", "ch-area", "d", area.String()})
	}
	w.one("path", stroke(s, place, shape.String()))
}

// lone draws a dot for a value with none beside it: a line of one point can't be
// seen.
func (c Line) lone(w *writer, p plot, s Series, place, from, to int) {
	if to-from == 1 {
		w.one("circle", attrs{"class", "ch-" + strconv.Itoa(colour(s, place)), "cx", p.x(from), "cy", p.y(s.at(from)), "r", 3})
	}
}
