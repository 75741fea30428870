package dialog_test

// What must hold of every conversation, checked over random ones. Each row of
// DESIGN.md section 3, "Conversation", is also shown by conversations in
// internal/bot/testdata/golden:
//
//	states several facts at once     several-facts, report-with-facts
//	answers another question         answers-another
//	corrects, goes back              correction, correct-in-words, go-back, back-twice, back-after-works
//	contradicts an earlier answer    contradiction, burst-mixed
//	says 不知道                       unsure-twice, charge-unknown, money-unknown-sure, waiting-unknown
//	has already done a fix           already-tried, tried-midway, done-as-told
//	reports on a fix                 fix-same, fix-different, fix-not-tried, expired-code, two-faults, unknown-cause, agent-after-fixes
//	asks something else, or why      asks-else, asks-why, why-question, why-fix, why-handed-over
//	has a customer waiting           customer-waiting, waiting-unknown, english-upset
//	is silent                        silent, silent-fix, stale
//	is angry, or says 人工            angry, angry-goes-on, asks-person, english-upset, lost-to-person
//	taps an old button               old-button
//	sends several in a burst         burst, burst-mixed
//	edits a message                  edit, edit-answer
//	money safety                     charged, charged-on-asking, charge-unknown, guess, fix-same

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/diagnosis"
	"github.com/s4bot/s4bot/internal/dialog"
	"github.com/s4bot/s4bot/internal/kb"
)

// deed is one thing that a merchant does.
type deed struct {
	text, option string // one of them, or neither: a wait
	edits        string // the message that the text replaces
	wait         time.Duration
}

// do carries out a deed without the checks of step, which cost more than the
// deed: here it is what comes of many deeds that counts.
func (s *shop) do(d deed) []chat.Post {
	e := dialog.Event{}
	if d.wait > 0 {
		s.now = s.now.Add(d.wait)
	} else {
		s.n++
		m := chat.Message{ID: cmp.Or(d.edits, "m"+strconv.Itoa(s.n)), Room: room, Edited: d.edits != "", Text: d.text, Choice: d.option}
		hits, err := s.index.Search(context.Background(), s.manager.Query(m.Text))
		if err != nil {
			s.t.Fatalf("search %q: %v", m.Text, err)
		}
		e.Heard = []dialog.Heard{{Message: m, Hits: hits}}
	}
	e.At = s.now
	next, posts := s.manager.Step(s.state, e)
	s.state = next
	return posts
}

func (s *shop) tell(text string)  { s.do(deed{text: text}) }
func (s *shop) tap(option string) { s.do(deed{option: option}) }

// deeds draws what comes next; told are texts to say.
func (s *shop) deeds(t *rapid.T, told []string) deed {
	what := rapid.IntRange(0, 9).Draw(t, "what")
	switch options := s.state.Pending.Options; {
	case what == 8:
		return deed{wait: time.Duration(rapid.IntRange(1, 90).Draw(t, "minutes")) * time.Minute}
	case what == 9 && s.n > 0:
		id := "m" + rapid.StringMatching(`[1-9]`).Draw(t, "id")
		return deed{edits: id, text: rapid.SampledFrom(told).Draw(t, "text")}
	case what >= 4 && len(options) > 0:
		return deed{option: rapid.SampledFrom(options).Draw(t, "option")}
	}
	return deed{text: rapid.SampledFrom(told).Draw(t, "text")}
}

// fork gives a shop that goes its own way from here.
func (s *shop) fork() *shop {
	f := *s
	return &f
}

func (s *shop) over() bool {
	return s.state.Phase == dialog.HandedOver || s.state.Phase == dialog.Closed
}

// saying is a phrase that tells one fact and nothing else.
type saying struct{ text, question, option string }

var theSayings = sync.OnceValue(func() []saying {
	w, err := theWorld()
	if err != nil {
		return nil
	}
	var out []saying
	for _, q := range askable(w.base) {
		for _, o := range q.Options {
			out = append(out, w.sayings(q, o)...)
		}
	}
	return out
})

