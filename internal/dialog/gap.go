package dialog

import (
	"strings"
	"time"

	"github.com/s4bot/s4bot/internal/diagnosis"
)

// Gap is a message that was read badly: what authors of the knowledge learn
// from. It outlives its case, and goes with the conversation.
type Gap struct {
	Text string    `json:"text"` // masked
	Case int       `json:"case"` // the conversation's cases are counted from 1
	At   time.Time `json:"at"`
	// Cause is the one that was confirmed, P the belief in it after the text
	// alone, and Read what the text was taken for. Cause is empty if nothing
	// matched the text.
	Cause string  `json:"cause,omitempty"`
	P     float64 `json:"p,omitempty"`
	Read  string  `json:"read,omitempty"`
}

const (
	maxGaps = 20
	// gapRank is how many other causes must seem likelier than the confirmed one
	// for a text to have been read badly.
	gapRank = 3
	// gapTrust is how far a text must have been believed to be a text about a
	// cause at all.
	gapTrust = .5
	// confirmedAt is the belief from which a fix that worked confirms a cause
	// among those it cures.
	confirmedAt = .6
)

// unmatched keeps a message that nothing in the knowledge matched.
func (t *turn) unmatched(text string) { t.keepGap(Gap{Text: text}) }

func (t *turn) keepGap(g Gap) {
	g.Text = strings.ToValidUTF8(strings.TrimSpace(g.Text), "\uFFFD")
	if runes := []rune(g.Text); len(runes) > maxWord {
		g.Text = string(runes[:maxWord]) + "…"
	}
	g.Case, g.At = max(1, t.s.Cases), t.e.At
	for _, have := range t.s.Gaps {
		if have.Text == g.Text && have.Cause == g.Cause {
			return
		}
	}
	t.s.Gaps = append(t.s.Gaps, g)
}

// learn confirms the cause of a case that ended well, if the fix that worked
// tells it.
func (t *turn) learn() {
	for _, e := range t.s.Log {
		if e.What == Reported && e.Result == Works && e.Void == 0 {
			if cause := t.curedBy(e.Fix); cause != "" {
				t.confirm(cause)
			}
		}
	}
}

// confirm keeps what the case teaches, now that the cause is known, and what was
// read badly.
func (t *turn) confirm(cause string) {
	t.keepLesson(cause)
	for _, said := range t.s.Words {
		belief, ok := t.alone(said.Msg)
		if !ok {
			continue
		}
		ranked := t.model.Ranked(belief)
		p, rank := t.model.P(belief, cause), 0
		for i, r := range ranked {
			if r.Cause == cause {
				rank = i
			}
		}
		if rank >= gapRank {
			t.keepGap(Gap{Text: said.Text, Cause: cause, P: p, Read: ranked[0].Cause})
		}
	}
}

// alone gives the belief after one message alone; ok is false if it was not
// taken for a message about a cause.
func (t *turn) alone(msg string) (b diagnosis.Belief, ok bool) {
	var log []Entry
	for _, e := range t.s.Log {
		switch {
		case e.Msg != msg || e.Void != 0:
		case e.What == Searched:
			ok = ok || e.Trust >= gapTrust
			log = append(log, e)
		case e.What == Answer && e.Source == FromText:
			log = append(log, e)
		}
	}
	return t.model.Belief(State{Log: log}.evidence()), ok
}

// curedBy gives the cause that a fix which worked confirms, or "" if it may have
// been one of several.
func (t *turn) curedBy(fix string) string {
	belief, sum := t.belief(), 0.0
	best, most := "", 0.0
	for _, c := range t.base.Causes {
		for _, cure := range c.Cures {
			if cure.Fix.ID != fix {
				continue
			}
			p := t.model.P(belief, c.ID) * cure.Works
			sum += p
			if p > most {
				best, most = c.ID, p
			}
		}
	}
	if sum == 0 || most/sum < confirmedAt {
		return ""
	}
	return best
}
