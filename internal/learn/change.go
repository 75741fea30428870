package learn

import (
	"fmt"
	"math"
	"strings"
)

// Change is one proposed change of a value in the knowledge.
type Change struct {
	File string   `json:"file"` // below the knowledge folder: causes/card.expired.yaml
	Path []string `json:"path"` // the keys to the value: signs, card_itself, expired
	// From and To are the value as the file writes it: a word, or the number of a
	// share. From is empty if the article does not list the sign yet.
	From     string   `json:"from,omitempty"`
	To       string   `json:"to"`
	Evidence Evidence `json:"evidence"`
}

// Evidence is why a change is proposed.
type Evidence struct {
	// Given of Of answers were this option; for how common a cause is, Given of
	// Of cases had it.
	Given int `json:"given"`
	Of    int `json:"of"`
	// Now is the probability as loaded today, Mean the one by the authored table
	// and the cases together, slips undone, and Then the one after all changes.
	Now  float64 `json:"now"`
	Mean float64 `json:"mean"`
	Then float64 `json:"then"`
	// Odds is how many times likelier the answers are with the change than
	// without; for shares, with all changes of the question.
	Odds float64 `json:"odds"`
}

// Field gives the path in one word: signs.card_itself.expired.
func (c Change) Field() string { return strings.Join(c.Path, ".") }

// String gives the change and its evidence in one line.
func (c Change) String() string {
	from := c.From
	if from == "" {
		from = "(not listed)"
	}
	return fmt.Sprintf("%s: %s: %s → %s (%s)", c.File, c.Field(), from, c.To, c.Evidence)
}

// String gives the evidence in words.
func (e Evidence) String() string {
	return fmt.Sprintf("%d of %d; %s today, %s with the cases, %s then; %s times likelier",
		e.Given, e.Of, percent(e.Now), percent(e.Mean), percent(e.Then), times(e.Odds))
}

func percent(p float64) string {
	if p < .095 {
		return fmt.Sprintf("%.1f %%", 100*p)
	}
	return fmt.Sprintf("%.0f %%", 100*p)
}

func times(x float64) string {
	if x >= oddsMost {
		return "over a million"
	}
	return fmt.Sprintf("%.0f", x)
}

// oddsMost is where odds stop to matter; they grow without end with the cases.
const oddsMost = 1e6

// odds turns the logarithm of a ratio into odds.
func odds(log float64) float64 { return min(math.Exp(log), oddsMost) }
