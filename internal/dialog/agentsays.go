package dialog

import (
	"slices"
	"time"

	"github.com/s4bot/s4bot/internal/chat"
)

// Line is something that an agent wrote where the case is talked about.
type Line struct {
	Msg   string    `json:"msg"`
	Agent string    `json:"agent"`
	At    time.Time `json:"at,omitzero"` // zero: the platform does not tell
	// Passed says that it went to the merchant, Signed that it did with the agent's
	// name. What has not passed stays inside for ever.
	Passed bool `json:"passed,omitempty"`
	Signed bool `json:"signed,omitempty"`
	// Again is the message that it says once more.
	Again string `json:"again,omitempty"`
}

// written is when the line was written; zero: nobody knows, or it was tapped.
func (l Line) written() time.Time {
	if l.Again != "" {
		return time.Time{}
	}
	return l.At
}

// Guest is a colleague who may write to the merchant since they were called.
type Guest struct {
	chat.Agent
	Since time.Time `json:"since,omitzero"`
}

// SaidBy is a message and who wrote it.
type SaidBy struct {
	Msg   string `json:"msg"`
	Agent string `json:"agent"`
}

// agentSays passes on what the agent who has the case wrote. What others write,
// and what begins with //, stays at the desk.
func (t *turn) agentSays(a chat.Act) {
	_, inside := chat.Aside(a.Text)
	if a.Change != "" {
		t.changeSaid(a, inside)
		return
	}
	if t.s.read(a) || t.s.twice(a) {
		return
	}
	if t.has(a.Agent) && !t.early(a) {
		t.invite(a)
	}
	l := Line{Msg: a.ID, Agent: a.Agent.ID, At: a.At, Again: a.Again, Signed: t.signs(a)}
	l.Passed = !inside && (a.Text != "" || len(a.Files) > 0) && t.mineToSay(a)
	t.s.Lines = append(t.s.Lines, l)
	if l.Passed {
		t.passSaid(a, l)
	}
}

// passSaid sends the merchant what an agent wrote.
func (t *turn) passSaid(a chat.Act, l Line) {
	t.handoff().Quiet = false
	t.s.hearAgent(a)
	if t.desk.Silence > 0 {
		t.s.Wake = t.e.At.Add(t.desk.Silence)
	}
	t.send(chat.Post{To: chat.ToMerchant, Kind: chat.Info, Text: t.signed(a, l), Files: a.Files, ReplyTo: a.ReplyTo, Of: a.ID})
}

// line gives what is known of a message of an agent's, or nil.
func (s *State) line(msg string) *Line {
	if i := slices.IndexFunc(s.Lines, func(l Line) bool { return l.Msg == msg }); i >= 0 {
		return &s.Lines[i]
	}
	return nil
}

// read says whether an agent's message was heard before: what became of it then
// stays. Of one as old as what is forgotten this is taken for granted, for words that
// were meant for inside must never go out later.
func (s *State) read(a chat.Act) bool {
	return s.line(a.ID) != nil || a.Again == "" && !a.At.IsZero() && !a.At.After(s.Read)
}

// onePress is how long two taps that say something again are one: nobody has seen by
// then what became of the first.
const onePress = 10 * time.Second

// twice says whether something was said again just before.
func (s *State) twice(a chat.Act) bool {
	return a.Again != "" && !a.At.IsZero() && slices.ContainsFunc(s.Lines, func(l Line) bool {
		return l.Again == a.Again && a.At.Sub(l.At).Abs() < onePress
	})
}

// boundLines forgets the oldest lines, but not when they were written.
func (s *State) boundLines() {
	for len(s.Lines) > maxLines {
		if at := s.Lines[0].written(); at.After(s.Read) {
			s.Read = at
		}
		s.Lines = slices.Delete(s.Lines, 0, 1)
	}
}

// newestLine is when the newest line was written that is known; zero: there is none, or
// the platform does not tell. Lines are only held against lines: the clocks of taps and
// of our own may be others.
func (s *State) newestLine() time.Time {
	newest := s.Read
	for _, l := range s.Lines {
		if at := l.written(); at.After(newest) {
			newest = at
		}
	}
	return newest
}

