package dialog

import (
	"slices"
	"strconv"
	"strings"

	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/kb"
)

// propose posts a fix and asks for its result. A fix that repeats the payment
// waits until it is known that nothing was debited.
func (t *turn) propose(f *kb.Fix) {
	if !t.mayPay(f) {
		switch {
		case t.wants.wayRound:
			t.say(t.text(textThenTell))
		case t.s.count(Reported, func(e Entry) bool { return e.Result != Before && e.Result != Skipped }) > 0:
			t.say(t.text(textMoneyAgain))
		default:
			t.say(t.text(textMoneyFirst))
		}
		t.ask(t.safety())
		return
	}
	belief := t.belief()
	best := t.model.Ranked(belief)[0]
	t.post(chat.Fix, t.fixText(f, best.Cause, best.P))
	t.emphasise(fill(t.text(textDoThis), t.text(f.Title)))
	t.record(Entry{What: Proposed, Fix: f.ID, Sure: best.P >= sureAt})
	t.s.Pending = Pending{Kind: ForResult, Fix: f.ID}
	t.askResult()
}

// namedAt is the belief from which a cause is named beside the fix.
const namedAt = .45

func (t *turn) fixText(f *kb.Fix, cause string, p float64) string {
	lines := []string{}
	if c := t.base.Cause(cause); c != nil && p >= namedAt && cures(c, f) {
		lines = append(lines, fill(t.text(textLikely), t.text(c.Title))+t.text(c.Explain))
	}
	lines = append(lines, fill(t.text(textDoThis), t.text(f.Title)), numbered(f.Steps.In(t.s.Lang)))
	return strings.Join(lines, "\n")
}

func cures(c *kb.Cause, f *kb.Fix) bool {
	for _, cure := range c.Cures {
		if cure.Fix == f {
			return true
		}
	}
	return false
}

// emphasise makes a part of the newest post stand out.
func (t *turn) emphasise(part string) {
	p := &t.posts[len(t.posts)-1]
	if at := strings.Index(p.Text, part); at >= 0 {
		p.Strong = chat.Span{Start: at, End: at + len(part)}
	}
}

// reshowFix asks once more how a fix turned out, unless it has become unsafe to
// do: then the way there begins anew.
func (t *turn) reshowFix() {
	if f := t.base.Fix(t.s.Pending.Fix); f != nil && !t.mayPay(f) {
		t.release()
		t.next()
		return
	}
	t.askResult()
}

// askResult asks how a fix turned out.
func (t *turn) askResult() {
	p := t.s.Pending
	options := []chat.Option{
		{ID: string(Works), Label: t.text(textWorks)},
		{ID: string(Same), Label: t.text(textSame)},
		{ID: string(Different), Label: t.text(textDifferent)},
		{ID: string(NotTried), Label: t.text(textNotTried)},
	}
	if p.Helped {
		options[3] = chat.Option{ID: optAnother, Label: t.text(textAnother)}
	}
	text := textResult
	if t.wants.outcome {
		text = textOutcome
	}
	post := t.post(chat.Verify, t.text(text), options...)
	t.await(Pending{Kind: ForResult, Fix: p.Fix, Helped: p.Helped}, post, options)
	t.s.Phase = Fixing
}

// volatile questions are about what the screen shows: another error makes
// their answers old.
var volatile = []string{kb.ResponseCode, screenMessage, "fails_at"}

// screenMessage is the question about what the screen says besides S4.
const screenMessage = "screen_message"

// takeResult takes the report on the pending fix.
func (t *turn) takeResult(option string, from Source) {
	p := t.s.Pending
	fix := t.base.Fix(p.Fix)
	result := Result(option)
	switch {
	case option == string(NotTried) && !p.Helped:
		t.s.Pending.Helped = true
		t.say(t.text(textNoHurry))
		t.wants.reshow = true
		return
	case option == optAnother, option == string(NotTried):
		result = Skipped
		t.say(t.text(textOtherWay))
	case result == Different:
		t.void(func(e Entry) bool {
			return (e.What == Answer || e.What == Unsure || e.What == Asked) && slices.Contains(volatile, e.Question)
		})
		t.say(t.text(textSawDifferent))
		t.wants.screen = true
	case result == Same:
		t.say(t.text(textSawSame))
	}
	t.record(Entry{What: Reported, Fix: p.Fix, Result: result, Source: from})
	t.s.Pending = Pending{}
	t.s.Phase = Asking
	if result == Works {
		t.wants.resolved = true
		return
	}
	// Only a tap says for certain that nobody has tried to pay.
	if fix != nil && fix.RepeatsPayment && (result != Skipped || from != FromChoice) {
		t.attempted()
	}
}

// numbered writes steps as a numbered list.
func numbered(steps []string) string {
	if len(steps) == 1 {
		return steps[0]
	}
	lines := make([]string, len(steps))
	for i, s := range steps {
		lines[i] = strconv.Itoa(i+1) + ". " + s
	}
	return strings.Join(lines, "\n")
}
