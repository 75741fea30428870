package eval

// Report is the outcome of a measurement of reading.
type Report struct {
	Messages int `json:"messages"`
	// Rows are shares and means, each with its 95 % interval.
	Rows []Row `json:"rows"`
	// Reliability holds, by the probability of the first choice, how often it
	// was right.
	Reliability []Bin `json:"reliability"`
	// Kinds and Intents say what messages of each label were read as.
	Kinds   Confusion `json:"kinds"`
	Intents Confusion `json:"intents"`
	Misses  []Miss    `json:"misses"`
}

// Row is one figure with its 95 % interval.
type Row struct {
	Name  string  `json:"name"`
	Hits  int     `json:"hits"` // 0 where the figure is no share
	Of    int     `json:"of"`
	Value float64 `json:"value"`
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
}

// Bin gathers the first choices whose probability is from Low to High.
type Bin struct {
	Low        float64 `json:"low"`
	High       float64 `json:"high"`
	Of         int     `json:"of"`
	Confidence float64 `json:"confidence"` // mean probability
	Accuracy   float64 `json:"accuracy"`   // share that was right
}

// Confusion counts by label what messages were read as.
type Confusion map[string]map[string]int

func (c Confusion) count(label, read string) {
	if c[label] == nil {
		c[label] = map[string]int{}
	}
	c[label][read]++
}

// Miss is a message that was read wrongly, and what led astray: the terms and
// the evidence that speak most for what was read against what was meant. It is
// empty for a wrong kind.
type Miss struct {
	ID     string   `json:"id"`
	Text   string   `json:"text"`
	Wanted string   `json:"wanted"`
	Got    string   `json:"got"`
	Terms  []Weight `json:"terms,omitempty"`
	Facts  []Weight `json:"facts,omitempty"`
}

// Weight is how far something speaks for one cause against another: the
// natural logarithm of the odds.
type Weight struct {
	Of   string  `json:"of"`
	Gain float64 `json:"gain"`
}
