// Package bot is the runtime: it takes messages in, lets the dialog manager
// answer them, commits the answer, and delivers it.
//
// A turn goes like this (Bot.Handle):
//
//	adapter ── chat.Message ──▶ mask ──▶ load the conversation ──▶ search
//	   ▲                                                              │
//	   │                                                        dialog.Step
//	   │                                                              │
//	   └── posts ◀── deliver ◀── commit state and posts, one compare-and-set
//
// Save first, speak second: a message is accepted when Handle returns nil, and
// then its state and its posts are in the store. If another process changed the
// conversation meanwhile the turn is simply computed again on the new state:
// Step is pure. Posts are removed from the outbox once they are delivered; what
// could not be delivered stays and is due again (Bot.Tick).
//
// This package knows no platform and no text for people.
package bot
