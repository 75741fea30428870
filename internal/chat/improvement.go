package chat

import "errors"

// Improvement is what a colleague wants the article of a cause to say besides.
type Improvement struct {
	Cause string   `json:"c"`           // the article's id
	Lang  string   `json:"l"`           // "zh" or "en": of the words and of the fix
	Words []string `json:"w,omitempty"` // merchants' words for the cause, one a line
	Fix   *NewFix  `json:"f,omitempty"` // nil: none
}

// NewFix is a fix that a colleague found. The Other texts are in the other language;
// empty: nobody has written them.
type NewFix struct {
	Title      string   `json:"t"`
	Steps      []string `json:"s,omitempty"`
	OtherTitle string   `json:"u,omitempty"`
	OtherSteps []string `json:"v,omitempty"`
	// Repeats says that the customer pays again when it is done.
	Repeats bool `json:"p,omitempty"`
}

// Proposal is an improvement as a change of a file, for somebody to decide on.
type Proposal struct {
	Improvement        // what is left of what was asked for
	Title       string // of the article
	File        string // below the knowledge folder
	Diff        string
	Left        []Remark // lines that are left out
	Warnings    []Remark // what the one who decides should know
}

// Remark is something to know about a line of an improvement.
type Remark struct {
	About   About
	Line    string // masked; empty: it is about the whole
	Article string // the title of the article that has the line already
}

// About says what a remark is about.
type About string

// What remarks are about. The first four leave a line out.
const (
	AboutKnown    About = "known"    // the article has the line already
	AboutPersonal About = "personal" // the line holds personal data
	AboutLong     About = "long"     // the line is too long to be somebody's words
	AboutShort    About = "short"    // the line says nothing

	AboutElsewhere   About = "elsewhere"    // another article has the line, too
	AboutOneLanguage About = "one_language" // the fix stands in one language for both
	AboutNoPayment   About = "no_payment"   // the fix is said to repeat no payment
)

// Why an improvement is not made, or not taken back.
var (
	ErrNoArticle  = errors.New("there is no such article")
	ErrNothingNew = errors.New("nothing of it is new")
	ErrPersonal   = errors.New("the new fix holds personal data")
	ErrUnfinished = errors.New("the new fix has no title or no steps")
	ErrFaulty     = errors.New("the knowledge would have faults")
	ErrLayout     = errors.New("the file is written in a way that can't be changed by itself")
	ErrChanged    = errors.New("the file was changed since")
)
