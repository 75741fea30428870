package dialog

import (
	"slices"

	"github.com/s4bot/s4bot/internal/diagnosis"
	"github.com/s4bot/s4bot/internal/kb"
	"github.com/s4bot/s4bot/internal/nlu"
)

// MessageKind says what a message is about. The values are part of the JSON
// interface.
type MessageKind string

// The kinds of messages.
const (
	AboutCause MessageKind = "cause"  // tells signs of a cause
	AboutGroup MessageKind = "group"  // suspects an area, without signs
	Vague      MessageKind = "vague"  // says only that it fails
	IntentOnly MessageKind = "intent" // greets, thanks, asks for a person …
	OutOfScope MessageKind = "oos"    // about something else; Article may know it
	Unreadable MessageKind = ""       // carries no words
)

// Understanding is what a message says, seen by itself.
type Understanding struct {
	nlu.Reading
	Kind  MessageKind
	Group string // of the likeliest cause, or the area that is suspected
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

// Thresholds of the kinds, fitted on labelled messages (docs/RESULTS.md).
const (
	beyondIntent  = 2    // units beyond intents that still make a message an intent
	beyondWeak    = 6    // the same where no cause matches well
	beyondArea    = 4    // units beyond a suspicion that still make it a suspicion
	causeWeak     = .22  // a search score under which a cause does not match well
	causeStrong   = .45  // a score that tells a cause, whatever is suspected
	causeLeast    = .06  // a score under which a search says nothing
	contentLeast  = 1    // units of content under which a text says nothing
	contentFull   = 8    // units of content from which a search counts fully
	outsideLead   = 1.15 // how far a topic outside must score above the causes
	outsideSure   = .28  // a score that leaves no doubt, even while a reply is awaited,
	outsideLength = 6    // for a message of at least so many units
	outsideLeast  = .12
	chatLead      = 2.0 // the same for small talk, which has the words of everything
	strangerMost  = .12 // a message that no article matches better is none of ours
	vagueContent  = 3   // units of content that tell nothing
	hitsKept      = 12
)

// chatter are the topics whose words turn up in any message.
var chatter = []string{"smalltalk", "about-bot", "advertising"}

// Understand reads a message by itself: masked text in, with what the search
// found for it.
func (m *Manager) Understand(text string, hits []kb.Hit) Understanding {
	return m.understand(m.reader.Read(text), hits)
}

func (m *Manager) understand(r nlu.Reading, hits []kb.Hit) Understanding {
	u := Understanding{Reading: r}
	causes, outside := m.splitHits(hits)
	for _, f := range r.Facts {
		u.Evidence = append(u.Evidence, answered(f.Question, f.Option))
	}
	u.Kind = m.kind(r, causes, outside)
	switch u.Kind {
	case AboutCause:
		if len(causes) > 0 && causes[0].Score >= causeLeast && r.Content >= contentLeast {
			u.Evidence = append(u.Evidence, searched(causes, r.Content))
		}
		u.Group = kb.Group(m.model.Ranked(m.model.Belief(u.Evidence))[0].Cause)
	case AboutGroup:
		u.Group = areaGroups[r.Fact(kb.SuspectedArea)]
	case OutOfScope:
		if len(outside) > 0 && outside[0].Score >= outsideLeast {
			u.Article = outside[0].ID
			u.Howto = m.howto(u.Article) != nil
			u.Sure = outside[0].Score >= outsideSure && r.Length >= outsideLength
		}
		u.Evidence = nil
	}
	return u
}

func answered(question, option string) diagnosis.Evidence {
	return diagnosis.Evidence{Kind: diagnosis.Answered, Question: question, Option: option}
}

// searched is what a search says of the causes. It counts for less the less the
// text tells: two words match something only too easily.
func searched(causes []kb.Hit, content int) diagnosis.Evidence {
	trust := min(1, float64(content)/contentFull)
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

func (m *Manager) kind(r nlu.Reading, causes, outside []kb.Hit) MessageKind {
	signs := signFacts(r)
	best := top(causes)
	switch {
	case r.Length == 0:
		return Unreadable
	case len(r.Intents) > 0 && signs == 0 && (r.Beyond <= beyondIntent || r.Beyond <= beyondWeak && best < causeWeak):
		return IntentOnly
	case r.Fact(kb.SuspectedArea) != "" && signs == 0 && r.Beyond <= beyondArea && best < causeStrong:
		return AboutGroup
	case signs == 0 && isOutside(r, outside, best):
		return OutOfScope
	case signs > 0:
		return AboutCause
	case r.Content == 0 || r.Content <= vagueContent && best < causeWeak && r.Domain:
		return Vague
	case !r.Domain && (best < strangerMost || r.Content <= vagueContent && best < causeWeak):
		return OutOfScope
	}
	return AboutCause
}

// isOutside says that a message asks for something that the bot does not do.
func isOutside(r nlu.Reading, outside []kb.Hit, best float64) bool {
	other := top(outside)
	if other < outsideLeast {
		return false
	}
	if slices.Contains(chatter, outside[0].ID) {
		return !r.Domain && other > best*outsideLead || other > best*chatLead && len(r.Codes) == 0
	}
	return other > best*outsideLead
}

// signFacts counts the facts that are signs, a suspicion apart.
func signFacts(r nlu.Reading) int {
	n := 0
	for _, f := range r.Facts {
		if f.Question != kb.SuspectedArea {
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