// sayings gives some phrases for an option that are read as it, corrected or
// not.
func (w world) sayings(q *kb.Question, o *kb.Option) []saying {
	const most = 3
	var out []saying
	for _, text := range o.Aliases.In(kb.Chinese) {
		if len(out) < most && !strings.ContainsAny(text, "*=") && w.tells(text, q, o) && w.tells(corrects+text, q, o) {
			out = append(out, saying{text, q.ID, o.ID})
		}
	}
	return out
}

const corrects = "不对，我是说"

func (w world) tells(text string, q *kb.Question, o *kb.Option) bool {
	r := w.manager.Reading(text)
	return len(r.Facts) == 1 && r.Fact(q.ID) == o.ID && len(r.Tried) == 0 && len(r.Intents) == 0 && !r.Money
}

// texts is what random merchants say where many facts are wanted.
var texts = sync.OnceValue(func() []string {
	out := slices.DeleteFunc(slices.Clone(talk), func(text string) bool { return len(text) > 1000 })
	for _, s := range theSayings() {
		out = append(out, s.text)
	}
	return out
})

// asked gives the question that a post asks, or "".
func (w world) asked(t fataler, p chat.Post) string {
	if p.Kind != chat.Question && p.Kind != chat.Safety || len(p.Options) == 0 {
		return ""
	}
	for _, q := range w.base.Questions {
		if strings.HasSuffix(p.Text, q.Ask.ZH) || strings.HasSuffix(p.Text, q.Ask.EN) {
			return q.ID
		}
	}
	t.Fatalf("a question that the knowledge has not: %q", p.Text)
	return ""
}

// volatile questions are about the screen: another error makes them open again.
var volatile = []string{"response_code", "screen_message", "fails_at"}

// ledger keeps, apart from the state, what the merchant has settled: answered,
// or said that he does not know.
type ledger struct {
	*shop
	settled   map[string]time.Time
	confirmed map[string]bool
}

// does carries out a deed, and checks that nothing settled is asked.
func (l *ledger) does(t *rapid.T, d deed) {
	before := l.state
	posts := l.do(d)
	l.excuse(before, d)
	for _, p := range posts {
		q := l.asked(t, p)
		if q == "" {
			continue
		}
		for _, f := range l.manager.View(l.state).Facts {
			if f.Question == q {
				t.Fatalf("%s is known to be %s and is asked", q, f.Option)
			}
		}
		if at, ok := l.settled[q]; ok && q != l.base.SafetyQuestion().ID {
			t.Fatalf("%s was settled at %s and is asked again after %+v", q, at.Format(time.TimeOnly), d)
		}
	}
	l.confirms(t, before.Pending)
	for _, e := range l.state.Log {
		if e.Void == 0 && (e.What == dialog.Answer || e.What == dialog.Unsure) {
			l.settled[e.Question] = e.At
		}
	}
}

// confirms checks that no answer is confirmed twice. The charge's is: each attempt
// opens that question anew.
func (l *ledger) confirms(t *rapid.T, before dialog.Pending) {
	p := l.state.Pending
	same := before.Kind == p.Kind && before.Question == p.Question
	if p.Kind != dialog.ForConfirm || same || p.Question == l.base.SafetyQuestion().ID {
		return
	}
	if l.confirmed[p.Question] {
		t.Fatalf("%s is confirmed a second time: %s", p.Question, tale(l.state))
	}
	l.confirmed[p.Question] = true
}

// excuse forgets what may be asked again after a deed.
func (l *ledger) excuse(before dialog.State, d deed) {
	if undoes(d) || l.state.Cases != before.Cases {
		clear(l.settled)
	}
	if undoes(d) || l.state.Cases != before.Cases || different(l.state) > different(before) {
		clear(l.confirmed)
	}
	for _, e := range before.Log {
		if d.edits != "" && e.Msg == d.edits {
			delete(l.settled, e.Question)
		}
	}
	maps.DeleteFunc(l.settled, func(q string, at time.Time) bool {
		expires := l.base.Question(q).Expires
		return expires > 0 && l.now.Sub(at) > expires
	})
	if different(l.state) > different(before) {
		for _, q := range volatile {
			delete(l.settled, q)
		}
	}
}

