// Package kb holds the knowledge base as data: causes with their signs and
// fixes, questions with their options, how-tos, topics that are out of scope,
// the table of response codes, and the names of institutions.
//
// Load reads it from YAML files and promises either a complete, consistent
// Base or every fault at once, each with file, line and field. A Base never
// changes after Load, so that it can be shared without locks. This package does
// no inference (see diagnosis) and no search (see kb/index).
package kb

import "time"

// Lang is a language that the knowledge is written in.
type Lang string

// The languages. Every text exists in both.
const (
	Chinese Lang = "zh"
	English Lang = "en"
)

// Text is one text in both languages.
type Text struct{ ZH, EN string }

// In gives the text in one language; anything but English is Chinese.
func (t Text) In(l Lang) string {
	if l == English {
		return t.EN
	}
	return t.ZH
}

// Texts is a list of texts in both languages; the lists may differ in length.
type Texts struct{ ZH, EN []string }

// In gives the list in one language; anything but English is Chinese.
func (t Texts) In(l Lang) []string {
	if l == English {
		return t.EN
	}
	return t.ZH
}

// All gives both lists after each other, as a new slice.
func (t Texts) All() []string {
	return append(append(make([]string, 0, len(t.ZH)+len(t.EN)), t.ZH...), t.EN...)
}

// Base is the whole knowledge base. All slices are sorted by id, except where
// a field says otherwise.
type Base struct {
	Causes    []*Cause
	Questions []*Question
	Fixes     []*Fix
	Howtos    []*Howto
	Topics    []*Topic
	Examples  []*Example
	Codes     *CodeTable
	// Institutions are the banks, acquirers, schemes and wallets that can be named.
	Institutions []*Institution
	Sources      map[string]Text
	// Version names the content: two bases with the same Version are equal.
	Version string

	causes    map[string]*Cause
	questions map[string]*Question
	fixes     map[string]*Fix
}

// Cause is an article about one reason why a payment fails.
type Cause struct {
	ID      string
	Title   Text
	Prior   float64 // relative weight, not normalised: rare ½ … very common 8
	Aliases Texts   // merchants' words for it
	Explain Text
	Prevent Texts
	// Signs gives P(option | this cause), for the options that the article
	// lists, by question id and option id. See Question.Likelihood.
	Signs   map[string]map[string]float64
	Cures   []Cure // in the order in which a person at the counter can do them
	Sources []string
}

// Group gives the part of the id before the dot: "card" of "card.expired".
func (c *Cause) Group() string { return Group(c.ID) }

// Cure says how well a fix cures a cause.
type Cure struct {
	Fix   *Fix
	Works float64 // P(the fix cures this cause), 0 to 1
}

// Fix is a remedy. Several causes may share one: having tried it says
// something about all of them.
type Fix struct {
	ID     string
	Title  Text
	Steps  Texts
	Effort float64 // in units of 15 seconds of the merchant's time
	// Agent says that a person in support does it: proposing the fix is a
	// handoff with a diagnosis.
	Agent bool
	// RepeatsPayment says that doing the fix makes the customer pay again.
	RepeatsPayment bool
	// WayRound marks a fix that serves a waiting customer whatever the cause.
	WayRound bool
	// Tried holds phrases by which merchants say that they have done it
	// already; see Option.Aliases for their form.
	Tried Texts
}

// Question is a follow-up question about something that tells causes apart.
type Question struct {
	ID      string
	Ask     Text
	Why     Text // what the answer tells apart
	Check   Text // how to find out, for a merchant who does not know
	Effort  float64
	Options []*Option // in the order in which they are offered
	// Safety marks the question about the customer's charge: it guards
	// every fix that repeats the payment.
	Safety bool
	// Auto names what answers the question without asking, such as "clock";
	// such a question is never asked.
	Auto string
	// Contrasts are comparisons that answer the question: "别的卡都行".
	Contrasts []Contrast
	// Amounts says what sums that work and sums that fail answer, if the
	// question is about them.
	Amounts *Amounts
	// Expires says how long an answer stays true; zero means for the case.
	Expires time.Duration
}

