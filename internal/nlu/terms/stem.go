package terms

import porter "github.com/blevesearch/go-porterstemmer"

// stem cuts the endings off an English word, by M. F. Porter's algorithm
// (1980); other words stay.
func stem(word string) string {
	for _, r := range word {
		if r < 'a' || r > 'z' {
			return word
		}
	}
	return string(porter.StemWithoutLowerCasing([]rune(word)))
}
