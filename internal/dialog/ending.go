package dialog

// Ending is how a case ended for the bot: closed, or handed to a person.
type Ending struct {
	// Reason is why a person took over; empty: the case was closed.
	Reason Reason
	// Cause is the confirmed one, or the likeliest at a handoff with a
	// diagnosis; empty if there is none.
	Cause     string
	Questions int // asked by then
}

// Ended says whether a case ended between two states of a conversation, and how.
func Ended(before, after State) (Ending, bool) {
	e := Ending{Questions: after.count(Asked, nil)}
	switch {
	case after.Handoff != nil && before.Handoff == nil:
		e.Reason = after.Handoff.Reason
		if after.Handoff.Fix != "" && len(after.Handoff.Top) > 0 {
			e.Cause = after.Handoff.Top[0].Cause
		}
		return e, true
	case after.Phase == Closed && before.Phase != Closed:
		if n := len(after.Lessons); n > 0 && after.Lessons[n-1].Case == max(1, after.Cases) {
			e.Cause = after.Lessons[n-1].Cause
		}
		return e, true
	}
	return Ending{}, false
}