// undoes says that a deed takes back what was done before it.
func undoes(d deed) bool {
	return slices.Contains([]string{"/back", "返回", "/restart", "重新开始"}, d.text)
}

// different counts the reports of another error.
func different(s dialog.State) int {
	n := 0
	for _, e := range s.Log {
		if e.What == dialog.Reported && e.Result == dialog.Different {
			n++
		}
	}
	return n
}

func TestWhatIsSettledIsNeitherAskedNorConfirmedAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	rapid.Check(t, func(t *rapid.T) {
		l := &ledger{openShop(t, w), map[string]time.Time{}, map[string]bool{}}
		for range rapid.IntRange(1, 15).Draw(t, "turns") {
			l.does(t, l.deeds(t, texts()))
		}
	})
}

// opens begins a case and taps some options, so that a question is pending.
func opens(t *rapid.T, w world) (*shop, bool) {
	s := openShop(t, w)
	s.tell("刷卡失败")
	for range rapid.IntRange(0, 4).Draw(t, "answers") {
		if s.state.Pending.Kind == dialog.ForAnswer {
			s.tap(rapid.SampledFrom(s.state.Pending.Options).Draw(t, "option"))
		}
	}
	q := s.base.Question(s.state.Pending.Question)
	return s, s.state.Pending.Kind == dialog.ForAnswer && !q.Safety
}

// about gives the sayings that answer a question.
func about(question string) []saying {
	var out []saying
	for _, s := range theSayings() {
		if s.question == question {
			out = append(out, s)
		}
	}
	return out
}

// sameMind fails unless two conversations left the same facts and belief.
func sameMind(t *rapid.T, got, want *shop) {
	g, w := got.manager.View(got.state), want.manager.View(want.state)
	if fg, fw := options(g), options(w); !maps.Equal(fg, fw) {
		t.Fatalf("the facts differ:\n got %v\nwant %v", fg, fw)
	}
	if !alike(g.Belief, w.Belief) {
		t.Fatalf("the beliefs differ:\n got %v\nwant %v\nafter %s\n instead of %s",
			g.Belief[:3], w.Belief[:3], tale(got.state), tale(want.state))
	}
}

// options gives the known answers by question.
func options(v dialog.View) map[string]string {
	out := map[string]string{}
	for _, f := range v.Facts {
		out[f.Question] = f.Option
	}
	return out
}

func TestCorrectingATapInWordsLeavesNoTrace(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	rapid.Check(t, func(t *rapid.T) {
		s, ok := opens(t, w)
		words := about(s.state.Pending.Question)
		if !ok || len(words) == 0 {
			return
		}
		second := rapid.SampledFrom(words).Draw(t, "second")
		never := s.fork()
		s.tap(rapid.SampledFrom(s.state.Pending.Options).Draw(t, "first"))
		if s.over() {
			return
		}
		s.tell(corrects + second.text)
		never.tell(corrects + second.text)
		sameMind(t, s, never)
	})
}

// tellsOne says that the last turn left exactly the answer to a question, and no
// other.
func tellsOne(after dialog.State, question string) bool {
	n := 0
	for _, e := range after.Log {
		if e.Turn != after.Turn || e.Void != 0 {
			continue
		}
		switch e.What {
		case dialog.Answer, dialog.Unsure, dialog.Reported:
			n++
			if e.What != dialog.Answer || e.Question != question {
				return false
			}
		}
	}
	return n == 1
}

func TestCorrectingWordsInWordsLeavesNoTrace(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	rapid.Check(t, func(t *rapid.T) {
		s, ok := opens(t, w)
		first := rapid.SampledFrom(theSayings()).Draw(t, "first")
		second := rapid.SampledFrom(about(first.question)).Draw(t, "second")
		if !ok || first.option == second.option {
			return
		}
		never := s.fork()
		s.tell(first.text)
		if s.over() || !tellsOne(s.state, first.question) {
			return
		}
		s.tell(corrects + second.text)
		never.tell(corrects + second.text)
		if !tellsOne(s.state, first.question) || !tellsOne(never.state, first.question) {
			return // beside the pending question the words mean more
		}
		sameMind(t, s, never)
	})
}

