package chat

// Inside is what the bot believes of a case and why it does what it does, from the
// numbers by which it decides. Ids are for programs; everything else is in words of
// Lang.
type Inside struct {
	Lang      string `json:"lang"`  // "zh" or "en"
	Phase     string `json:"phase"` // that of the JSON interface
	PhaseText string `json:"phase_text"`
	Turn      int    `json:"turn"` // of the merchant's
	// Causes are all of them with the unnamed one, likeliest first. They sum to 1.
	Causes []InsideCause `json:"causes"`
	// Path is what is known, oldest first. What was taken back is gone from it.
	Path []InsideStep `json:"path"`
	// Question is what the merchant is asked, Fix what they are to do; nil: nothing.
	Question *InsideQuestion `json:"question"`
	Fix      *InsideFix      `json:"fix"`
	// Others are what could be done instead, cheapest first.
	Others []InsideOther `json:"others"`
	// Handoff is why a person has the case; nil: none has.
	Handoff *InsideHandoff `json:"handoff"`
	// Notes are the limits that hold now, such as that no more questions are asked.
	Notes []string `json:"notes"`
	// Undo says that going back takes the newest steps away.
	Undo bool `json:"undo"`
}

// InsideCause is a cause as it is believed in.
type InsideCause struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	Group string `json:"group"` // in words; empty for the unnamed cause
	// P is its probability, Was what it was before the newest steps.
	P   float64 `json:"p"`
	Was float64 `json:"was"`
}

// InsideStep is one thing that became known.
type InsideStep struct {
	Kind StepKind `json:"kind"`
	Turn int      `json:"turn"`
	// Title is what it is about, such as the question, and Detail what was said.
	Title  string `json:"title"`
	Detail string `json:"detail"`
	// Read says that it was read from a text, Confirmed that it was asked twice.
	Read      bool `json:"read"`
	Confirmed bool `json:"confirmed"`
	// Newest says that it is of the newest turn that told something: that is what
	// going back takes away.
	Newest bool `json:"newest"`
	// Bits is how far it moved the belief (relative entropy); 0: not at all.
	Bits float64 `json:"bits"`
	// Movers are the causes that it moved most, the strongest first.
	Movers []InsideMover `json:"movers"`
}

// StepKind says what a step is.
type StepKind string

// The kinds of steps.
const (
	StepWords  StepKind = "words"  // a message that is like some articles
	StepAnswer StepKind = "answer" // an answer to a question
	StepUnsure StepKind = "unsure" // a question whose answer the merchant does not know
	StepAuto   StepKind = "auto"   // what needs no asking, such as the time of day
	StepFix    StepKind = "fix"    // what became of a fix
)

// InsideMover is a cause that a step moved.
type InsideMover struct {
	ID    string  `json:"id"`
	Title string  `json:"title"`
	Was   float64 `json:"was"`
	P     float64 `json:"p"`
	// Decibans is by how much its odds changed: 10·log10 of the ratio.
	Decibans float64 `json:"decibans"`
}

// InsideCost is an expected cost of the rest of a case.
type InsideCost struct {
	Units   float64 `json:"units"` // of 15 seconds of the merchant's time
	Seconds float64 `json:"seconds"`
	Text    string  `json:"text"` // in minutes and seconds
}

// InsideQuestion is what the merchant is asked.
type InsideQuestion struct {
	ID   string `json:"id"`
	Text string `json:"text"`
	// By is what it was chosen by, Because says so in a sentence.
	By      InsideBy `json:"by"`
	Because string   `json:"because"`
	// Why is what the answer is good for in general; Tells are the two likely
	// causes that it tells apart now, the likelier first; empty: none.
	Why     string       `json:"why"`
	Tells   []Likely     `json:"tells"`
	Savings *InsideSaves `json:"savings"`
	// Options are the possible answers, as they are shown.
	Options []InsideOption `json:"options"`
}

// InsideBy says by what an act was chosen.
type InsideBy string

// What acts are chosen by. Only ByCost compares costs.
const (
	ByCost    InsideBy = "cost"    // nothing else costs less
	ByMoney   InsideBy = "money"   // nobody shall pay twice
	ByWaiting InsideBy = "waiting" // a customer waits
	ByScreen  InsideBy = "screen"  // the screen shows something else now
	ByDoubt   InsideBy = "confirm" // the answer is surprising
	ByClash   InsideBy = "which"   // two answers contradict each other
	ByEarlier InsideBy = "earlier" // it was chosen before what is known now
)

// InsideSaves compares an act with going without it.
type InsideSaves struct {
	With    InsideCost `json:"with"`
	Without InsideCost `json:"without"` // the best that can be done else
	// Unasked is the cost if nothing at all is asked any more.
	Unasked InsideCost `json:"unasked"`
}

// InsideOption is a possible answer, and what would follow from it.
type InsideOption struct {
	ID    string `json:"id"`
	Label string `json:"label"`
	// P is how likely this is the answer; 0: nobody reckons that.
	P float64 `json:"p"`
	// After are the probabilities of the causes after it, in the order of Causes,
	// and Top is what would be likeliest then.
	After []float64 `json:"after"`
	Top   Likely    `json:"top"`
	Then  string    `json:"then"` // what the bot would do next
}

// InsideFix is what the merchant is to do.
type InsideFix struct {
	ID      string         `json:"id"`
	Title   string         `json:"title"`
	By      InsideBy       `json:"by"`
	Because string         `json:"because"`
	Works   float64        `json:"works"`  // how likely it helps
	Effort  InsideCost     `json:"effort"` // of doing it once
	Repeats bool           `json:"repeats_payment"`
	Savings *InsideSaves   `json:"savings"`
	Options []InsideOption `json:"options"`
}

// InsideOther is something that could be done instead.
type InsideOther struct {
	Kind  OtherKind `json:"kind"`
	ID    string    `json:"id"` // empty: a person without a diagnosis
	Title string    `json:"title"`
	// Cost is that of the rest of the case with it, Dearer what that is more than
	// with what was chosen.
	Cost   InsideCost `json:"cost"`
	Dearer InsideCost `json:"dearer"`
	Works  float64    `json:"works"` // of a fix: how likely it helps
	Reason string     `json:"reason"`
}

// OtherKind says what could be done instead.
type OtherKind string

// What could be done.
const (
	OtherQuestion OtherKind = "question"
	OtherFix      OtherKind = "fix"
	OtherPerson   OtherKind = "person"
)

// InsideHandoff is why a person has a case.
type InsideHandoff struct {
	Reason string `json:"reason"` // that of the JSON interface
	Text   string `json:"text"`
	Fix    string `json:"fix"` // what they should do, in words; empty: not known
	Urgent bool   `json:"urgent"`
}
