package nlu

import (
	"slices"
	"unicode/utf8"

	"github.com/s4bot/s4bot/internal/kb"
	"github.com/s4bot/s4bot/internal/nlu/fold"
)

// Reading is what a message says.
type Reading struct {
	Lang    kb.Lang  // the language to answer in; "" where the text does not tell
	Codes   []string // "S4" first if named, then response codes in their order
	Intents []Intent // the leading one first
	Facts   []Fact   // at most one for each question
	Tried   []string // ids of fixes that the merchant says did not help
	Names   []string // ids of the institutions that are named, sorted
	// Waiting says that a customer stands there.
	Waiting bool
	// Money says that the message speaks of the customer's charge without
	// saying clearly whether there was one.
	Money bool
	// NoChargeGuessed says that the message guesses that there was none.
	NoChargeGuessed bool
	// Domain says that the message names cards, payments or the terminal.
	Domain bool
	// Terminal says that it names the terminal, or swiping a card.
	Terminal bool
	// Content counts the words and characters that tell something of the
	// problem: 0 for "S4怎么回事". Beyond counts those that neither an intent
	// nor a suspected area explains.
	Content, Beyond int
	// Length counts all words and characters.
	Length int
	// Like says what kinds of messages have such words.
	Like Resemblance
}

// Has says that the message has an intent.
func (r Reading) Has(i Intent) bool { return slices.Contains(r.Intents, i) }

// Fact gives the option that answers the question, or "".
func (r Reading) Fact(question string) string {
	for _, f := range r.Facts {
		if f.Question == question {
			return f.Option
		}
	}
	return ""
}

// Reader reads messages by one knowledge base. It is immutable after New.
type Reader struct {
	base        *kb.Base
	intentBook  *phraseBook
	genericBook *phraseBook
	factBook    *phraseBook
	factOf      []Fact
	wordingsOf  map[*kb.Option][][]unit
	triedBook   *phraseBook
	waitingBook *phraseBook
	domainBook  *phraseBook
	deviceBook  *phraseBook
	s4Book      *phraseBook
	nameBook    *phraseBook
	examples    *examples
	contrasts   *contrasts
	without     []Part
}

// Part is a part of reading that New can leave out, to measure what it gains.
type Part string

// The parts.
const (
	Facts    Part = "facts"
	Codes    Part = "codes"
	Negation Part = "negation" // what is denied or doubted counts as said
)

func (r *Reader) lacks(p Part) bool { return slices.Contains(r.without, p) }

// New compiles the phrases of a knowledge base, without the parts named.
func New(base *kb.Base, without ...Part) *Reader {
	r := &Reader{
		without: without, wordingsOf: map[*kb.Option][][]unit{}, examples: newExamples(base), contrasts: newContrasts(base), base: base, intentBook: intentBook(), genericBook: genericBook(),
		factBook: newPhraseBook(), triedBook: newPhraseBook(), waitingBook: newPhraseBook(), domainBook: newPhraseBook(), deviceBook: newPhraseBook(), s4Book: newPhraseBook(), nameBook: nameBook(base),
	}
	for _, q := range base.Questions {
		for _, o := range q.Options {
			r.factBook.add(len(r.factOf), o.Aliases.All())
			r.factOf = append(r.factOf, Fact{q.ID, o.ID, phraseSlip})
			r.wordingsOf[o] = wordings(o)
		}
	}
	for i, f := range base.Fixes {
		r.triedBook.add(i, f.Tried.All())
	}
	r.waitingBook.add(0, waitingPhrases)
	r.domainBook.add(0, domainPhrases)
	r.deviceBook.add(0, terminalPhrases)
	r.s4Book.add(0, []string{"s4", "es4", "s四", "s肆", "艾斯4", "艾斯四", "爱思4", "爱思四", "爱司4", "爱司四"})
	r.domainBook.add(1, []string{"机器人", "银行流水", "身份证卡"})
	return r
}

// Read reads a masked text.
func (r *Reader) Read(text string) Reading { return r.read(text, "") }

// ReadAnswer reads a masked text that follows the pending question with that
// id. Beyond Read it understands a bare code, a bare yes or no, and the label
// of an option.
func (r *Reader) ReadAnswer(text, question string) Reading {
	reading := r.read(text, question)
	q := r.base.Question(question)
	if q == nil || reading.Fact(question) != "" {
		return reading
	}
	if option := r.answer(q, unitsOf(fold.String(text)), reading); option != "" {
		reading.Facts = append(reading.Facts, Fact{Question: question, Option: option})
		reading.Money = reading.Money && !q.Safety
	}
	return reading
}

// readMost is how many runes of a message are read, and readTail how many of
// them from its end: what matters stands at the ends of a long one.
const (
	readMost = 600
	readTail = 200
)

// ends gives the part of a text that is read.
func ends(text string) string {
	if utf8.RuneCountInString(text) <= readMost {
		return text
	}
	return firstRunes(text, readMost-readTail) + "\n" + lastRunes(text, readTail)
}

func (r *Reader) read(text, asked string) Reading {
	whole := fold.String(ends(text))
	folded := placeholder.ReplaceAllString(whole, " ") // what was masked says nothing
	units := unitsOf(folded)
	if spelled, ok := spell(units); ok && len(r.intents(units).names) == 0 {
		units = spelled
	}
	reading := Reading{Lang: language(folded), Length: len(withoutMarks(units))}
	if namesS4(folded) {
		reading.Codes = append(reading.Codes, S4)
	}
	codes := r.codes(folded, asked)
	reading.Codes = append(reading.Codes, codes...)
	intents := r.intents(units)
	covered := intents.covered
	reading.Intents = intents.names
	facts := r.facts(units)
	reading.Tried = r.tried(units)
	reading.Names = r.names(units)
	reading.Waiting = len(r.waitingBook.find(units)) > 0
	reading.Terminal = len(reading.Codes) > 0 || len(r.deviceBook.find(units)) > 0
	reading.Domain = len(reading.Codes) > 0 || r.aboutCards(units)
	_, reading.Content = r.essence(whole, codes)
	reading.Like = r.examples.resemble(r.undenied(folded))
	reading.Facts = r.withComparisons(r.withCodes(facts, codes), units)
	reading.Facts = r.withSuspicion(reading.Facts, r.undenied(folded), reading.Content)
	for _, f := range facts {
		if r.factOf[f.means].Question == kb.SuspectedArea {
			covered = append(covered, f)
		}
	}
	reading.Money = moneyForms.MatchString(ownSuccess.ReplaceAllString(folded, "")) && !r.saysCharge(reading.Facts)
	reading.NoChargeGuessed = reading.Money && r.guessesNotCharged(units)
	reading.Beyond = r.content(units, covered)
	if len(facts) == 0 && reading.Fact(kb.SuspectedArea) != "" {
		reading.Beyond = 0 // a guess in so few words says nothing else
	}
	return reading
}

// codes finds the response codes in a folded text that answers the question
// asked.
func (r *Reader) codes(folded, asked string) []string {
	if r.lacks(Codes) {
		return nil
	}
	return responseCodes(folded, r.knownCode, asked == kb.ResponseCode)
}

func (r *Reader) knownCode(code string) bool { return r.base.Codes.Code(code) != nil }
