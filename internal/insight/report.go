package insight

import "time"

// Report is what the insights page shows: one field a chart. Everything is about
// the cases that began from From on and before To, but for Radar, which looks at the
// last day. Labels are in the language of the query.
type Report struct {
	From, To time.Time // in the query's zone; To itself is outside
	Lang     string
	// Whole is from when on nothing is missing: of the time before, merchants who have
	// not written since are forgotten, so that counts there are too low. Zero if
	// nothing in the report's time is missing.
	Whole time.Time
	// Skipped counts stored conversations that could not be read, and so are in
	// nothing below.
	Skipped     int
	Totals      Totals
	Days        Days
	Handoffs    Bars // by reason; handed over at some time, whatever came of it
	Questions   Histogram
	Time        Histogram // minutes from the first message to the solution, of cases that the bot solved
	Causes      Stack     // by group
	Confusion   Confusion
	Calibration Calibration
	Worth       []Worth // the most informative question for its effort first
	Gaps        Gaps
	Misread     Misread
	Failures    Failures
	Articles    []Article // the most used first
	Radar       Radar
}

// Empty says that there is nothing at all to show.
func (r Report) Empty() bool {
	return r.Totals.Cases == 0 && r.Gaps.Total == 0 && r.Misread.Total == 0 && r.Failures.Total == 0
}

// Name is an id of the knowledge with the words for it.
type Name struct{ ID, Label string }

// Share is N of Of with a 95 % interval. If Of is 0 nothing is known: Value and Low
// are 0 and High is 1.
type Share struct {
	N, Of            int
	Value, Low, High float64 // 0 to 1
}

// Known says that there is something to take a share of.
func (s Share) Known() bool { return s.Of > 0 }

// Totals are the numbers at the top of the page.
type Totals struct {
	Cases     int // begun in the time
	Merchants int // who wrote them
	Open      int // neither ended nor with a person
	Waiting   int // with a person, and not closed yet
	// Solved is the share that the bot solved by itself, Handed the share that went
	// to a person, and Other the share that ended otherwise, each of the cases that
	// have ended for the bot.
	Solved, Handed, Other Share
	MedianQuestions       float64
	MedianTime            time.Duration // to the bot's solution; 0 if there is none
	TimeText              string        // the same in words; "" if there is none
}

// Days are the cases by the day on which they began: on each, Opened is the sum of
// the others.
type Days struct {
	Days []Day // without a hole, oldest first
	// The words for the five series.
	OpenedLabel, SolvedLabel, HandedLabel, OtherLabel, OpenLabel string
	// Week is the share solved by the bot in the seven days that end with each day,
	// of the cases that have ended for the bot.
	Week []Share
}

// Day is one day of Days.
type Day struct {
	Start  time.Time
	Label  string // "3月14日", "14 Mar"
	Opened int
	Solved int // by the bot
	Handed int // to a person, whatever came of it
	Other  int // let be, or begun anew
	Open   int // still with the bot
}

// Bars are counts by name, the largest first.
type Bars struct {
	Total int
	Bars  []Bar
}

// Bar is one of Bars.
type Bar struct {
	Name
	Count int
	Share float64 // of the total
}

// Histogram is how a number is spread over the cases.
type Histogram struct {
	N    int // cases counted
	Bins []Bin
	// Median and P90 are quantiles in the unit of the bins, and the texts the same in
	// words; 0 and "" if N is 0.
	Median, P90         float64
	MedianText, P90Text string
}

// Bin counts the values from From on and before To.
type Bin struct {
	Label    string
	From, To float64 // To is 0 in the last bin, which has no end
	Count    int
}

// Stack is layers of counts over time.
type Stack struct {
	Weekly  bool // a column is a week, else a day
	Columns []Column
	Layers  []Layer // the largest first, that of unknown causes (no ID) last
	Total   int
}

// Column is a day or a week.
type Column struct {
	Start time.Time
	Label string
}

// Layer is one layer of a Stack.
type Layer struct {
	Name
	Counts []int // a column each
	Total  int
}

// Confusion compares the causes that the bot took for likeliest with those that
// turned out, over the cases for which both are known.
type Confusion struct {
	N      int
	Hits   Share  // the very cause
	Groups Share  // at least its group
	Names  []Name // of the groups, in the order of rows and columns
	// Counts are by predicted group (row), then confirmed group (column).
	Counts [][]int
	// Mistakes are the most frequent pairs of different causes, at most 20.
	Mistakes []Mistake
}

// Mistake is a cause that was taken for another.
type Mistake struct {
	Predicted, Confirmed Name
	Count                int
	Mean                 float64 // the mean belief in the wrong one
}

