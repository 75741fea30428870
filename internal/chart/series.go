package chart

import (
	"math"
	"strconv"
	"strings"
)

// Series is one row of numbers with a name. NaN is a number that isn't known.
type Series struct {
	Name   string
	Values []float64
	Colour int // 1 to 8, or Rest; 0: by its place among the others
}

// colours is how many tell series apart; a page's style names them ch-1 to ch-8.
const colours = 8

// Rest is a colour beside those, for what is of no kind.
const Rest = colours + 1

// colour gives the colour of the series in a place.
func colour(s Series, place int) int {
	if s.Colour >= 1 && s.Colour <= Rest {
		return s.Colour
	}
	return place%colours + 1
}

// at gives a value; NaN: there is none.
func (s Series) at(i int) float64 {
	if i < len(s.Values) && !math.IsInf(s.Values[i], 0) {
		return s.Values[i]
	}
	return math.NaN()
}

// told says in words what all series have in a place.
func told(label string, series []Series, i int, write func(float64) string) string {
	parts := []string{label}
	for _, s := range series {
		if v := s.at(i); !math.IsNaN(v) {
			parts = append(parts, strings.TrimSpace(s.Name+" "+write(v)))
		}
	}
	return cut(strings.Join(parts, " · "), textMost)
}

// hatches tell the colours apart for those who don't see them: the lines over
// each, in a square of 8. The first colour has none.
var hatches = [Rest]string{
	"", "M-2 2l4-4M0 8l8-8M6 10l4-4", "M0 4h8", "M-2 6l4 4M0 0l8 8M6-2l4 4", "M4 0v8", "M1.5 2h1M5.5 6h1", "M0 4h8M4 0v8", "M0 8l8-8M0 0l8 8", "",
}

// fill gives what a series is filled with.
func (f Frame) fill(c int) string {
	return "url(#" + f.id("p"+strconv.Itoa(c)) + ")"
}

// patterns defines the fills of series.
func (f Frame) patterns(w *writer, series []Series) {
	w.open("defs", nil)
	done := map[int]bool{}
	for i, s := range series {
		c := colour(s, i)
		if done[c] {
			continue
		}
		done[c] = true
		w.open("pattern", attrs{"id", f.id("p" + strconv.Itoa(c)), "width", 8, "height", 8, "patternUnits", "userSpaceOnUse"})
		w.one("rect", attrs{"class", "ch-" + strconv.Itoa(c), "width", 8, "height", 8})
		if hatches[c-1] != "" {
			w.one("path", attrs{"class", "ch-hatch", "d", hatches[c-1]})
		}
		w.shut("pattern")
	}
	w.shut("defs")
}

// swatch draws a series' mark in a legend.
type swatch func(w *writer, place int, x, y float64)

const (
	legendLine = 20.0
	swatchWide = 12.0
)

// legend names the series, in as many lines as it takes, and gives its height.
// A single series needs none: the title names it.
func (f Frame) legend(w *writer, names []string, draw swatch) float64 {
	if len(names) < 2 {
		return 0
	}
	x, y := 0.0, 0.0
	for i, name := range names {
		label := fit(name, small, f.width()-swatchWide-8)
		long := swatchWide + 5 + width(label, small) + 16
		if x > 0 && x+long-16 > f.width() {
			x, y = 0, y+legendLine
		}
		draw(w, i, x, y+1)
		w.text("text", label, attrs{"class", "ch-t", "x", x + swatchWide + 5, "y", y + 11})
		x += long
	}
	return y + legendLine + 6
}

// boxes draws the swatches of filled series.
func (f Frame) boxes(series []Series) swatch {
	return func(w *writer, i int, x, y float64) {
		w.one("rect", attrs{"fill", f.fill(colour(series[i], i)), "x", x, "y", y, "width", swatchWide, "height", swatchWide, "rx", 2})
	}
}

func names(series []Series) []string {
	out := make([]string, len(series))
	for i, s := range series {
		out[i] = s.Name
	}
	return out
}
