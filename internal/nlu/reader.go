package nlu

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/s4bot/s4bot/internal/kb"
	"github.com/s4bot/s4bot/internal/nlu/fold"
	"github.com/s4bot/s4bot/internal/nlu/pinyin"
)

// Fact is an answer to a question that a text already gives.
type Fact struct {
	Question string `json:"question"`
	Option   string `json:"option"`
	// Slip is how often such a reading is wrong; 0 stands for that of answers
	// given to a question.
	Slip float64 `json:"-"`
}

// How often facts that are read are wrong, by how they are read: set a little
// above what was seen on imagined messages (docs/RESULTS.md), for merchants
// err as well.
const (
	CodeSlip       = .005 // of a printed code that is typed
	phraseSlip     = .2
	comparisonSlip = .2
	GuessSlip      = .25 // of a suspected area
)

// Reading is what a message says.
type Reading struct {
	Lang    kb.Lang  // the language to answer in; "" where the text does not tell
	Codes   []string // "S4" first if named, then response codes in their order
	Intents []Intent // the leading one first
	Facts   []Fact   // at most one for each question
	Tried   []string // ids of fixes that the merchant says did not help
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
	triedBook   *phraseBook
	waitingBook *phraseBook
	domainBook  *phraseBook
	deviceBook  *phraseBook
	s4Book      *phraseBook
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
		without: without, examples: newExamples(base), contrasts: newContrasts(base), base: base, intentBook: intentBook(), genericBook: genericBook(),
		factBook: newPhraseBook(), triedBook: newPhraseBook(), waitingBook: newPhraseBook(), domainBook: newPhraseBook(), deviceBook: newPhraseBook(), s4Book: newPhraseBook(),
	}
	for _, q := range base.Questions {
		for _, o := range q.Options {
			r.factBook.add(len(r.factOf), o.Aliases.All())
			r.factOf = append(r.factOf, Fact{q.ID, o.ID, phraseSlip})
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

var waitingPhrases = []string{
	"客人*等", "顾客*等", "客人还在", "客人在这", "排队", "排着队", "排长队", "在等", "等着呢", "等着结账", "等着付", "等着买单", "后面*人", "一堆人", "好多人", "人都等", "站着等", "催我", "急死", "客人要走", "客人急", "客人跑了", "十万火急", "赶紧",
	"customer waiting", "customers waiting", "people waiting", "waiting in line", "in a queue", "long queue", "long line", "queue is", "line is growing", "customer is here", "customer is standing", "hurry", "pai dui", "ke ren deng",
}

// domainPhrases name the things that this program is about.
var domainPhrases = []string{
	"刷", "卡", "交易", "机器", "机子", "终端", "pos", "收款", "付款", "支付", "失败", "屏幕", "网络", "信号", "报错", "余额", "密码", "小票", "插", "磁条", "芯片", "扫码", "银行", "系统", "更新", "重启",
	"card", "cards", "terminal", "machine", "payment", "payments", "transaction", "transactions", "declined", "swipe", "tap", "chip", "screen", "reader", "network", "signal", "wifi", "pin",
}

// terminalPhrases name the terminal, or swiping a card.
var terminalPhrases = []string{
	"刷卡", "刷不", "刷了", "碌卡", "机子", "机仔", "部机", "机器", "终端", "pos", "收款机", "刷卡机", "读卡", "卡机", "ji zi", "ji qi", "shua ka",
	"terminal", "card machine", "card reader", "the machine", "swipe", "card payment", "payment failed",
}

// aboutCards says that a text names cards, payments or the terminal; a robot is
// no machine of theirs.
func (r *Reader) aboutCards(units []unit) bool {
	other := map[int]bool{}
	for _, m := range r.domainBook.find(units) { // the longest come first
		if m.means == 1 {
			for i := m.start; i < m.end; i++ {
				other[i] = true
			}
		} else if !other[m.start] {
			return true
		}
	}
	return false
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

// saysCharge says that the facts answer the safety question.
func (r *Reader) saysCharge(facts []Fact) bool {
	for _, f := range facts {
		if q := r.base.Question(f.Question); q != nil && q.Safety {
			return true
		}
	}
	return false
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

// withCodes turns fact matches into facts and adds the one that a response
// code gives; the code wins, for it is printed.
func (r *Reader) withCodes(matches []match, codes []string) []Fact {
	var out []Fact
	if len(codes) > 0 {
		out = append(out, Fact{Question: kb.ResponseCode, Option: r.base.Codes.Code(codes[len(codes)-1]).Option, Slip: CodeSlip})
	}
	for _, m := range matches {
		f := r.factOf[m.means]
		if f.Question != kb.ResponseCode || len(codes) == 0 {
			out = append(out, f)
		}
	}
	return out
}

// withComparisons adds what a message compares to facts that do not tell it.
func (r *Reader) withComparisons(facts []Fact, text []unit) []Fact {
	if r.lacks(Facts) {
		return facts
	}
	found := r.contrasts.read(text)
	if f, ok := r.amountFact(text); ok {
		found = append(found, f)
	}
	for _, f := range found {
		if !slices.ContainsFunc(facts, func(have Fact) bool { return have.Question == f.Question }) {
			f.Slip = comparisonSlip
			facts = append(facts, f)
		}
	}
	return facts
}

// facts gives the best match for each question. Denied and doubtful phrases say
// nothing, but a suspicion may be a question.
func (r *Reader) facts(text []unit) []match {
	if r.lacks(Facts) {
		return nil
	}
	var out []match
	have := map[string]bool{}
	found := r.factBook.find(text)
	for _, m := range found {
		f := r.factOf[m.means]
		if r.lacks(Negation) {
			m.negated, m.doubtful = false, false
		}
		if m.negated || m.doubtful && f.Question != kb.SuspectedArea || have[f.Question] {
			continue
		}
		if r.base.Question(f.Question).Safety {
			if m = r.safest(m, found, text); m.phrase == nil {
				have[f.Question] = true
				continue
			}
		}
		have[f.Question] = true
		out = append(out, m)
	}
	return out
}

func (r *Reader) tried(text []unit) []string {
	var out []string
	for _, m := range r.triedBook.find(text) {
		if !m.negated && !m.doubtful {
			out = appendNew(out, r.base.Fixes[m.means].ID)
		}
	}
	return out
}

// spell turns a message that is written in pinyin into units of one syllable;
// ok is false for any other message.
func spell(units []unit) ([]unit, bool) {
	var out []unit
	syllables, others := 0, 0
	for _, u := range units {
		if u.kind != wordUnit {
			if u.kind == hanUnit {
				return nil, false
			}
			out = append(out, u)
			continue
		}
		parts, ok := pinyin.Split(u.text)
		if !ok {
			others++
			out = append(out, u)
			continue
		}
		syllables += len(parts)
		for _, p := range parts {
			out = append(out, unit{p, wordUnit})
		}
	}
	return out, syllables >= 2 && others <= syllables/4
}

// language tells the language to answer in from a folded text: Chinese as soon
// as there is a Chinese character or pinyin, English for other Latin words.
func language(folded string) kb.Lang {
	latin := false
	for _, r := range folded {
		if fold.Han(r) {
			return kb.Chinese
		}
		latin = latin || r >= 'a' && r <= 'z'
	}
	words := strings.TrimSpace(s4Forms.ReplaceAllString(folded, " "))
	if !latin || len(words) < 2 {
		return ""
	}
	if _, ok := spell(unitsOf(words)); ok {
		return kb.Chinese
	}
	return kb.English
}
