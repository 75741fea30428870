package chart

import (
	"html/template"
	"math"
)

// Histogram shows how often something was so large.
type Histogram struct {
	Frame
	Bins []Bin // from the smallest
	// Mark names a place on the axis, such as the median; "": none. At counts
	// bins from the left edge: 1.5 is the middle of the second.
	Mark string
	At   float64
}

// Bin is how often it was so large.
type Bin struct {
	Label string
	Count float64
}

// SVG draws it.
func (c Histogram) SVG() template.HTML {
	s := Series{Values: make([]float64, len(c.Bins))}
	labels := make([]string, len(c.Bins))
	most := 0.0
	for i, b := range c.Bins {
		s.Values[i], labels[i] = amount(b.Count), b.Label
		most = max(most, s.Values[i])
	}
	if most == 0 {
		return c.empty()
	}
	return c.draw(c.height(), func(w *writer) {
		top := 10.0
		if c.Mark != "" {
			top = legendLine + 22 // the tallest bar has its count in between
		}
		p := c.axes(w, top, most, 1, labels, Number)
		var shape path
		for i, v := range s.Values {
			if v > 0 {
				shape.box(p.left+float64(i)*p.slot()+1, p.y(v), p.slot()-2, p.bottom-p.y(v))
			}
		}
		w.one("path", attrs{"class", "ch-1", "d", shape.String()})
		if c.Mark != "" {
			x := p.left + min(max(sound(c.At), 0), float64(p.count))*p.slot()
			c.moment(w, p, x, c.Mark, 22)
		}
		c.counts(w, p, s)
		c.tips(w, p, func(i int) string { return told(labels[i], []Series{s}, i, Number) })
	})
}

// counts writes above each bin what it holds, where there is room.
func (c Histogram) counts(w *writer, p plot, s Series) {
	for i, v := range s.Values {
		label := Number(v)
		if v > 0 && width(label, small) <= p.slot()-2 {
			w.text("text", label, attrs{"class", "ch-v ch-over", "x", p.x(i), "y", p.y(v) - 4, "text-anchor", "middle"})
		}
	}
}

// moment marks a place on the axis with a line, and says so far above the plot what
// it is.
func (f Frame) moment(w *writer, p plot, x float64, name string, above float64) {
	label := fit(name, small, f.width()*.7)
	half := width(label, small) / 2
	at := math.Max(math.Min(x, f.width()-half-1), half+1)
	w.one("path", attrs{"class", "ch-moment", "d", "M" + number(x) + " " + number(p.top-above) + "V" + number(p.bottom)})
	w.text("text", label, attrs{"class", "ch-mark", "x", at, "y", p.top - above - 5, "text-anchor", "middle"})
}
