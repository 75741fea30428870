package insight

import "time"

// Input is what a report is computed from.
type Input struct {
	// Cases are those that have ended and those that are open, in any order.
	Cases  []Case
	Gaps   []Gap
	Losses []Loss
	Titles Titles
	Now    time.Time
	// Kept is how long a conversation is kept after its last message; 0: for ever.
	Kept time.Duration
	// Skipped counts stored conversations that could not be read.
	Skipped int
}

// Query says what a report is about.
type Query struct {
	// From and To bound the time that is looked at; To itself is outside. Without
	// them it is the last Days days, today included; 0 means 30.
	From, To time.Time
	Days     int
	// Zone is where days begin; nil: UTC.
	Zone *time.Location
	// Lang is "zh" or "en"; anything but "en" is Chinese.
	Lang string
}

// End is how a case ended.
type End string

// The endings.
const (
	Open    End = ""         // it has not
	Solved  End = "solved"   // the payment works again, says the merchant
	LetBe   End = "let_be"   // the merchant let it be
	Handed  End = "handed"   // a person has it
	ByAgent End = "by_agent" // a person had it, and closed it
	Anew    End = "anew"     // the merchant began anew

)

// Case is one problem of one merchant.
type Case struct {
	// Merchant tells merchants apart and says nothing else of them.
	Merchant string
	Number   int // of the merchant's cases, from 1
	// Began is when the case began, Handed when a person took it over, and Ended
	// when it was over; zero: not yet.
	Began, Handed, Ended time.Time
	Lang                 string
	End                  End
	// Reason is why a person took over; "" if none did. A case that was solved
	// without a reason is one that the bot solved by itself.
	Reason string
	// Predicted is the bot's leading cause when the case ended for it, and P its
	// belief in it; "" if no cause was worth naming. In open cases it is the leading
	// one now.
	Predicted string
	P         float64
	Confirmed string // the cause that turned out; "" if nobody knows
	Questions []Asked
	Fixes     int      // proposed
	Fix       string   // the one that worked
	Names     []string // ids of the institutions that the merchant named
}

// Asked is a question of a case and what it was worth.
type Asked struct {
	Question string
	Bits     float64 // how far the answer moved the belief, in bits
	Changed  bool    // another cause led afterwards
	Unsure   bool    // the merchant did not know
	Open     bool    // no answer came
}

// Gap is a message that was read badly.
type Gap struct {
	Merchant string
	Text     string // masked
	At       time.Time
	// Confirmed is the cause that turned out, and Read what the message was taken
	// for with a belief of P in Confirmed. Both are "" if nothing matched it.
	Confirmed, Read string
	P               float64
}

// Loss is a post that did not plainly arrive.
type Loss struct {
	At     time.Time
	Side   string // "merchant" or "desk"
	Fate   string // "uncertain", "failed" or "gone"
	Kind   string // of the post
	Reason string // without content
}

// Title is a name in both languages.
type Title struct{ ZH, EN string }

// In gives the name in one language; anything but "en" is Chinese.
func (t Title) In(lang string) string {
	if lang == english {
		return t.EN
	}
	return t.ZH
}

const english = "en"

// Titles are the names of what the ids in the input stand for. An id without a
// name is shown as it is.
type Titles struct {
	Causes, Groups, Questions map[string]Title
	// Names are the institutions.
	Names map[string]Institution
	// Efforts say what a question costs the merchant, in units of 15 seconds.
	Efforts map[string]float64
}

// Institution is a bank, an acquirer, a card scheme or a wallet.
type Institution struct {
	Title
	Kind Kind
}
