package adapters

import (
	"context"
	"time"
)

// Librarian shows the knowledge as the bot sees it. Texts are in the language
// asked for, "zh" or "en"; anything but "en" is Chinese.
type Librarian interface {
	// Catalogue lists everything that is known, with what is wrong with it.
	Catalogue(ctx context.Context, lang string) (Catalogue, error)
	// Article gives one article whole. The error is chat.ErrNoArticle if there is
	// none of that id.
	Article(ctx context.Context, id, lang string) (Article, error)
	// Search searches as the dialog does. The text may hold anything; what is
	// secret in it is masked in what is given.
	Search(ctx context.Context, text, lang string) (Found, error)
}

// Catalogue is the list of all articles.
type Catalogue struct {
	Version string // names the content
	// Reloads says that the knowledge is a folder that is read again when it
	// changes, else it is the one that the program ships with.
	Reloads bool
	Shelves []Shelf
	Faults  []Fault // while there are any, the bot goes on with what it had before
}

// Shelf is the articles of one kind, or one group of causes.
type Shelf struct {
	ID, Title string
	Kind      ArticleKind
	Entries   []Entry
}

// ArticleKind says what an article is about.
type ArticleKind string

// The kinds of articles.
const (
	AboutCause    ArticleKind = "cause"
	AboutHowto    ArticleKind = "howto"
	AboutTopic    ArticleKind = "topic" // out of scope
	AboutCodes    ArticleKind = "codes"
	AboutQuestion ArticleKind = "question"
	AboutFix      ArticleKind = "fix"
)

// Entry is an article in a list.
type Entry struct {
	ID, Title string
	Kind      ArticleKind
	File      string // below the knowledge folder
	Words     int    // merchants' words for it, in both languages
	// Common is how common a cause is before anything is known, of 1; 0: it is no
	// cause.
	Common  float64
	Use     Use
	Changed time.Time // zero: nobody knows
}

// Use is how an article has done in cases.
type Use struct {
	Used      int // cases; of a question, how often it was asked
	Confirmed int // cases in which it turned out to be the cause
	Solved    int // cases that the bot solved,
	Of        int // of so many that have ended
	Last      time.Time
}

// Fault is something wrong with the knowledge.
type Fault struct {
	File  string
	Line  int // 0: it has none
	Field string
	Text  string // in English: it names what stands in the file
	// Article is the article of that file; "": there is none.
	Article string
}

// Article is one article whole. What an article of its kind doesn't have is empty.
type Article struct {
	Entry
	Shelf   string // the title of its shelf
	Explain string
	Steps   []string
	Note    string
	Words   []Words
	Signs   []Sign
	Fixes   []Fix
	Prevent []string
	Codes   []Code
	Ask     *Ask      // of a question
	Cures   []Pointer // of a fix: the causes that it cures, P is how often
	Sources []string
}

// Words are merchants' words in one language.
type Words struct {
	Lang string
	List []string
}

// Pointer leads to another article.
type Pointer struct {
	ID, Title string
	P         float64 // how likely; what of is told where it is used
}

// Sign is what a cause makes likely as an answer to a question.
type Sign struct {
	Pointer // to the question
	Answers []SignAnswer
}

// SignAnswer is one answer.
type SignAnswer struct {
	Label string
	Word  string  // the strength in words; "": the article doesn't list the answer
	P     float64 // how likely it is with this cause,
	Usual float64 // and with any
}

// Fix is a remedy.
type Fix struct {
	Pointer // to its article, with an empty ID if it has none of its own; P: how often it works
	Steps   []string
	Takes   time.Duration // of the merchant's time
	Agent   bool          // a person in support does it
	Repeats bool          // the customer pays again
	Round   bool          // it serves a waiting customer whatever the cause
}

// Code is a response code.
type Code struct {
	Code, Means string
	Causes      []Pointer
}

// Ask is what a question asks.
type Ask struct {
	Why, Check string
	Takes      time.Duration
	Safety     bool   // it guards the customer's money
	Auto       string // what answers it without asking; "": the merchant
	Options    []AskOption
}

// AskOption is one of the answers.
type AskOption struct {
	Label string
	Share float64 // how usual it is
	// Speaks are the causes for which it speaks most, with how likely it is with
	// each.
	Speaks []Pointer
}

// Found is what a search found.
type Found struct {
	Text  string // masked
	Query string // what was searched for
	Kind  string // what the message is taken for
	Codes []string
	Facts []Heard
	Hits  []FoundArticle // best first
	More  int            // hits that were left out
}

// Heard is an answer that a message gives by itself.
type Heard struct{ Question, Answer string }

// FoundArticle is an article that a search found.
type FoundArticle struct {
	Entry
	Score  float64 // compares with others of the same search
	Belief float64 // how likely the cause is after this message alone; 0 for what is no cause
	Title  Marked
	Words  []Marked // those of which most matched
	Body   []Marked // from what it says
}

// Marked is a text with the parts that a search matched, in order and apart.
type Marked struct {
	Text  string
	Marks []Mark
}

// Mark is a matched part, in bytes.
type Mark struct {
	Start, End int
	Sound      bool // it matched by how it sounds, not by how it is written
}

// ArticleIn gives the id of the article in a file; "": there is none.
func (c Catalogue) ArticleIn(file string) string {
	for _, s := range c.Shelves {
		for _, e := range s.Entries {
			if e.File == file {
				return e.ID
			}
		}
	}
	return ""
}