// Option is one answer to a question.
type Option struct {
	ID    string
	Label Text
	Share float64 // P(option) when nothing is known of the cause; they sum to 1
	// Percent is the share as the file gives it; a file's add up to about 100.
	Percent float64
	// Exclusive says that hardly any cause gives this answer but those whose
	// articles list it, as a printed code does.
	Exclusive bool
	// Reply is "yes" or "no" where a bare yes or no means this option.
	Reply string
	// Aliases are phrases that give this answer inside a longer message. A
	// star stands for up to six characters within one clause; a leading "="
	// asks that the phrase is the whole clause.
	Aliases Texts
}

// Contrast is something that merchants compare the failed payment with, and the
// options that are answered when that works or fails; "" if none is.
type Contrast struct {
	Of           Texts // phrases, in the form of Option.Aliases
	Works, Fails string
}

// Amounts are the options that are answered when only large sums fail, only
// small ones, or sums of any size.
type Amounts struct{ Large, Small, Any string }

// Option gives the option with that id, or nil.
func (q *Question) Option(id string) *Option {
	for _, o := range q.Options {
		if o.ID == id {
			return o
		}
	}
	return nil
}

// Howto is an article that explains how to do something.
type Howto struct {
	ID      string
	Title   Text
	Aliases Texts
	Steps   Texts
	Note    Text
	Sources []string
}

// Topic is something that merchants ask about and that the bot does not
// handle: it answers honestly who can.
type Topic struct {
	ID      string
	Title   Text
	Aliases Texts
	Answer  Text
}

// Example holds messages that are about no single cause, by which such messages
// are recognised: see VagueExamples, AreaExamples and IntentExamples for the ids.
type Example struct {
	ID    string
	Texts Texts
}

// CodeTable is the article on the two-digit response codes that stand beside
// S4 on the screen or the slip.
type CodeTable struct {
	Title   Text
	Aliases Texts
	Explain Text
	Codes   []Code // sorted by code
	Sources []string
}

// Code is one response code: its published meaning and what it points to.
type Code struct {
	Code   string
	Means  Text
	Option string   // the option of the question response_code
	Causes []string // likeliest first
}

// ResponseCode is the id of the question that response codes answer.
const ResponseCode = "response_code"

// SuspectedArea is the id of the question about the area that the merchant
// suspects; a message that names an area and no sign answers it.
const SuspectedArea = "suspected_area"

// CodesArticle is the id under which a search finds the article on response
// codes.
const CodesArticle = "reference.response-codes"

// Charged and NotCharged are the options that the safety question has.
const (
	Charged    = "charged"
	NotCharged = "not_charged"
)

// WhichCards is the id of the question about which cards fail.
const WhichCards = "which_cards"

// Cause gives the cause with that id, or nil.
func (b *Base) Cause(id string) *Cause { return b.causes[id] }

// Question gives the question with that id, or nil.
func (b *Base) Question(id string) *Question { return b.questions[id] }

// Fix gives the fix with that id, or nil.
func (b *Base) Fix(id string) *Fix { return b.fixes[id] }

// SafetyQuestion gives the question about the customer's charge, or nil.
func (b *Base) SafetyQuestion() *Question {
	for _, q := range b.Questions {
		if q.Safety {
			return q
		}
	}
	return nil
}

// AmountQuestion gives the question about the sums that fail, or nil.
func (b *Base) AmountQuestion() *Question {
	for _, q := range b.Questions {
		if q.Amounts != nil {
			return q
		}
	}
	return nil
}

// Code gives the entry of the table with that code, or nil.
func (t *CodeTable) Code(code string) *Code {
	for i := range t.Codes {
		if t.Codes[i].Code == code {
			return &t.Codes[i]
		}
	}
	return nil
}

// Group gives the part of an id before its first dot.
func Group(id string) string {
	for i := range len(id) {
		if id[i] == '.' {
			return id[:i]
		}
	}
	return id
}