// leftSomething says that the last turn left something that can be taken back.
func leftSomething(s dialog.State) bool {
	return slices.ContainsFunc(s.Log, func(e dialog.Entry) bool {
		evidence := e.What != dialog.Asked && e.What != dialog.Proposed
		return e.Turn == s.Turn && e.Void == 0 && evidence && e.Source != dialog.FromAuto
	})
}

// sameButCharge fails unless /back led where the merchant was. That nothing was
// debited may be forgotten: a payment can't be taken back.
func sameButCharge(t *rapid.T, got, want *shop) {
	safety := got.base.SafetyQuestion().ID
	g, w := got.manager.View(got.state), want.manager.View(want.state)
	fg, fw := options(g), options(w)
	was, is := fw[safety], fg[safety]
	delete(fg, safety)
	delete(fw, safety)
	if !maps.Equal(fg, fw) || !alike(g.Belief, w.Belief) {
		t.Fatalf("/back left %v, not %v\nafter %s\n instead of %s", fg, fw, tale(got.state), tale(want.state))
	}
	if is != was && is != "" {
		t.Fatalf("/back turned the charge from %q to %q", was, is)
	}
	if is == was && (g.Phase != w.Phase || g.Question != w.Question || g.Fix != w.Fix) {
		t.Fatalf("/back leads to %s %s%s, not %s %s%s\nafter %s", g.Phase, g.Question, g.Fix, w.Phase, w.Question, w.Fix, tale(got.state))
	}
}

func TestBackRestoresEverythingAlsoTwice(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	rapid.Check(t, func(t *rapid.T) {
		s, ok := opens(t, w)
		if !ok {
			return
		}
		were := []*shop{}
		for range rapid.IntRange(1, 2).Draw(t, "deeds") {
			were = append(were, s.fork())
			if options := s.state.Pending.Options; rapid.Bool().Draw(t, "taps") && len(options) > 0 {
				s.tap(rapid.SampledFrom(options).Draw(t, "option"))
			} else {
				s.tell(rapid.SampledFrom(theSayings()).Draw(t, "saying").text)
			}
			if s.state.Phase == dialog.HandedOver || !leftSomething(s.state) {
				return
			}
		}
		for _, was := range slices.Backward(were) {
			s.tell("/back")
			sameButCharge(t, s, was)
		}
	})
}

// done are ways to say that a fix was done already, and the fix.
var done = map[string]string{
	"重启过了": "restart-terminal", "换过卡了": "another-card", "网络重连过了": "reconnect-network",
	"重启了还是不行": "restart-terminal", "换了张卡也不行": "another-card", "断网重连过": "reconnect-network",
	"擦过卡了": "clean-reader", "换了纸还是不行": "replace-paper", "重新签到过了": "sign-in-again",
	"换了个地方还是不行": "move-to-signal", "换过网了": "switch-network", "等了十分钟还是不行": "wait-and-retry",
	"I already restarted it": "restart-terminal", "tried another card": "another-card",
}

func TestDoneFixesAreRead(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for text, fix := range done {
		if got := w.manager.Reading(text).Tried; !slices.Contains(got, fix) {
			t.Errorf("%q is read as %v, want %s", text, got, fix)
		}
	}
}

func TestAFixDoneBeforeIsNeverProposed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	rapid.Check(t, func(t *rapid.T) {
		s := openShop(t, w)
		text := rapid.SampledFrom(slices.Sorted(maps.Keys(done))).Draw(t, "done")
		s.tell(rapid.SampledFrom([]string{"刷卡失败", "网断了", "这张卡读不出来", "机器死机了", "信号只有一格"}).Draw(t, "opening"))
		for range rapid.IntRange(0, 3).Draw(t, "before") {
			s.taps(t)
		}
		if s.over() || s.state.Pending.Fix == done[text] {
			return
		}
		s.tell(text)
		for range 10 {
			if s.over() {
				return
			}
			s.taps(t)
			if s.state.Pending.Fix == done[text] {
				t.Fatalf("said %q, and %s is proposed", text, done[text])
			}
		}
	})
}

