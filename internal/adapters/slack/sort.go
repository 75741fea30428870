package slack

import (
	"encoding/json"

	slackgo "github.com/slack-go/slack"
)

// sort takes one envelope in. ack acknowledges it and may be called at any time
// later. What can't be read is acknowledged and counted; of what is unknown Slack is
// told that it came.
//
// Order: this runs on the connection's reader, so whatever must keep its place in a
// thread takes it before this returns.
func (a *Adapter) sort(run *errands, e envelope, ack func()) {
	if e.broken {
		a.quarantine("envelope", e.id)
		ack()
		return
	}
	switch e.kind {
	case "events_api":
		a.sortEvent(run, e, ack)
	case "interactive":
		a.sortInteraction(run, e, ack)
	case "slash_commands":
		a.sortCommand(run, e, ack)
	default:
		ack()
	}
}

// sortEvent takes an event in. It is acknowledged once it is accepted, and also when
// the desk is slow, so that Slack never waits longer than it will: the event then
// stays in memory, at its place in the thread, and is handed over until it is
// accepted. If the program ends before that, catching up finds the message in the
// thread. If too much waits the event is not acknowledged, and Slack sends it again.
func (a *Adapter) sortEvent(run *errands, e envelope, ack func()) {
	var c callback
	if err := json.Unmarshal(e.payload, &c); err != nil {
		a.quarantine(e.kind, e.id)
		ack()
		return
	}
	n, ok := a.decode(&c)
	if !ok {
		ack()
		return
	}
	n.keys = append(n.keys, "envelope "+e.id)
	if !a.persist(run, n, ack) {
		a.log.Warn("too many events from Slack wait; one is left for Slack to send again", "envelope", shorten(e.id, 64))
	}
}

func (a *Adapter) sortInteraction(run *errands, e envelope, ack func()) {
	var i slackgo.InteractionCallback
	if err := json.Unmarshal(e.payload, &i); err != nil {
		a.quarantine(e.kind, e.id)
		ack()
		return
	}
	if a.in.known([]string{"envelope " + e.id}) || a.interact(run, &i) {
		a.in.handled([]string{"envelope " + e.id})
		ack()
	}
}

func (a *Adapter) sortCommand(run *errands, e envelope, ack func()) {
	var c slackgo.SlashCommand
	if err := json.Unmarshal(e.payload, &c); err != nil {
		a.quarantine(e.kind, e.id)
		ack()
		return
	}
	if a.in.known([]string{"envelope " + e.id}) || a.command(run, &c) {
		a.in.handled([]string{"envelope " + e.id})
		ack()
	}
}
