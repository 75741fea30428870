package kb

// priors gives the relative weight of each word for how common a cause is.
var priors = words{
	"rare": .5, "uncommon": 1, "normal": 2, "common": 4, "very_common": 8,
}

// frequencies gives the probability behind each word in an article's signs.
var frequencies = words{
	"always": .95, "usually": .80, "often": .60, "sometimes": .30, "rarely": .10, "never": .02,
}

// workings gives the probability that a fix works, by its word.
var workings = words{
	"almost_always": .95, "usually": .80, "often": .60, "sometimes": .30, "rarely": .10,
}

// words maps the words that authors write to the numbers they stand for.
type words map[string]float64

// strayShare is how much of its usual share an exclusive option keeps for causes
// whose articles do not list it.
const strayShare = .01

// usual gives how often an option is answered where nothing else is known.
func (o *Option) usual() float64 {
	if o.Exclusive {
		return strayShare * o.Share
	}
	return o.Share
}

// Likelihood gives P(option | c) for every option of q, in their order, before
// slips. Options that the cause's article lists have the listed probability;
// the rest is spread over the others in proportion to their usual shares, of
// which exclusive ones keep little. The result sums to 1 and has no zeros. A nil
// cause stands for one that nobody has written about: it lists nothing.
func (q *Question) Likelihood(c *Cause) []float64 {
	var listed map[string]float64
	if c != nil {
		listed = c.Signs[q.ID]
	}
	given, rest := 0.0, 0.0
	for _, o := range q.Options {
		if p, ok := listed[o.ID]; ok {
			given += p
		} else {
			rest += o.usual()
		}
	}
	left := max(1-given, .02)
	out := make([]float64, len(q.Options))
	sum := 0.0
	for i, o := range q.Options {
		if p, ok := listed[o.ID]; ok {
			out[i] = p
		} else if rest > 0 {
			out[i] = left * o.usual() / rest
		}
		sum += out[i]
	}
	for i := range out {
		out[i] /= sum
	}
	return out
}
