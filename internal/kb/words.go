package kb

// Word is a word that authors write for a number.
type Word struct {
	Name  string
	Value float64
}

// CommonWords gives the words for how common a cause is, largest first.
func CommonWords() []Word { return priors.list() }

// SignWords gives the words for P(option | cause) in an article's signs,
// largest first.
func SignWords() []Word { return frequencies.list() }

func (w words) list() []Word {
	out := make([]Word, 0, len(w))
	for _, name := range w.names() {
		out = append(out, Word{name, w[name]})
	}
	return out
}
