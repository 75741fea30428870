package chart

import "html/template"

// Bars is a row of columns, each of the series on top of each other.
type Bars struct {
	Frame
	Labels []string // of the columns, from left to right
	Series []Series // the first stands at the bottom
}

// SVG draws it.
func (c Bars) SVG() template.HTML {
	most, sum := 0.0, 0.0
	for i := range c.Labels {
		column := 0.0
		for _, s := range c.Series {
			column += amount(s.at(i))
		}
		most, sum = max(most, column), sum+column
	}
	if sum == 0 {
		return c.empty()
	}
	return c.draw(c.height(), func(w *writer) {
		c.patterns(w, c.Series)
		top := c.legend(w, names(c.Series), c.boxes(c.Series))
		p := c.axes(w, top, most, 1, c.Labels, Number)
		c.stack(w, p)
		c.tips(w, p, func(i int) string { return told(c.Labels[i], c.Series, i, Number) })
	})
}

// stack draws the columns, one shape a series.
func (c Bars) stack(w *writer, p plot) {
	wide := max(p.slot()-leastSlot, p.slot()*.6)
	wide = min(wide, 48)
	below := make([]float64, len(c.Labels))
	for place, s := range c.Series {
		var shape path
		for i := range c.Labels {
			v := amount(s.at(i))
			if v == 0 {
				continue
			}
			from, to := p.y(below[i]), p.y(below[i]+v)
			below[i] += v
			shape.box(p.x(i)-wide/2, to, wide, from-to)
		}
		if shape.String() != "" {
			w.one("path", attrs{"class", "ch-part", "fill", c.fill(colour(s, place)), "d", shape.String()})
		}
	}
}
