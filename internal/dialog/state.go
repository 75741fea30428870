package dialog

import (
	"slices"
	"time"

	"github.com/s4bot/s4bot/internal/diagnosis"
	"github.com/s4bot/s4bot/internal/kb"
)

// Phase says where a conversation stands. The values are part of the JSON
// interface.
type Phase string

// The phases.
const (
	Idle       Phase = "idle"        // no case is open
	Asking     Phase = "asking"      // a question waits for its answer
	Confirming Phase = "confirming"  // an answer waits for its confirmation
	CheckMoney Phase = "safety"      // the charge's status is being asked
	Fixing     Phase = "fixing"      // a fix waits for its result
	Offering   Phase = "offering"    // a person was offered
	HandedOver Phase = "handed_over" // a person has the case
	Closed     Phase = "closed"      // the last case is closed
)

// State is everything that the dialog manager knows about a conversation. It
// holds plain data, is bounded, and encodes to JSON and back without loss. The
// zero value is a conversation that has not begun.
type State struct {
	// Lang is the conversation's language; App says that it is only that of the
	// merchant's app, who has not written in any yet.
	Lang  kb.Lang `json:"lang,omitempty"`
	App   bool    `json:"app,omitempty"`
	Phase Phase   `json:"phase,omitempty"`
	// Merchant is what the desk calls the merchant: a name, or the room.
	Merchant string `json:"merchant,omitempty"`
	// Terminal is what the link that opened the chat calls the terminal.
	Terminal string `json:"terminal,omitempty"`
	Turn     int    `json:"turn,omitempty"` // counts the merchant's turns
	// Posts counts the posts sent: the next one's id. First is what the count began
	// from.
	Posts int `json:"posts,omitempty"`
	First int `json:"first,omitempty"`
	// Log is the evidence of the current case. Everything the bot believes
	// is computed from it.
	Log     []Entry `json:"log,omitempty"`
	Pending Pending `json:"pending,omitzero"`
	// Tapped is the newest tap that settled something.
	Tapped Tap `json:"tapped,omitzero"`
	// Marks remember what was pending before each turn, for /back.
	Marks []Mark `json:"marks,omitempty"`
	// Began is the turn in which the case began.
	Began int `json:"began,omitempty"`
	// Opened is when the case began, and Named the ids of the institutions that were
	// named in it.
	Opened Moment   `json:"opened,omitempty"`
	Named  []string `json:"named,omitempty"`
	// Cases counts the cases begun; Gaps are messages that were read badly.
	Cases int   `json:"cases,omitempty"`
	Gaps  []Gap `json:"gaps,omitempty"`
	// Lessons are the closed cases with a confirmed cause.
	Lessons []Lesson `json:"lessons,omitempty"`
	// Records are the newest cases that have ended for the bot.
	Records []Record `json:"records,omitempty"`
	// Words are the merchant's own words in this case, masked.
	Words []Said `json:"words,omitempty"`
	// Recent holds the ids of the newest messages, to know repeats.
	Recent []string `json:"recent,omitempty"`
	// Lines are the newest that agents wrote, also for inside. Read is when the
	// newest that Lines has lost was written: what is not newer was heard, too.
	Lines []Line    `json:"lines,omitempty"`
	Read  time.Time `json:"read,omitzero"`
	Seen  time.Time `json:"seen,omitzero"` // when the merchant last wrote
	Wake  time.Time `json:"wake,omitzero"` // when to wake the dialog; zero: never
	// Waiting says that a customer waits; WayRound that a way round was given.
	Waiting  bool `json:"waiting,omitempty"`
	WayRound bool `json:"way_round,omitempty"`
	// Angry counts how often the merchant lost patience.
	Angry int `json:"angry,omitempty"`
	// Lost counts messages in a row that the bot could make nothing of.
	Lost int `json:"lost,omitempty"`
	// Mute counts turns in a row in which the merchant sent files and no words.
	Mute int `json:"mute,omitempty"`
	// Handoff is why a person has the case.
	Handoff *Handoff `json:"handoff,omitempty"`
	Told    bool     `json:"told,omitempty"` // that further words reach the person
	// Unreachable says that no post reaches the merchant, until they write again.
	Unreachable bool `json:"unreachable,omitempty"`
	// Forget says that the merchant wants everything erased.
	Forget bool `json:"forget,omitempty"`
}