// taps answers with any option but that the customer was charged.
func (s *shop) taps(t *rapid.T) {
	options := slices.DeleteFunc(slices.Clone(s.state.Pending.Options), func(o string) bool { return o == "charged" })
	if len(options) > 0 {
		s.tap(rapid.SampledFrom(options).Draw(t, "option"))
	}
}

// openings are first messages of all kinds.
var openings = []string{
	"刷卡失败", "S4 51", "网断了", "刷不了卡，客人还在等着", "刷卡又失败，气死我了", "机器死机了，重启过了还是不行",
	"信号只有一格，刷卡S4，没扣钱", "Card payment failed", "这张卡读不出来，别的卡都行",
}

// longest is how many answers a case may take, whatever they are: 6 questions
// and the charge's before each of 3 fixes, each shown once more with help or a
// confirmation, and 3 fixes, each put off once.
const longest = 2*(6+3) + 2*3 + 2

// stubborn merchants always prefer the same reply.
var stubborn = map[string][]string{
	"unsure":      {"unsure", "not_tried", "another_way", "continue"},
	"not tried":   {"not_tried", "another_way", "not_charged", "continue"},
	"different":   {"different", "not_charged", "continue"},
	"same":        {"same", "not_charged", "continue"},
	"never moves": {"not_charged", "not_tried", "continue"},
}

func TestStubbornMerchantsReachAnEnd(t *testing.T) {
	t.Parallel()
	for name, wishes := range stubborn {
		for _, last := range []bool{false, true} {
			for _, opening := range openings {
				s := newShop(t)
				s.tell(opening)
				turns := s.answers(longest, func(options []string) string { return prefer(options, wishes, last) })
				if !s.over() {
					t.Errorf("%s after %q: still open after %d answers: %s", name, opening, turns, encode(t, s.state.Pending))
				}
			}
		}
	}
}

// answers replies until the case is over, but no more than most times.
func (s *shop) answers(most int, choose func(options []string) string) (turns int) {
	for turns < most && !s.over() {
		s.tap(choose(s.state.Pending.Options))
		turns++
	}
	return turns
}

// prefer gives the first of the wishes that is offered, or the first or last option
// but for that the customer was charged.
func prefer(options, wishes []string, last bool) string {
	for _, w := range wishes {
		if slices.Contains(options, w) {
			return w
		}
	}
	if last {
		return options[len(options)-1]
	}
	return options[0]
}

func TestAnyAnswersReachAnEnd(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	rapid.Check(t, func(t *rapid.T) {
		s := openShop(t, w)
		s.tell(rapid.SampledFrom(openings).Draw(t, "opening"))
		s.answers(longest, func(options []string) string {
			return rapid.SampledFrom(options).Draw(t, "option")
		})
		if !s.over() {
			t.Fatalf("still open after %d answers: %s", longest, encode(t, s.state.Pending))
		}
	})
}

// wishes are granted as often as they are asked.
var wishes = []string{"/why", "/back", "/help", "返回", "为什么问这个"}

func TestRepeatingOneTextReachesAnEnd(t *testing.T) {
	t.Parallel()
	for _, text := range talk {
		if slices.Contains(wishes, text) || len(text) > 1000 {
			continue
		}
		s := newShop(t)
		s.tell("刷卡失败")
		for range longest {
			if !s.over() && s.state.Phase != dialog.Idle {
				s.tell(text)
			}
		}
		if !s.over() && s.state.Phase != dialog.Idle {
			t.Errorf("刷卡失败, then %.20q %d times: still waits for %s %s", text, longest, s.state.Pending.Kind, s.state.Pending.Question+s.state.Pending.Fix)
		}
	}
}

func TestSayingItAgainProvesNothing(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"机器死机了", "重启过了", "换了别的提示", "网络时断时续的老掉线"} {
		s := newShop(t)
		s.tell("刷卡失败")
		s.tell(text)
		once := s.manager.View(s.state)
		s.tell(text)
		again := s.manager.View(s.state)
		// As the answer to what was asked meanwhile the words may tell more.
		if maps.Equal(options(again), options(once)) && !alike(again.Belief, once.Belief) {
			t.Errorf("%q said twice: %v, once: %v", text, again.Belief[:2], once.Belief[:2])
		}
	}
}

