package dialog

import (
	"cmp"
	"time"

	"github.com/s4bot/s4bot/internal/chat"
)

// agentSaid passes on what an agent wrote. From the first word on the case is
// the agent's, and the bot is silent.
func (t *turn) agentSaid(a AgentSaid) {
	trace := chat.Message{ID: "agent " + a.ID, Text: a.Text, Edited: a.Change == chat.Edit}
	if a.Change == chat.Delete {
		trace.ID += " deleted"
	}
	if t.s.Knows(trace) {
		return
	}
	t.seen(trace)
	if a.Change == "" {
		t.giveFloor(a)
	}
	t.send(chat.Post{To: chat.ToMerchant, Kind: chat.Info, Text: a.Text, Files: a.Files, ReplyTo: a.ReplyTo, Of: a.ID, Change: a.Change})
}

// giveFloor makes the case the agent's with the first word, and tells the
// merchant once who is writing now.
func (t *turn) giveFloor(a AgentSaid) {
	switch {
	case t.s.Phase == HandedOver && t.s.Handoff.Spoken:
		return
	case !t.openCase(): // a word after the case
		return
	case t.s.Phase != HandedOver:
		t.release()
		ranked := t.model.Ranked(t.belief())
		t.s.Handoff, t.s.Phase = &Handoff{Reason: AgentCame, Top: ranked[:min(3, len(ranked))]}, HandedOver
	}
	t.s.Pending, t.s.Wake = Pending{}, time.Time{}
	h := *t.s.Handoff // shared with the state before
	h.Spoken = true
	t.s.Handoff = &h
	t.post(chat.Info, fill(t.text(textAgentHere), cmp.Or(a.Agent, t.text(textColleague))))
}
