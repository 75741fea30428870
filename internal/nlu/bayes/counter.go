package bayes

// counter counts terms class by class.
type counter struct {
	terms map[string]*counts
	sizes []float64 // weight of all terms, by class
	total float64
}

// counts is how much of a term stands in each class that has it.
type counts struct {
	classes []int32
	counts  []float64
	total   float64
}

func newCounter() *counter { return &counter{terms: map[string]*counts{}} }

// begin starts the next class.
func (c *counter) begin() { c.sizes = append(c.sizes, 0) }

// add counts a text for the class begun last.
func (c *counter) add(text []weighted, factor float64) {
	class := len(c.sizes) - 1
	for _, t := range text {
		n := c.terms[t.text]
		if n == nil {
			n = &counts{}
			c.terms[t.text] = n
		}
		if k := len(n.classes); k == 0 || n.classes[k-1] != int32(class) {
			n.classes, n.counts = append(n.classes, int32(class)), append(n.counts, 0)
		}
		weight := factor * t.weight
		n.counts[len(n.counts)-1] += weight
		n.total += weight
		c.sizes[class] += weight
		c.total += weight
	}
}
