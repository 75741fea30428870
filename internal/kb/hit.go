package kb

// Hit is an article that a search found. Scores of one search compare with
// each other and with nothing else.
type Hit struct {
	ID    string  `json:"id"`
	Score float64 `json:"score"`
}
