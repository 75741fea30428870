// Package slacktest is a Slack server for tests, strict where Slack is, over real
// HTTP and WebSockets: threads, edits, tombstones and metadata; Block Kit with its
// limits; views and the triggers that open them; files in three steps; events through
// Socket Mode or HTTP, sent again until they are acknowledged. It goes further in
// three things: parameters and fields that Slack does not publish are errors, texts
// are counted in UTF-16 units, and the order of events is kept while the bot
// acknowledges them in time.
//
//	s := slacktest.Start(t)
//	s.AddChannel("C0DESK", "desk")
//	ann := s.Join("U0ANN", "Ann")
//	// … start the bot at s.APIBase with BotToken and AppToken …
//	ts := ann.Mentions("C0DESK", "", "what does E05 mean?")
//	s.Settled(time.Second)                 // the bot acknowledged everything
//	s.Channel("C0DESK").Thread(ts)         // what it answered
//
// Persons are played by Says, Edits, Taps, Submits, Command and the like. What they
// set off is a Delivery, whose Wait tells what the bot answered. Channel, Ephemerals,
// View, Calls and Complaints tell what the bot did. SetFault makes calls go wrong,
// CutSockets and its kin the sockets; InjectEvent, InjectCallback, InjectEnvelope and
// Again send what should not come. The bot's own posts come back to it as events, its
// files without a bot_id.
//
// What it does not play: limits of speed (they are faults that a test injects),
// scopes, several workspaces and Enterprise Grid, attachments, markdown_text, scheduled
// and streamed messages, events of reactions, files and members, the time that Slack
// takes to share a file, the message that vanishes with its last file, app tokens that
// run out, and what is inside rich text. Emojis of any name exist. An event that was
// not acknowledged is sent again right away, where Slack waits minutes.
package slacktest