// Calibration says whether causes are right as often as the bot claims.
type Calibration struct {
	N      int
	Claims []Claim // by rising claim; only those with cases
	// Error is the mean distance of claim and truth, weighed by cases, and Brier the
	// mean squared error of the claims; both 0 if N is 0.
	Error, Brier float64
}

// Claim is the cases with a belief from Low on and before High (or 1, itself).
type Claim struct {
	Label     string // "60–70 %"
	Low, High float64
	Mean      float64 // the mean claim
	Hits      Share   // how often it was right
}

// Worth is what a question has been worth.
type Worth struct {
	Name
	Asked    int
	Answered Share // else the merchant did not know, or did not say
	// Bits is the mean information of asking, Effort what answering costs in units of
	// 15 seconds, and Rate bits per unit; 0 if the effort is unknown.
	Bits, Effort, Rate float64
	Changed            Share // how often, of asking, another cause led afterwards
}

// Gaps are messages that nothing in the knowledge matched, those alike together.
type Gaps struct {
	Total  int
	Groups []GapGroup // of the newest 600, the most frequent first, at most 50
}

// GapGroup is messages that say about the same.
type GapGroup struct {
	Text      string // the one that is most like all
	Count     int
	Merchants int
	Last      time.Time
	LastLabel string   // the day, in words
	More      []string // other texts of the group, at most 4
}

// Misread are messages that were taken for something else than what turned out.
type Misread struct {
	Total int
	Rows  []MisreadRow // newest first, at most 50
}

// MisreadRow is one of them.
type MisreadRow struct {
	Text            string
	Read, Confirmed Name
	P               float64 // what the message gave the confirmed cause
	At              time.Time
	Label           string // the day, in words
}

// Failures are posts that did not plainly arrive.
type Failures struct {
	Total int
	Rows  []Failure // the most frequent first
	// Days counts them by day, aligned with Days.Days of the report.
	Days []int
}

// Failure is the failures of one kind.
type Failure struct {
	Side, Fate, Kind Name
	Reason           string
	Count            int
	Last             time.Time
	LastLabel        string
}

// Article is how the article of a cause has done.
type Article struct {
	Name
	Used      int   // cases in which it was the leading cause, or turned out
	Confirmed int   // cases in which it turned out
	Right     Share // how often it turned out when it led, where the truth is known
	Solved    Share // by the bot, of the ended cases in which it was used
	Last      time.Time
	LastLabel string
}

// Kind is what kind of thing the radar watches.
type Kind string

// The kinds.
const (
	OfCause  Kind = "cause"
	OfGroup  Kind = "group"
	Bank     Kind = "bank"
	Acquirer Kind = "acquirer"
	Scheme   Kind = "scheme"
	Wallet   Kind = "wallet"
)

// Radar watches causes, groups and institutions for a rise above their usual rate
// across merchants. It says how many merchants spoke of something at the same time,
// and nothing of why.
type Radar struct {
	// Times are the starts of the steps of the series, each Step long, oldest first;
	// Labels say the time of day.
	Times   []time.Time
	Labels  []string
	Step    time.Duration
	Watched int // things watched
	// History is how much time the usual rates are taken from. While it is 0, nothing
	// is known of what is usual, and there are no alarms.
	History time.Duration
	// Signals are those with an alarm, newest first, then the busiest ones; 12 at
	// most, or more if more have an alarm.
	Signals []Signal
}

// Alarms gives the signals with an alarm.
func (r Radar) Alarms() []Signal {
	for i, s := range r.Signals {
		if s.Alarm == nil {
			return r.Signals[:i]
		}
	}
	return r.Signals
}

// Signal is one thing that is watched.
type Signal struct {
	Name
	Kind      Kind
	KindLabel string
	// Counts are the different merchants with a case about it in each step.
	Counts []int
	// Usual is the expected count of each step, and Low and High the band in which
	// 95 % of the counts of each step usually lie.
	Usual, Low, High []float64
	Rate             float64 // merchants an hour, usually, over the whole day
	Total            int     // different merchants in all
	Alarm            *Alarm
}

// Alarm says that a count is too high to be chance.
type Alarm struct {
	// Since is when the rise began, Found when it became improbable, and Step the
	// place of Since among the steps.
	Since, Found time.Time
	Step         int
	Merchants    int     // different ones from Since on
	Rate         float64 // merchants an hour that were usual at that time of day
	// P bounds how probable such a count is by chance anywhere that day, in anything
	// that is watched.
	P        float64
	Going    bool   // it has not ended: the latest hour is above the band, too
	Sentence string // "工商银行：9 家商户，平时每小时 0.3 家，自 10:45 起"
}
