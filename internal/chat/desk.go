package chat

import "time"

// Agent is a person at the desk. ID is the platform's, Name what people call them.
type Agent struct {
	ID   string `json:"id,omitempty"`
	Name string `json:"name,omitempty"`
}

// ActKind says what an agent did.
type ActKind string

// What agents do with a case.
const (
	Say      ActKind = "say"       // wrote in its thread, or changed what they wrote
	Claim    ActKind = "claim"     // took it
	Release  ActKind = "release"   // gave it up, for another agent to take
	GiveBack ActKind = "give_back" // gave the merchant back to the bot
	Suggest  ActKind = "suggest"   // sent the merchant the suggested fix
	Close    ActKind = "close"     // closed it
	Lose     ActKind = "lose"      // deleted its card
)

// Act is something that an agent did with a case at the desk.
type Act struct {
	// ID is the platform's id of the message or of the tap; an act that arrives
	// twice has the same, and a change of a message that of the message.
	ID    string
	Kind  ActKind
	Agent Agent
	// Mentions are the colleagues whom the text calls.
	Mentions []Agent
	// What was said. ReplyTo is the id of the merchant's message that it answers.
	Text    string
	Files   []File
	ReplyTo string
	Change  Change
	// Again is the id of the message that is said once more, as a new one.
	Again string
	// At is when it was done, by the clock of the platform; zero: that does not
	// tell. A change needs it: a text may change back.
	At time.Time
	// Fix is the one to send (Suggest). Cause is the confirmed one (Close): the id
	// of an article, or "" if it is none of them; Note says more.
	Fix   string
	Cause string
	Note  string
}

// Mark says what became of something that an agent wrote for the merchant.
type Mark string

// The marks.
const (
	Delivered Mark = "delivered"
	Failed    Mark = "failed"
	Uncertain Mark = "uncertain" // the agent may send it again
)

// Card is a case as the desk sees it: what a Post's Text says, in parts.
type Card struct {
	Title  string `json:"title"`
	Urgent bool   `json:"urgent,omitempty"`
	// Rows are what is known, most important first.
	Rows []Row `json:"rows,omitempty"`
	// Top are the likeliest causes, best first.
	Top []Likely `json:"top,omitempty"`
	// Agent has the case; the zero Agent: nobody does.
	Agent Agent `json:"agent,omitzero"`
	// Bot says that the case was given back and the bot goes on with it.
	Bot bool `json:"bot,omitempty"`
	// Over says how the case ended, in words; empty: it is open.
	Over string `json:"over,omitempty"`
	// Fix is the one to suggest to the merchant, FixTitle its name and FixText what
	// the merchant would read; empty: there is none.
	Fix      string `json:"fix,omitempty"`
	FixTitle string `json:"fix_title,omitempty"`
	FixText  string `json:"fix_text,omitempty"`
	// Lang is the desk's language for buttons: "zh" or "en".
	Lang string `json:"lang,omitempty"`
}

// Row is a line of a card.
type Row struct {
	Label string   `json:"label,omitempty"`
	Parts []string `json:"parts"`
}

// Likely is a cause with its probability.
type Likely struct {
	Cause string  `json:"cause"`
	Title string  `json:"title"`
	P     float64 `json:"p"`
}