// early says whether somebody with a part in the case wrote something before they had
// it.
func (t *turn) early(a chat.Act) bool {
	if a.At.IsZero() {
		return false
	}
	h := t.s.Handoff
	if !t.has(a.Agent) {
		i := slices.IndexFunc(h.Guests, func(g Guest) bool { return g.ID == a.Agent.ID })
		return i >= 0 && a.At.Before(h.Guests[i].Since)
	}
	return !a.At.After(h.After)
}

// guestsMost bounds how many guests a case has.
const guestsMost = 10

// invite lets colleagues whom the agent calls write to the merchant, and tells them.
func (t *turn) invite(call chat.Act) {
	for _, a := range call.Mentions {
		if t.has(a) || t.guest(a) || a.ID == "" || len(t.s.Handoff.Guests) >= guestsMost {
			continue
		}
		h := t.handoff()
		h.Guests = append(h.Guests, Guest{a, call.At})
		t.tell(a, textDeskGuest, h.Agent.Name)
	}
}

// guest says whether somebody was called to the case.
func (t *turn) guest(a chat.Agent) bool {
	return t.s.Phase == HandedOver && slices.ContainsFunc(t.s.Handoff.Guests, func(g Guest) bool { return g.ID == a.ID })
}

// signs says whether the merchant reads an agent's name before the words: a guest's.
func (t *turn) signs(a chat.Act) bool { return !t.has(a.Agent) && t.guest(a.Agent) }

// signed is what an agent wrote as the merchant reads it.
func (t *turn) signed(a chat.Act, l Line) string {
	if !l.Signed || a.Agent.Name == "" || a.Text == "" {
		return a.Text
	}
	return fill(t.text(textDeskSender), a.Agent.Name) + a.Text
}

// hearAgent keeps what an agent wrote among the words of the case, for a desk that
// must be built anew.
func (s *State) hearAgent(a chat.Act) {
	if a.Text == "" {
		return
	}
	s.Words = append(s.Words, Said{Msg: a.ID, Text: firstOf(a.Text), Agent: a.Agent.Name, Passed: true})
}

// changeSaid changes what was passed on, also when the case is over. What becomes a
// word for inside is taken back. Whether a line that is forgotten was passed on nobody
// knows, so the agent is told that the change was not.
func (t *turn) changeSaid(a chat.Act, inside bool) {
	if inside {
		a.Change, a.Text = chat.Delete, ""
	}
	l := t.lineOf(a)
	switch {
	case l == nil && a.Change == chat.Delete:
		t.tell(a.Agent, textDeskOldDeleted)
	case l == nil:
		t.tell(a.Agent, textDeskOldEdited)
	case l.Passed && l.Agent == a.Agent.ID:
		t.send(chat.Post{To: chat.ToMerchant, Kind: chat.Info, Text: t.signed(a, *l), Of: a.ID, Change: a.Change})
	}
}

// lineOf gives the line that a change is about; nil: it is forgotten.
func (t *turn) lineOf(a chat.Act) *Line {
	h := t.s.Handoff
	if h != nil && slices.Contains(h.Said, SaidBy{a.ID, a.Agent.ID}) {
		return &Line{Msg: a.ID, Agent: a.Agent.ID, Passed: true, Signed: t.signs(a)}
	}
	return t.s.line(a.ID)
}

// mineToSay says whether an agent's words go to the merchant, and tells the agent
// if not.
func (t *turn) mineToSay(a chat.Act) bool {
	switch {
	case (t.has(a.Agent) || t.guest(a.Agent)) && t.early(a):
		t.tell(a.Agent, textDeskEarlier)
	case t.has(a.Agent), t.guest(a.Agent):
		return true
	case !t.openCase():
		t.tell(a.Agent, textDeskOver)
	case t.s.Phase != HandedOver || t.free():
		t.tell(a.Agent, textDeskClaimFirst)
	default:
		t.tell(a.Agent, textDeskInside, t.s.Handoff.Agent.Name)
	}
	return false
}
