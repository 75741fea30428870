package dialog

import (
	"github.com/s4bot/s4bot/internal/diagnosis"
	"github.com/s4bot/s4bot/internal/kb"
	"github.com/s4bot/s4bot/internal/nlu"
)

// Understanding is what a message says, seen by itself.
type Understanding struct {
	nlu.Reading
	Kind MessageKind
	// Likely is the probability of the Kind.
	Likely float64
	// Inferred says that the intent is told by likeness alone, by no phrase.
	Inferred bool
	Group    string // of the likeliest cause, or the area that is suspected
	// Article is the how-to, or the topic outside, that the message asks for.
	Article string
	Howto   bool // the Article is a how-to
	// Sure says that the message asks for the Article beyond doubt.
	Sure bool
	// Evidence is what the message says of the causes.
	Evidence []diagnosis.Evidence
}

// Intent gives the leading intent, or "".
func (u Understanding) Intent() nlu.Intent {
	if len(u.Intents) == 0 {
		return ""
	}
	return u.Intents[0]
}

// unmatched says that nothing in the knowledge matches the message.
func (u Understanding) unmatched() bool {
	switch u.Kind {
	case OutOfScope:
		return u.Article == "" && len(u.Facts) == 0
	case AboutCause:
		return len(u.Evidence) == 0
	}
	return false
}

const (
	likeLeast     = 1   // how like the examples of an intent a message must be, to have it
	strangeMost   = 2   // a search score up to which a message has no words that we know
	contentFull   = 4   // units of content from which a message is believed fully
	areaLeast     = .15 // how likely a vague message must name an area, to hint at it
	outsideLeast  = 2.5 // a search score under which no article answers
	outsideSure   = 10  // a score that leaves no doubt, even while a reply is awaited,
	outsideLikely = .6  // of a message that is so likely outside,
	outsideLength = 6   // and of at least so many units
	hitsKept      = 12
)

// Understand reads a message by itself: masked text in, with what the search
// found for it.
func (m *Manager) Understand(text string, hits []kb.Hit) Understanding {
	return m.understand(m.reader.Read(text), hits)
}

func (m *Manager) understand(r nlu.Reading, hits []kb.Hit) Understanding {
	u := Understanding{Reading: r}
	causes, outside := m.splitHits(hits)
	kinds := m.kindsOf(r, hits)
	u.Kind, u.Likely = likeliest(kinds)
	if u.Kind == AboutGroup && r.Fact(kb.SuspectedArea) == "" {
		u.Facts = append(u.Facts, nlu.Fact{Question: kb.SuspectedArea, Option: r.Like.BestArea, Slip: nlu.GuessSlip})
	}
	if u.Kind == IntentOnly && len(r.Intents) == 0 {
		u.Intents, u.Inferred = []nlu.Intent{r.Like.BestIntent}, true
	}
	for _, f := range u.Facts {
		u.Evidence = append(u.Evidence, diagnosis.Evidence{Kind: diagnosis.Answered, Question: f.Question, Option: f.Option, Slip: f.Slip})
	}
	if len(causes) > 0 && r.Content > 0 {
		u.Evidence = append(u.Evidence, searched(causes, trust(kinds[AboutCause], u)))
	}
	switch u.Kind {
	case AboutCause:
		u.Group = kb.Group(m.model.Ranked(m.model.Belief(u.Evidence))[0].Cause)
	case AboutGroup:
		u.Group = areaGroups[u.Fact(kb.SuspectedArea)]
	case Vague:
		if kinds[AboutGroup] >= areaLeast {
			u.Group = areaGroups[r.Like.BestArea] // a hint, no more
		}
	case OutOfScope:
		if len(outside) > 0 && outside[0].Score >= outsideLeast {
			u.Article = outside[0].ID
			u.Howto = m.howto(u.Article) != nil
			u.Sure = outside[0].Score >= outsideSure && u.Likely >= outsideLikely && r.Length >= outsideLength
		}
		u.Evidence = nil
	}
	return u
}

// trust is how far the words of a message are to be believed: the less it tells,
// and the likelier it is about something else than a cause, the less.
func trust(cause float64, u Understanding) float64 {
	if u.Kind == AboutCause {
		cause = 1
	}
	return cause * min(1, float64(u.Content)/contentFull)
}

// searched is what a search says of the causes.
func searched(causes []kb.Hit, trust float64) diagnosis.Evidence {
	return diagnosis.Evidence{Kind: diagnosis.Searched, Hits: causes[:min(len(causes), hitsKept)], Trust: trust}
}

// areaGroups gives the group of causes for each suspected area.
var areaGroups = map[string]string{
	"network": "network", "machine": "hardware", "program": "software", "entry": "operation",
	"card": "card", "bank": "issuer", "account": "merchant", "company": "channel",
}

// splitHits separates causes from articles about something else.
func (m *Manager) splitHits(hits []kb.Hit) (causes, outside []kb.Hit) {
	for _, h := range hits {
		switch {
		case m.base.Cause(h.ID) != nil:
			causes = append(causes, h)
		case h.ID != kb.CodesArticle:
			outside = append(outside, h)
		}
	}
	return causes, outside
}

// signs counts the facts of a message that are signs: neither a suspicion nor
// whether the customer was charged.
func (m *Manager) signs(r nlu.Reading) int {
	n := 0
	for _, f := range r.Facts {
		if f.Question != kb.SuspectedArea && f.Question != m.safety().ID {
			n++
		}
	}
	return n
}

func top(hits []kb.Hit) float64 {
	if len(hits) == 0 {
		return 0
	}
	return hits[0].Score
}

// Query gives what to search the knowledge base for to understand a masked
// text; "" if there is nothing to search for.
func (m *Manager) Query(text string) string { return m.reader.Essence(text) }
