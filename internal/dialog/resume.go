package dialog

import (
	"strings"
	"time"
)

// How long the bot waits for a silent merchant before its one nudge, how long a
// pause is before a returning merchant gets a recap, and how long a closed case
// can be taken up again.
const (
	nudgeAfter = 10 * time.Minute
	pauseLong  = 30 * time.Minute
	restAfter  = 24 * time.Hour
)

// schedule sets when the bot wants to be woken.
func (t *turn) schedule() {
	t.s.Wake = time.Time{}
	if !t.openCase() {
		t.s.Wake = t.e.At.Add(restAfter)
		return
	}
	if t.s.Phase == HandedOver {
		t.watch()
	}
	if t.s.Pending.Kind != "" && !t.s.Pending.Nudged {
		wait := nudgeAfter
		if f := t.base.Fix(t.s.Pending.Fix); f != nil {
			wait += time.Duration(f.Effort*15) * time.Second
		}
		t.s.Wake = t.e.At.Add(wait)
	}
}

// wake gives the one nudge to a merchant who has gone silent; the case stays. A
// closed one is laid to rest.
func (t *turn) wake() {
	if t.s.Wake.IsZero() || t.e.At.Before(t.s.Wake) {
		return
	}
	t.s.Wake = time.Time{}
	if !t.openCase() {
		t.rest()
		return
	}
	if t.s.Phase == HandedOver {
		t.look()
		return
	}
	t.expire()
	if t.s.Pending.Kind == ForForget { // nobody is asked that twice
		t.s.Pending = Pending{}
	}
	if t.s.Pending.Kind == "" || t.s.Pending.Nudged {
		return
	}
	if t.s.Pending.Unsure {
		t.say(t.text(textSentAgain))
	} else {
		t.say(t.text(textNudge))
	}
	t.reshow()
	t.s.Pending.Nudged = t.s.Pending.Kind != ""
}

// restRecent is how many messages a conversation at rest still knows again.
const restRecent = 8

// rest forgets the words and the evidence of a case that was closed long ago, and
// what the next message says again. Lessons keep the day.
func (t *turn) rest() {
	t.clearCase()
	t.s.Seen, t.s.Began, t.s.Marks, t.s.Merchant = time.Time{}, 0, nil, ""
	t.s.Recent = newest(t.s.Recent, restRecent)
	for i := range t.s.Lessons {
		t.s.Lessons[i].At = t.s.Lessons[i].At.Truncate(24 * time.Hour)
	}
}

// resume forgets what has gone stale and, after a long pause, prepares to say
// where things stood.
func (t *turn) resume() {
	if t.s.Seen.IsZero() || !t.openCase() || t.s.Phase == HandedOver {
		return
	}
	t.expire()
	if t.e.At.Sub(t.s.Seen) < pauseLong {
		return
	}
	if known := t.knownLabels(); len(known) > 0 {
		t.recap = fill(t.text(textRecap), strings.Join(known, t.text(textSeparator)))
	} else {
		t.recap = t.text(textWelcomeBack)
	}
}

// expire takes back answers that time has overtaken.
func (t *turn) expire() {
	t.void(func(e Entry) bool {
		q := t.base.Question(e.Question)
		return (e.What == Answer || e.What == Unsure) && q != nil && q.Expires > 0 && t.e.At.Sub(e.At) > q.Expires
	})
}

// knownLabels lists the answers that count, in words; the charge apart, which is
// always told by itself.
func (t *turn) knownLabels() []string {
	var out []string
	for _, e := range t.s.Facts() {
		if label := t.label(e); label != "" && e.Source != FromAuto && e.Question != t.safety().ID {
			out = append(out, label)
		}
	}
	return out
}

// reshow posts what is pending once more, with its options.
func (t *turn) reshow() {
	p := t.s.Pending
	switch p.Kind {
	case ForAnswer:
		t.ask(t.base.Question(p.Question))
	case ForConfirm:
		t.askConfirm()
	case ForWhich:
		t.askWhich()
	case ForResult:
		t.reshowFix()
	case ForPerson:
		t.offerPerson("")
	case ForForget:
		t.askForget()
	default:
		t.flush()
	}
}
