package dialog

import (
	"math"
	"slices"
	"time"

	"github.com/s4bot/s4bot/internal/diagnosis"
	"github.com/s4bot/s4bot/internal/kb"
)

// Record is what is kept of a case that has ended for the bot, for counting. It
// holds ids, numbers and times: no words of the merchant's and no names of people.
// It outlives its case, and goes with the conversation. The keys are short because
// every conversation holds some.
type Record struct {
	Case int `json:"n"` // the conversation's cases are counted from 1
	// Began is when the case began, Handed when a person got it, and Ended when it
	// was over; 0: not, or not yet.
	Began  Moment  `json:"b,omitempty"`
	Handed Moment  `json:"h,omitempty"`
	Ended  Moment  `json:"e,omitempty"`
	Lang   kb.Lang `json:"l,omitempty"`
	End    End     `json:"o,omitempty"`
	Reason Reason  `json:"r,omitempty"` // why a person got it; "" if none did
	// Predicted is the leading cause when the case ended for the bot, and P the
	// belief in it; "" if none was worth naming.
	Predicted string  `json:"p,omitempty"`
	P         float64 `json:"q,omitempty"`
	Confirmed string  `json:"c,omitempty"`
	// Questions are those that the bot asked, in order.
	Questions []Worth  `json:"a,omitempty"`
	Fixes     int      `json:"f,omitempty"` // proposed
	Fix       string   `json:"w,omitempty"` // that worked
	Names     []string `json:"i,omitempty"` // ids of the institutions that were named
}

// Worth is a question that was asked, and what its answer was worth.
type Worth struct {
	Question string  `json:"q"`
	Bits     float64 `json:"b,omitempty"` // how far the answer moved the belief
	Changed  bool    `json:"c,omitempty"` // another cause led afterwards
	Unsure   bool    `json:"u,omitempty"` // the merchant did not know
	Open     bool    `json:"o,omitempty"` // no answer came
}

// End is how a case ended. The values are part of the stored form.
type End string

// The endings.
const (
	StillOpen End = ""
	Solved    End = "solved"   // it works again, says the merchant
	LetBe     End = "let_be"   // the merchant let it be
	ToPerson  End = "handed"   // a person has it
	ByAgent   End = "by_agent" // an agent closed it
	Anew      End = "anew"     // the merchant began anew
)

// Moment is a time in seconds since 1970; 0 is none.
type Moment int64

func momentOf(t time.Time) Moment {
	if t.IsZero() {
		return 0
	}
	return Moment(t.Unix())
}

// Time gives the moment as a time; the zero time if it is none.
func (m Moment) Time() time.Time {
	if m == 0 {
		return time.Time{}
	}
	return time.Unix(int64(m), 0).UTC()
}

const (
	maxRecords = 20
	maxNamed   = 6 // institutions of one case that are kept
)

// keepRecord keeps how the current case ended. What the bot thought stays as it was
// when a person got the case.
func (t *turn) keepRecord(end End) {
	r, at := t.Manager.record(t.s), momentOf(t.e.At)
	if have := t.s.recordAt(); have >= 0 {
		old := t.s.Records[have]
		old.Names, old.Fix = r.Names, r.Fix
		r = old
	}
	r.End, r.Lang, r.Confirmed = end, t.s.Lang, t.s.confirmed()
	if end == ToPerson {
		r.Reason, r.Handed = t.s.Handoff.Reason, at
	} else {
		r.Ended = at
	}
	t.unrecord()
	t.s.Records = append(t.s.Records, r)
}

// unrecord forgets how the current case ended: it is open again.
func (t *turn) unrecord() {
	if i := t.s.recordAt(); i >= 0 {
		t.s.Records = slices.Delete(t.s.Records, i, i+1)
	}
}

// recordAt gives the place of the current case's record, or -1.
func (s *State) recordAt() int {
	return slices.IndexFunc(s.Records, func(r Record) bool { return r.Case == max(1, s.Cases) })
}

// confirmed gives the confirmed cause of the current case, or "".
func (s *State) confirmed() string {
	for _, l := range s.Lessons {
		if l.Case == max(1, s.Cases) {
			return l.Cause
		}
	}
	return ""
}

// OpenCase gives the record, as it stands, of a case that the bot has; ok is false
// if it has none.
func (m *Manager) OpenCase(s State) (r Record, ok bool) {
	switch s.Phase {
	case "", Idle, Closed, HandedOver:
		return Record{}, false
	}
	return m.record(s), true
}

// record reads off the log what is to be known of a case so far.
func (m *Manager) record(s State) Record {
	r := Record{
		Case: max(1, s.Cases), Began: s.began(), Lang: s.Lang, Names: slices.Clone(s.Named),
		Questions: m.worths(s),
	}
	if best := m.model.Ranked(m.model.Belief(s.evidence()))[0]; best.P >= worthTelling {
		r.Predicted, r.P = best.Cause, rounded(best.P, 3)
	}
	proposed := map[string]bool{}
	for _, e := range s.Log {
		switch {
		case e.Void != 0:
		case e.What == Proposed:
			proposed[e.Fix] = true
		case e.What == Reported && e.Result == Works:
			r.Fix = e.Fix
		}
	}
	r.Fixes = len(proposed)
	return r
}

// began gives when the case began. A state that was written before that was kept
// has its first line of evidence.
func (s *State) began() Moment {
	switch {
	case s.Opened != 0:
		return s.Opened
	case len(s.Log) > 0:
		return momentOf(s.Log[0].At)
	}
	return momentOf(s.Seen)
}

// worths gives the questions that were asked, with how far each answer moved the
// belief in the order of the log.
func (m *Manager) worths(s State) []Worth {
	var out []Worth
	place := map[string]int{}
	belief, reopened := m.model.Prior(), s.reopened()
	for i, e := range s.Log {
		if e.Void != 0 {
			continue
		}
		before := belief
		if evidence, ok := e.evidence(i < reopened); ok {
			belief = m.model.Update(before, evidence)
		}
		at, asked := place[e.Question]
		switch {
		case e.What == Asked && !asked:
			place[e.Question] = len(out)
			out = append(out, Worth{Question: e.Question, Open: true})
		case e.What == Answer && asked:
			out[at] = Worth{Question: e.Question, Bits: rounded(diagnosis.Bits(before, belief), 2), Changed: m.leading(before) != m.leading(belief)}
		case e.What == Unsure && asked:
			out[at] = Worth{Question: e.Question, Unsure: true}
		}
	}
	return out
}

func (m *Manager) leading(b diagnosis.Belief) string { return m.model.Ranked(b)[0].Cause }

func rounded(x float64, digits int) float64 {
	scale := math.Pow10(digits)
	return math.Round(x*scale) / scale
}

// name notes the institutions that a message of the open case names.
func (t *turn) name(ids []string) {
	if !t.openCase() {
		return
	}
	for _, id := range ids {
		if len(t.s.Named) < maxNamed && !slices.Contains(t.s.Named, id) {
			t.s.Named = append(slices.Clip(t.s.Named), id)
		}
	}
	if i := t.s.recordAt(); i >= 0 {
		t.s.Records[i].Names = slices.Clone(t.s.Named)
	}
}