// The bounds of a state.
const (
	maxLog    = 160
	maxWords  = 20
	maxWord   = 500 // runes of one message that are kept
	maxRecent = 64
	maxLines  = 64
	maxMarks  = 24
)

// What says what an entry of the log is.
type What string

// The entries of the log.
const (
	Asked    What = "asked"    // the bot asked Question
	Answer   What = "answer"   // Question has the answer Option
	Unsure   What = "unsure"   // the merchant does not know Question
	Searched What = "text"     // a message matches the articles in Hits
	Proposed What = "proposed" // the bot proposed Fix
	Reported What = "reported" // Fix had the result Result
)

// Source says how the bot came to know an answer. The values are part of the
// JSON interface.
type Source string

// The sources.
const (
	FromText   Source = "text"
	FromChoice Source = "choice"
	FromAuto   Source = "auto"
)

// Result is what became of a fix. The values are option ids of the check.
type Result string

// The results of a fix. Before means that the merchant had done it already.
const (
	Works     Result = "works"
	Same      Result = "same"
	Different Result = "different"
	NotTried  Result = "not_tried"
	Skipped   Result = "skipped"
	Before    Result = "before"
)

// Entry is one line of the log.
type Entry struct {
	What      What      `json:"what"`
	Turn      int       `json:"turn"`
	Msg       string    `json:"msg,omitempty"` // id of the message it came from
	At        time.Time `json:"at,omitzero"`
	Question  string    `json:"question,omitempty"`
	Option    string    `json:"option,omitempty"`
	Source    Source    `json:"source,omitempty"`
	Code      string    `json:"code,omitempty"` // the response code behind the answer, if it was read
	Confirmed bool      `json:"confirmed,omitempty"`
	Slip      float64   `json:"slip,omitempty"` // how often such a reading is wrong
	Hits      []kb.Hit  `json:"hits,omitempty"`
	Trust     float64   `json:"trust,omitempty"` // of Hits
	Post      string    `json:"post,omitempty"`  // the post that asked Question first
	Fix       string    `json:"fix,omitempty"`
	Result    Result    `json:"result,omitempty"`
	// Sure says that the belief was confident when the fix was proposed.
	Sure bool `json:"sure,omitempty"`
	// Void is the turn that took the entry back; 0 while it counts.
	Void int `json:"void,omitempty"`
}

// Pending is what the bot waits for.
type Pending struct {
	Kind     PendingKind `json:"kind,omitempty"`
	Question string      `json:"question,omitempty"`
	Option   string      `json:"option,omitempty"` // the answer to confirm, or the new one of two
	Other    string      `json:"other,omitempty"`  // the older of two answers
	Fix      string      `json:"fix,omitempty"`
	Posts    []string    `json:"posts,omitempty"`   // the posts that showed the options, newest last
	Options  []string    `json:"options,omitempty"` // ids in the order shown
	Helped   bool        `json:"helped,omitempty"`  // how to check was explained
	Nudged   bool        `json:"nudged,omitempty"`
	Unsure   bool        `json:"unsure,omitempty"` // nobody knows whether the post arrived
}

// PendingKind says what kind of reply is awaited.
type PendingKind string

// The kinds of replies.
const (
	ForAnswer  PendingKind = "answer"
	ForConfirm PendingKind = "confirm"
	ForWhich   PendingKind = "which" // which of two contradicting answers holds
	ForResult  PendingKind = "result"
	ForPerson  PendingKind = "person" // a person was offered
	ForForget  PendingKind = "forget" // whether to erase everything
)

// Mark remembers what was pending before a turn.
type Mark struct {
	Turn     int     `json:"turn"`
	Pending  Pending `json:"pending,omitzero"`
	Phase    Phase   `json:"phase,omitempty"`
	Waiting  bool    `json:"waiting,omitempty"`
	WayRound bool    `json:"way_round,omitempty"`
	Angry    int     `json:"angry,omitempty"`
}

