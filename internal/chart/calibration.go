package chart

import "html/template"

// Calibration compares how sure somebody was with how often they were right: on
// the diagonal both are the same.
type Calibration struct {
	Frame
	Points         []Point
	XTitle, YTitle string
}

// Point is all cases of about the same sureness. Shares are of 1.
type Point struct {
	Said, Was float64
	Low, High float64 // the range in which Was lies by chance; both 0: unknown
	N         int
}

// SVG draws it.
func (c Calibration) SVG() template.HTML {
	count := 0
	for _, p := range c.Points {
		count += max(0, p.N)
	}
	if count == 0 {
		return c.empty()
	}
	height := min(c.width()*.82, 360)
	return c.draw(height, func(w *writer) {
		s := square{left: 48, top: 22, right: min(c.width(), 460) - 18, bottom: height - 40}
		c.paper(w, s, height)
		most := 0
		for _, p := range c.Points {
			most = max(most, p.N)
		}
		for _, p := range c.Points {
			if p.N > 0 {
				s.point(w, p, most)
			}
		}
	})
}

// square is where shares from 0 to 1 are drawn.
type square struct{ left, top, right, bottom float64 }

func (s square) x(v float64) float64 { return s.left + min(amount(v), 1)*(s.right-s.left) }
func (s square) y(v float64) float64 { return s.bottom - min(amount(v), 1)*(s.bottom-s.top) }

// paper draws everything but the points.
func (c Calibration) paper(w *writer, s square, height float64) {
	for _, v := range []float64{0, .25, .5, .75, 1} {
		w.one("path", attrs{"class", "ch-grid", "d", "M" + number(s.left) + " " + number(s.y(v)) + "H" + number(s.right)})
		w.text("text", Percent(v), attrs{"class", "ch-t", "x", s.left - 6, "y", s.y(v) + 4, "text-anchor", "end"})
		w.text("text", Percent(v), attrs{"class", "ch-t", "x", s.x(v), "y", s.bottom + 16, "text-anchor", "middle"})
	}
	w.one("path", attrs{"class", "ch-axis ch-dash", "d", "M" + number(s.x(0)) + " " + number(s.y(0)) + "L" + number(s.x(1)) + " " + number(s.y(1))})
	wide := s.right - s.left
	w.text("text", fit(c.YTitle, small, wide), attrs{"class", "ch-t", "x", 0, "y", 10})
	w.text("text", fit(c.XTitle, small, wide), attrs{"class", "ch-t", "x", s.right, "y", height - 6, "text-anchor", "end"})
}

// point draws one point with its range; the more cases, the larger.
func (s square) point(w *writer, p Point, most int) {
	x := s.x(p.Said)
	w.open("g", nil)
	w.text("title", Percent(p.Said)+" → "+Percent(p.Was)+" (n = "+Number(float64(p.N))+")", nil)
	if p.High > p.Low {
		w.one("path", attrs{"class", "ch-range", "d", "M" + number(x) + " " + number(s.y(p.Low)) + "V" + number(s.y(p.High))})
	}
	radius := 4 + 6*float64(p.N)/float64(most)
	w.one("circle", attrs{"class", "ch-1 ch-edge", "cx", x, "cy", s.y(p.Was), "r", radius})
	w.shut("g")
}
