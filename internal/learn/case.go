package learn

// Case is a closed case whose cause was confirmed.
type Case struct {
	Cause string `json:"cause"`
	// Answers are what the merchant answered. If a question stands there twice,
	// its last answer counts.
	Answers []Answer `json:"answers,omitempty"`
	// Fixes are what was done. Nothing is learned from them: often the very fix
	// that worked confirmed the cause, so that they would flatter every fix.
	Fixes []Tried `json:"fixes,omitempty"`
}

// Answer is one answer to a question.
type Answer struct {
	Question string `json:"question"`
	Option   string `json:"option"`
}

// Tried is a fix that was done, and whether it helped.
type Tried struct {
	Fix    string `json:"fix"`
	Worked bool   `json:"worked"`
}
