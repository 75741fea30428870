package chart

import (
	"html/template"
	"math"
)

// Heat is a matrix of counts: the more, the stronger the colour.
type Heat struct {
	Frame
	Rows, Columns           []string
	RowsTitle, ColumnsTitle string      // what the rows are, and the columns
	Values                  [][]float64 // by row and column
	// Diagonal sets off where row and column are the same thing.
	Diagonal bool
}

const (
	cellHigh   = 30.0
	strongest  = .45 // of the colour: the number on it stays readable
	slant      = 40  // degrees by which long labels of columns are turned
	rowsWidest = .34 // of the width, for the labels of rows
)

// SVG draws it.
func (c Heat) SVG() template.HTML {
	most := 0.0
	for i := range c.Rows {
		for j := range c.Columns {
			most = max(most, c.at(i, j))
		}
	}
	if most == 0 {
		return c.empty()
	}
	left := 0.0
	for _, r := range c.Rows {
		left = max(left, width(fit(r, small, c.width()*rowsWidest), small))
	}
	left += 8
	g := grid{left: left, wide: (c.width() - left - 2) / float64(len(c.Columns))}
	g.turned, g.top = c.head(g.wide)
	return c.draw(g.top+float64(len(c.Rows))*cellHigh+22, func(w *writer) {
		c.titles(w, g)
		c.paper(w, g)
		for i, row := range c.Rows {
			label := fit(row, small, c.width()*rowsWidest)
			w.text("text", label, attrs{"class", "ch-t", "x", left - 8, "y", g.y(i) + cellHigh/2 + 4, "text-anchor", "end"})
			for j := range c.Columns {
				c.cell(w, g, i, j, most)
			}
		}
	})
}

// grid is where the cells are.
type grid struct {
	left, top, wide float64
	turned          bool
}

func (g grid) x(j int) float64 { return g.left + float64(j)*g.wide }
func (g grid) y(i int) float64 { return g.top + float64(i)*cellHigh }

func (c Heat) at(i, j int) float64 {
	if i < len(c.Values) && j < len(c.Values[i]) {
		return amount(c.Values[i][j])
	}
	return 0
}

// head says how high the labels of the columns stand, and whether they must be
// turned to have room.
func (c Heat) head(wide float64) (turned bool, top float64) {
	longest := 0.0
	for _, label := range c.Columns {
		longest = max(longest, width(fit(label, small, 110), small))
	}
	if longest <= wide-4 {
		return false, 20
	}
	return true, 14 + longest*math.Sin(slant*math.Pi/180)
}

// titles writes what the columns are, and below everything what the axes mean.
func (c Heat) titles(w *writer, g grid) {
	for j, label := range c.Columns {
		x, y := g.x(j)+g.wide/2, g.top-6
		a := attrs{"class", "ch-t", "x", x, "y", y, "text-anchor", "middle"}
		if g.turned {
			// The text ends above its column, so that the last one stays inside.
			a = attrs{"class", "ch-t", "x", x + 4, "y", y, "text-anchor", "end", "transform", "rotate(" + number(slant) + " " + number(x+4) + " " + number(y) + ")"}
		}
		w.text("text", fit(label, small, 110), a)
	}
	if c.RowsTitle+c.ColumnsTitle != "" {
		legend := "↓ " + c.RowsTitle + "   → " + c.ColumnsTitle
		w.text("text", fit(legend, small, c.width()), attrs{"class", "ch-t", "x", c.width(), "y", g.y(len(c.Rows)) + 16, "text-anchor", "end"})
	}
}

// cell draws what is in a cell, if there is anything.
func (c Heat) cell(w *writer, g grid, i, j int, most float64) {
	v := c.at(i, j)
	if v == 0 {
		return
	}
	box := attrs{"x", g.x(j) + 1, "y", g.y(i) + 1, "width", g.wide - 2, "height", cellHigh - 2, "rx", 3}
	w.open("g", nil)
	w.text("title", cut(c.Rows[i]+" → "+c.Columns[j]+": "+Number(v), textMost), nil)
	share := math.Max(v/most, .12) * strongest
	w.one("rect", append(attrs{"class", "ch-heat", "fill-opacity", opacity(share)}, box...))
	w.text("text", fit(Number(v), small, g.wide), attrs{"class", "ch-l", "x", g.x(j) + g.wide/2, "y", g.y(i) + cellHigh/2 + 4, "text-anchor", "middle"})
	w.shut("g")
}

// paper draws the empty cells, and sets off those of the same thing.
func (c Heat) paper(w *writer, g grid) {
	var all, same path
	for i := range c.Rows {
		for j := range c.Columns {
			all.box(g.x(j)+1, g.y(i)+1, g.wide-2, cellHigh-2)
			if c.Diagonal && i == j {
				same.box(g.x(j)+1, g.y(i)+1, g.wide-2, cellHigh-2)
			}
		}
	}
	w.one("path", attrs{"class", "ch-rail", "d", all.String()})
	if c.Diagonal {
		w.one("path", attrs{"class", "ch-same", "d", same.String()})
	}
}

// opacity writes a share to a hundredth.
func opacity(x float64) string { return Number(min(max(x, 0), 1)) }
