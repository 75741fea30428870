// Package dialog is the dialog manager: it decides what the bot says. Its heart
// is one pure function,
//
//	state, posts := manager.Step(state, event)
//
// which takes a conversation's state and something that happened, and gives the
// new state and the posts to send. It reaches no network, no disk, no clock and
// no randomness: time, search results and ids are in the event, so that the
// same input gives the same output and a conflict in the store is solved by
// calling Step again.
//
// # The way of a message
//
// The runtime (package bot) masks a message, searches the index for it and
// calls Step with an Event that holds both. Step then
//
//  1. drops messages that it has seen before (repeats.go),
//  2. forgets what has gone stale and greets a returning merchant (resume.go),
//  3. takes everything from the message: a command (command.go), a tapped
//     option (choice.go), or a text with its facts, fixes already tried and
//     wishes (said.go, facts.go),
//  4. writes it into the case's log of evidence (state.go), where corrections
//     replace and /back takes away, and
//  5. decides what comes next from the belief that the whole log gives
//     (next.go): a question (ask.go), a fix with its check (fix.go), or a
//     person (handoff.go, card.go).
//
// When a case ends for the bot, a short record of it (record.go) stays for counting.
// A file (media.go) is kept for the person who may take over. While a person has the
// case everything goes to the desk (passon.go), what agents do there comes in as acts
// (desk.go, deskend.go), and time reminds them (remind.go). Settled (settled.go) says
// afterwards which options no longer count.
//
// Inside (inside.go) shows what is believed (insidepath.go says what moved it), why
// this was asked or tried and what was not (insideact.go), and what each answer would
// lead to (insideif.go).
//
// The caller commits state and posts together, then delivers. State.Wake says
// when to call Step again with a wake-up event (resume.go).
//
// # Money
//
// No post asks a customer to pay again unless the merchant has said that the
// last attempt was not debited; see money.go. Each further
// attempt makes the answer unknown again.
package dialog
