package chart

// plot is the part of a chart between its axes, with what the axes say.
type plot struct {
	left, top, right, bottom float64
	most                     float64 // the value at the top
	count                    int     // of the columns
}

const (
	labelRoom = 22.0 // below, for the labels of columns
	leastSlot = 4.0  // between two of them
)

// axes draws the lines of values and the labels of the columns, and gives the plot.
func (f Frame) axes(w *writer, top, most, step float64, labels []string, write func(float64) string) plot {
	values := ticks(most, 4, step)
	wide := 0.0
	for _, v := range values {
		wide = max(wide, width(write(v), small))
	}
	p := plot{
		left: wide + 8, top: top + 8, right: f.width() - 6, bottom: f.height() - labelRoom,
		most: values[len(values)-1], count: len(labels),
	}
	for _, v := range values {
		y := p.y(v)
		class := "ch-grid"
		if v == 0 {
			class = "ch-axis"
		}
		w.one("path", attrs{"class", class, "d", "M" + number(p.left) + " " + number(y) + "H" + number(p.right)})
		w.text("text", write(v), attrs{"class", "ch-t", "x", wide, "y", y + 4, "text-anchor", "end"})
	}
	f.labels(w, p, labels)
	return p
}

// labels writes below the columns as many labels as there is room for.
func (f Frame) labels(w *writer, p plot, labels []string) {
	each := 0.0
	for _, label := range labels {
		each = max(each, width(fit(label, small, 90), small)+10)
	}
	every := thin(len(labels), p.right-p.left, each)
	free := f.width() + 10
	for i := len(labels) - 1; i >= 0; i -= every {
		label := fit(labels[i], small, 90)
		half := width(label, small) / 2
		x := max(min(p.x(i), f.width()-half), half)
		if x+half > free-8 {
			continue // the last one was moved to the left
		}
		free = x - half
		w.text("text", label, attrs{"class", "ch-t", "x", x, "y", f.height() - 5, "text-anchor", "middle"})
	}
}

// slot is how wide a column is with the room around it.
func (p plot) slot() float64 { return (p.right - p.left) / float64(max(1, p.count)) }

// x gives the middle of a column, y the height of a value.
func (p plot) x(i int) float64 { return p.left + (float64(i)+.5)*p.slot() }

func (p plot) y(v float64) float64 {
	share := 0.0
	if p.most > 0 {
		share = min(max(sound(v)/p.most, 0), 1)
	}
	return p.bottom - share*(p.bottom-p.top)
}

// tipSlot is how wide a column must be to be pointed at.
const tipSlot = 12.0

// tips makes every column tell its numbers when it is pointed at.
func (f Frame) tips(w *writer, p plot, tell func(i int) string) {
	if f.Still || p.slot() < tipSlot {
		return
	}
	w.open("g", attrs{"class", "ch-tip"})
	defer w.shut("g")
	for i := range p.count {
		w.open("rect", attrs{"x", p.left + float64(i)*p.slot(), "y", p.top, "width", p.slot(), "height", p.bottom - p.top})
		w.text("title", tell(i), nil)
		w.shut("rect")
	}
}