func TestAPersonIsAlwaysInReach(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	rapid.Check(t, func(t *rapid.T) {
		s := openShop(t, w)
		for range rapid.IntRange(1, 8).Draw(t, "turns") {
			s.do(s.deeds(t, texts()))
			f := s.fork()
			if slices.Contains(f.state.Pending.Options, "human") {
				f.tap("human")
			} else {
				f.tell(rapid.SampledFrom([]string{"转人工", "/human", "human please"}).Draw(t, "person"))
			}
			if f.state.Phase != dialog.HandedOver {
				t.Fatalf("the phase is %s", f.state.Phase)
			}
		}
	})
}

// openers tell no facts.
var openers = []string{"刷卡失败", "刷卡老是失败怎么弄", "机器用着用着就不行了", "POS机没反应", "卡插进去没用"}

// breaks opens with words, answers one question, and reports another error after
// a fix.
func (s *shop) breaks(words string, known saying, fix string) {
	s.tell(words)
	s.awaits(known.question)
	s.tap(known.option)
	s.state.Log = slices.DeleteFunc(s.state.Log, func(e dialog.Entry) bool {
		return e.What == dialog.Answer && e.Question != known.question
	})
	s.state.Phase = dialog.Fixing
	s.state.Pending = dialog.Pending{Kind: dialog.ForResult, Fix: fix, Options: []string{"different"}}
	s.tap("different")
}

func TestAnotherErrorMakesTheOldWordsCountNoMore(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	rapid.Check(t, func(t *rapid.T) {
		known := rapid.SampledFrom(theSayings()).Draw(t, "fact")
		fix := rapid.SampledFrom(w.base.Fixes).Draw(t, "fix")
		s, other := openShop(t, w), openShop(t, w)
		s.breaks("刷卡失败", known, fix.ID)
		other.breaks(rapid.SampledFrom(openers).Draw(t, "words"), known, fix.ID)
		sameMind(t, s, other)
	})
}

func TestAfterAnotherErrorTheScreenIsAskedAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	rapid.Check(t, func(t *rapid.T) {
		s := openShop(t, w)
		s.tell(rapid.SampledFrom([]string{"刷卡失败，没扣款", "网断了，刷卡失败，没扣款", "机器死机了，没扣款"}).Draw(t, "opening"))
		for range 15 {
			if s.over() || s.state.Pending.Kind == dialog.ForResult {
				break
			}
			s.taps(t)
		}
		if s.over() || questions(s.state) >= diagnosis.Defaults().MaxQuestions {
			return
		}
		s.tap("different")
		if s.state.Pending.Question != "screen_message" {
			t.Fatalf("another error, and %q is asked: %s", s.state.Pending.Question, tale(s.state))
		}
	})
}

// TestAScreenNotKnownIsAskedAgain: what the merchant could not tell of the old
// error says nothing of the new one.
func TestAScreenNotKnownIsAskedAgain(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	s.tell("刷卡失败，没扣款")
	s.awaits("screen_message")
	s.state.Pending.Options = append(s.state.Pending.Options, "unsure")
	s.tap("unsure")
	s.tap("unsure")
	s.tell("网断了")
	if s.state.Pending.Kind != dialog.ForResult {
		t.Fatalf("want a fix, got %+v: %s", s.state.Pending, tale(s.state))
	}
	s.tap("different")
	if s.state.Pending.Question != "screen_message" {
		t.Errorf("another error, and %q is asked: %s", s.state.Pending.Question, tale(s.state))
	}
}

// tale is a log in short.
func tale(s dialog.State) string {
	var out []string
	for _, e := range s.Log {
		line := strings.Join(strings.Fields(string(e.What)+" "+e.Question+" "+e.Option+" "+e.Fix+" "+string(e.Result)), " ")
		if e.Void != 0 {
			line = "(" + line + ")"
		}
		out = append(out, line)
	}
	return strings.Join(out, "; ")
}

// questions counts the questions asked, without that about the charge.
func questions(s dialog.State) int {
	ids := map[string]bool{}
	for _, e := range s.Log {
		if e.What == dialog.Asked && e.Void == 0 && e.Question != "charge_status" {
			ids[e.Question] = true
		}
	}
	return len(ids)
}
