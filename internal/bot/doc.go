// Package bot is the runtime: it takes messages in, lets the dialog manager
// answer them, commits the answer, and delivers it, on as many processes as one
// likes.
//
//	adapter ── chat.Message ─▶ Accept: mask, commit into the inbox   intake.go
//	                             │   (a tap is answered in the same commit)
//	             a pause later   ▼
//	                           search, dialog.Step, commit            advance.go
//	                             │   state, posts and the lease of their lane
//	                             ▼
//	platform ◀── one post ──── deliver, commit what became of it      deliver.go
//
// Everything about a conversation is one value (conversation.go), and every
// change of it is one compare-and-set (commit.go, turn.go): what was heard, the
// state, the posts of both sides (lane.go), who delivers until when. If another
// process was faster the change is made again on the value that it left: Step is
// pure. So a process may end at any moment; what is due is in the store's agenda,
// and any other process does it (run.go).
//
// Save first, speak second: a message is accepted when Accept returns nil, and
// then it is in the store; the platform is told only then. A post that was sent
// and not recorded, because the process ended in between, is sent again. One
// whose outcome a living process does not know is not: it is recorded as
// uncertain, and the dialog asks again if no answer comes.
//
// What the platforms call posts that may change is kept (sent.go): so edits,
// deletions and settled options follow on every process. The desk is the other side of
// the same conversation: its cards open rooms that lead back here by a link, and what
// agents do there (desk.go) is a turn like any other. A group that moved is found by a
// link, too (moved.go). Who wants to be forgotten is (forget.go).
//
// If the store loses its newest writes, every process puts back what it knows
// before it takes new messages in (heal.go). The simulation in the tests runs all
// of this through kills, lost replies and losses, in an order that a seed
// decides.
//
// This package knows no platform and no text for people.
package bot