// clone copies a state so that Step never changes its argument.
func (s State) clone() State {
	s.Log = slices.Clone(s.Log)
	s.Marks = slices.Clone(s.Marks)
	s.Words = slices.Clone(s.Words)
	s.Recent = slices.Clone(s.Recent)
	s.Lines = slices.Clone(s.Lines)
	s.Gaps = slices.Clone(s.Gaps)
	s.Lessons = slices.Clone(s.Lessons)
	s.Records = slices.Clone(s.Records)
	return s
}

// Facts gives the answers that count, in the order in which they came.
func (s State) Facts() []Entry {
	var out []Entry
	for _, e := range s.Log {
		if e.What == Answer && e.Void == 0 {
			out = append(out, e)
		}
	}
	return out
}

// answer gives the entry that answers a question, or nil.
func (s *State) answer(question string) *Entry {
	for i := range s.Log {
		if e := &s.Log[i]; e.What == Answer && e.Void == 0 && e.Question == question {
			return e
		}
	}
	return nil
}

// count counts the live entries of a kind that satisfy a condition.
func (s *State) count(what What, ok func(Entry) bool) int {
	n := 0
	for _, e := range s.Log {
		if e.What == what && e.Void == 0 && (ok == nil || ok(e)) {
			n++
		}
	}
	return n
}

// evidence gives what the log says of the causes.
func (s State) evidence() []diagnosis.Evidence {
	var out []diagnosis.Evidence
	reopened := s.reopened()
	for i, e := range s.Log {
		if e.Void != 0 {
			continue
		}
		if evidence, ok := e.evidence(i < reopened); ok {
			out = append(out, evidence)
		}
	}
	return out
}

// evidence gives what a live entry says of the causes, if it does. An old one told
// of another error.
func (e Entry) evidence(old bool) (diagnosis.Evidence, bool) {
	switch {
	case e.What == Answer && old && e.Source != FromAuto:
		return diagnosis.Evidence{Kind: diagnosis.Answered, Question: e.Question, Option: e.Option, Slip: max(e.Slip, oldSlip)}, true
	case e.What == Answer:
		return diagnosis.Evidence{Kind: diagnosis.Answered, Question: e.Question, Option: e.Option, Confirmed: e.Confirmed, Slip: e.Slip}, true
	case e.What == Searched && !old:
		return diagnosis.Evidence{Kind: diagnosis.Searched, Hits: e.Hits, Trust: e.Trust}, true
	case e.What == Reported && (e.Result == Same || e.Result == Different || e.Result == Before):
		return diagnosis.Evidence{Kind: diagnosis.Failed, Fix: e.Fix}, true
	}
	return diagnosis.Evidence{}, false
}

// oldSlip is the share of answers given while another error showed that do not
// hold for this one.
const oldSlip = .4

// reopened gives the place in the log up to which the evidence is about another
// error: a fix changed what goes wrong, so there was a second fault. What was
// answered then counts for less, and the words that told of it no more.
func (s State) reopened() int {
	for i, e := range slices.Backward(s.Log) {
		if e.What == Reported && e.Result == Different && e.Void == 0 {
			return i
		}
	}
	return 0
}

// bound drops the oldest of what may grow without end.
func (s *State) bound() {
	if len(s.Log) > maxLog { // what was taken back goes first, then the oldest
		s.Log = slices.DeleteFunc(s.Log, func(e Entry) bool { return e.Void != 0 })
	}
	s.Log = newest(s.Log, maxLog)
	s.boundWords()
	s.Recent = newest(s.Recent, maxRecent)
	s.boundLines()
	s.Marks = newest(s.Marks, maxMarks)
	s.Gaps = newest(s.Gaps, maxGaps)
	s.Lessons = newest(s.Lessons, maxLessons)
	s.Records = newest(s.Records, maxRecords)
}

// boundWords drops the oldest words: those that the desk has by itself before those
// that stand on the card, and the first of all never.
func (s *State) boundWords() {
	for len(s.Words) > maxWords {
		i := max(1, slices.IndexFunc(s.Words, func(w Said) bool { return w.Passed }))
		s.Words = slices.Delete(s.Words, i, i+1)
	}
}

func newest[T any](list []T, most int) []T {
	if len(list) > most {
		return slices.Clone(list[len(list)-most:])
	}
	return list
}
