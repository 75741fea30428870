package chart

import "html/template"

// Gauge is a small bar for a share of 1, beside the number: it says nothing to who
// can't see it.
func Gauge(share float64) template.HTML {
	w := &writer{}
	w.open("svg", attrs{"xmlns", "http://www.w3.org/2000/svg", "class", "gauge", "viewBox", "0 0 100 8", "preserveAspectRatio", "none", "aria-hidden", "true"})
	w.one("rect", attrs{"class", "ch-rail", "width", 100, "height", 8})
	w.one("rect", attrs{"class", "ch-1", "width", 100 * min(amount(share), 1), "height", 8})
	w.shut("svg")
	return w.html()
}
