package chat

// Advice is what the knowledge says to a colleague who asks about a problem in
// their own words, without a merchant in between.
type Advice struct {
	Text string // what was asked, masked
	// Causes are the likeliest, best first; empty: nothing matches.
	Causes []AdviceCause
	// Article is another one that answers better than any cause: a how-to, or
	// something outside; empty: none.
	Article string
	// Question would tell most; nil: none would. Known are the answers so far, in
	// words.
	Question *AdviceQuestion
	Known    []string
	Lang     string // "zh" or "en", of the texts
}

// AdviceCause is a cause with its reasons and its cure.
type AdviceCause struct {
	Likely
	Why      []string // what speaks for it and against it, in words
	Explain  string
	FixTitle string
	FixText  string // the steps, to copy
	AskFirst bool   // the charge must be known before the fix, for it repeats the payment
}

// AdviceQuestion is a follow-up question.
type AdviceQuestion struct {
	ID      string
	Text    string
	Options []Option
}

// Answered is an answer to a follow-up question.
type Answered struct {
	Question string `json:"q"`
	Option   string `json:"o"`
}
