package dialog_test

import (
	"math"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/diagnosis"
	"github.com/s4bot/s4bot/internal/dialog"
	"github.com/s4bot/s4bot/internal/kb"
)

func (s *shop) inside(lang kb.Lang) chat.Inside { return s.manager.Inside(s.state, lang) }

// causes gives what Inside believes, by the cause's id.
func causes(in chat.Inside) map[string]float64 {
	out := map[string]float64{}
	for _, c := range in.Causes {
		out[c.ID] = c.P
	}
	return out
}

func near(a, b float64) bool { return math.Abs(a-b) < 1e-9 }

func TestBeforeAnyCaseInsideShowsWhatIsUsual(t *testing.T) {
	s := newShop(t)
	in := s.inside(kb.English)
	model := s.manager.Model()
	if len(in.Causes) != 39 || in.Phase != "idle" || in.Undo || len(in.Path) != 0 || in.Question != nil || in.Fix != nil || len(in.Others) != 0 {
		t.Errorf("%+v", in)
	}
	for _, c := range in.Causes {
		if !near(c.P, model.P(model.Prior(), c.ID)) || c.P != c.Was {
			t.Errorf("%s has %v, was %v", c.ID, c.P, c.Was)
		}
	}
}

// checkInside is what holds of every state: see the doc comments of chat.Inside.
func (s *shop) checkInside(t fataler, lang kb.Lang) chat.Inside {
	in := s.inside(lang)
	now, sum := causes(in), 0.0
	for i, c := range in.Causes {
		sum += c.P
		if i > 0 && c.P > in.Causes[i-1].P {
			t.Fatalf("%s comes after %s", c.ID, in.Causes[i-1].ID)
		}
	}
	if !near(sum, 1) {
		t.Fatalf("the causes sum to %v", sum)
	}
	for _, p := range s.manager.View(s.state).Belief {
		if !near(p.P, now[p.Cause]) {
			t.Fatalf("%s is believed with %v and shown with %v", p.Cause, p.P, now[p.Cause])
		}
	}
	checkPath(t, in)
	s.checkOptions(t, in)
	s.checkChoice(t, in)
	checkWords(t, s.world, in, lang)
	return in
}

// checkPath: the steps lead from the priors to the belief, and the newest are those
// that the bars moved by.
func checkPath(t fataler, in chat.Inside) {
	now, was := causes(in), map[string]float64{}
	for _, c := range in.Causes {
		was[c.ID] = c.Was
	}
	left := map[string]float64{} // by the step before
	fresh := false
	for i, step := range in.Path {
		moves := map[string]float64{}
		for _, m := range step.Movers {
			if p, ok := left[m.ID]; ok && !near(p, m.Was) {
				t.Fatalf("%s was left at %v, and %q moves it from %v", m.ID, p, step.Detail, m.Was)
			}
			if step.Newest && !fresh && !near(m.Was, was[m.ID]) {
				t.Fatalf("%s is shown to have been %v and was %v", m.ID, was[m.ID], m.Was)
			}
			if i == len(in.Path)-1 && !near(m.P, now[m.ID]) {
				t.Fatalf("the last step leaves %s at %v, believed is %v", m.ID, m.P, now[m.ID])
			}
			if (m.Decibans > 0) != (m.P > m.Was) || step.Bits <= 0 {
				t.Fatalf("%+v moves %+v", step, m)
			}
			moves[m.ID] = m.P
		}
		left, fresh = moves, fresh || step.Newest
	}
	for _, c := range in.Causes {
		if !fresh && c.Was != c.P {
			t.Fatalf("nothing is new, and %s was %v and is %v", c.ID, c.Was, c.P)
		}
	}
}

// checkOptions: what an option is said to lead to is what comes of it.
func (s *shop) checkOptions(t fataler, in chat.Inside) {
	var options []chat.InsideOption
	sum := 0.0
	if in.Question != nil {
		options = in.Question.Options
	} else if in.Fix != nil {
		options = in.Fix.Options
	}
	for _, o := range options {
		sum += o.P
		e := dialog.Event{At: s.state.Seen, Heard: []dialog.Heard{{Message: chat.Message{ID: "what-if", Room: room, Choice: o.ID}}}}
		next, _ := s.manager.Step(s.state, e)
		after := map[string]float64{diagnosis.Other: 1}
		for _, p := range s.manager.View(next).Belief {
			after[p.Cause] = p.P
			after[diagnosis.Other] -= p.P
		}
		for i, c := range in.Causes {
			if !near(o.After[i], after[c.ID]) {
				t.Fatalf("after %q %s is said to be %v and is %v", o.Label, c.ID, o.After[i], after[c.ID])
			}
		}
		if !near(o.Top.P, slices.Max(o.After)) {
			t.Fatalf("%+v is not the likeliest of %v", o.Top, o.After)
		}
	}
	if s.state.Pending.Kind == dialog.ForAnswer && !near(sum, 1) || sum > 1+1e-9 {
		t.Fatalf("the answers' probabilities sum to %v", sum)
	}
}

// checkChoice: what was chosen by its cost costs less than to go without it.
func (s *shop) checkChoice(t fataler, in chat.Inside) {
	const tie = .01
	var saves *chat.InsideSaves
	by := chat.InsideBy("")
	switch {
	case in.Question != nil:
		saves, by = in.Question.Savings, in.Question.By
		if q := s.base.Question(in.Question.ID); q.Safety && by == chat.ByCost {
			t.Fatalf("%s is said to be asked for its cost", q.ID)
		}
	case in.Fix != nil:
		saves, by = in.Fix.Savings, in.Fix.By
	}
	if (saves != nil) != (by == chat.ByCost) {
		t.Fatalf("chosen by %q, costs %+v", by, saves)
	}
	if saves != nil && (saves.With.Units > saves.Without.Units+tie || saves.With.Units > saves.Unasked.Units+tie) {
		t.Fatalf("the choice does not pay: %+v", saves)
	}
	for i, o := range in.Others {
		if i > 0 && o.Cost.Units < in.Others[i-1].Cost.Units || saves != nil && !near(o.Dearer.Units, o.Cost.Units-saves.With.Units) {
			t.Fatalf("%+v", o)
		}
		if in.Question != nil && o.ID == in.Question.ID || in.Fix != nil && o.ID == in.Fix.ID {
			t.Fatalf("%s is done and not done", o.ID)
		}
	}
}

var (
	han   = regexp.MustCompile(`\p{Han}`)
	snake = regexp.MustCompile(`[a-z]+_[a-z]+`)
)

// checkWords: what people read is in their language and holds no ids.
func checkWords(t fataler, w world, in chat.Inside, lang kb.Lang) {
	text := []string{in.PhaseText}
	add := func(more ...string) { text = append(text, more...) }
	for _, c := range in.Causes {
		add(c.Title)
		if c.ID != diagnosis.Other {
			add(c.Group)
		}
	}
	for _, s := range in.Path {
		add(s.Title)
		if s.Kind != chat.StepWords {
			add(s.Detail)
		}
		for _, m := range s.Movers {
			add(m.Title)
		}
	}
	options := []chat.InsideOption{}
	if q := in.Question; q != nil {
		add(q.Text, q.Because, q.Why)
		for _, l := range q.Tells {
			add(l.Title)
		}
		options = q.Options
	}
	if f := in.Fix; f != nil {
		add(f.Title, f.Because)
		options = f.Options
	}
	for _, o := range options {
		add(o.Label, o.Then, o.Top.Title)
	}
	for _, o := range in.Others {
		add(o.Title, o.Reason, o.Cost.Text, o.Dearer.Text)
	}
	add(in.Notes...)
	for _, x := range text {
		if strings.TrimSpace(x) == "" {
			t.Fatalf("something is said in no words: %q", text)
		}
		if snake.MatchString(x) || strings.Contains(x, "%s") || w.base.Cause(x) != nil || w.base.Fix(x) != nil {
			t.Fatalf("%q is no word", x)
		}
		if lang == kb.English && han.MatchString(x) || lang == kb.Chinese && !han.MatchString(x) {
			t.Fatalf("%q is not in %s", x, lang)
		}
	}
}

func TestInsideIsTrueOfAnyConversation(t *testing.T) {
	w := newWorld(t)
	rapid.Check(t, func(t *rapid.T) {
		s := openShop(t, w)
		for range rapid.IntRange(1, 12).Draw(t, "turns") {
			s.do(s.deeds(t, talk))
		}
		s.checkInside(t, rapid.SampledFrom([]kb.Lang{kb.Chinese, kb.English}).Draw(t, "language"))
	})
}

// Of what was taken back, or corrected, Inside is as if it had never been said.
func TestWhatIsTakenBackLeavesNoTrace(t *testing.T) {
	s := newShop(t)
	s.says("刷卡失败")
	s.chooses(s.state.Pending.Options[0])
	before := s.fork()
	s.chooses(s.state.Pending.Options[0])
	if !s.inside(kb.Chinese).Undo {
		t.Fatal("nothing can be undone")
	}
	s.says("/back")
	in, want := s.inside(kb.Chinese), before.inside(kb.Chinese)
	in.Turn = want.Turn
	if got, want := encode(t, in), encode(t, want); got != want {
		t.Errorf("after /back:\n%s\nwant\n%s", got, want)
	}

	s = newShop(t)
	s.says("刷卡失败，网络断了")
	s.says("不对，我是说网络是好的")
	for _, step := range s.inside(kb.English).Path {
		if strings.Contains(step.Detail, "断") || strings.Contains(step.Detail, "isconnected") {
			t.Errorf("what was corrected is still there: %+v", step)
		}
	}
}

// Undo is shown exactly when going back takes something away.
func TestUndoIsShownWhenItUndoes(t *testing.T) {
	w := newWorld(t)
	rapid.Check(t, func(t *rapid.T) {
		s := openShop(t, w)
		for range rapid.IntRange(1, 8).Draw(t, "turns") {
			s.do(s.deeds(t, talk))
		}
		if s.state.Pending.Kind == dialog.ForForget || s.state.Phase == dialog.Closed {
			return // there going back means something else besides
		}
		in := s.inside(kb.Chinese)
		tell := func(step chat.InsideStep) string {
			return encode(t, []any{step.Kind, step.Turn, step.Title, step.Detail})
		}
		kept := map[string]bool{}
		s.do(deed{text: "/back"})
		for _, step := range s.inside(kb.Chinese).Path {
			kept[tell(step)] = true
		}
		gone := false
		for _, step := range in.Path {
			gone = gone || step.Newest
			if in.Undo && step.Newest && kept[tell(step)] {
				t.Fatalf("%+v is still there", step)
			}
		}
		if in.Undo && !gone {
			t.Fatal("nothing is new that could be undone")
		}
	})
}

// A question about money is not said to save time.
func TestMoneyFirstIsToldAsWhatItIs(t *testing.T) {
	s := newShop(t)
	s.says("别的卡都能刷，就这张不行，跳54，卡过期了")
	in := s.checkInside(t, kb.English)
	if in.Question == nil || in.Question.By != chat.ByMoney || in.Question.Savings != nil || !strings.Contains(in.Question.Because, "pays twice") {
		t.Fatalf("%+v", in.Question)
	}
	s.chooses("not_charged")
	in = s.checkInside(t, kb.English)
	if in.Fix == nil || in.Fix.By != chat.ByCost || !in.Fix.Repeats || in.Fix.Works < .5 || len(in.Fix.Options) != 4 || len(in.Others) == 0 {
		t.Fatalf("%+v", in.Fix)
	}
	s.chooses("different")
	if in = s.checkInside(t, kb.Chinese); in.Question == nil || in.Question.By != chat.ByScreen {
		t.Errorf("%+v", in.Question)
	}
	s.says("转人工")
	if in = s.checkInside(t, kb.Chinese); in.Handoff == nil || in.Handoff.Text == "" || in.Undo || in.Question != nil {
		t.Errorf("%+v", in)
	}
}

// What was said since may speak against what is pending: its costs are then not told.
func TestWhatWasChosenEarlierIsNotSaidToSave(t *testing.T) {
	s := newShop(t)
	s.says("打印机没纸了")
	for s.state.Pending.Question == s.base.SafetyQuestion().ID {
		s.chooses("not_charged")
	}
	if in := s.inside(kb.English); in.Fix == nil || in.Fix.By != chat.ByCost {
		t.Fatalf("%+v", in.Fix)
	}
	s.says("其实读卡没反应，机器黑屏")
	in := s.checkInside(t, kb.English)
	if in.Fix == nil || in.Fix.By != chat.ByEarlier || in.Fix.Savings != nil {
		t.Errorf("%+v", in.Fix)
	}
}

func TestAQuestionIsAskedForWhatItSaves(t *testing.T) {
	s := newShop(t)
	s.says("刷卡失败")
	for range 3 {
		in := s.checkInside(t, kb.Chinese)
		q := in.Question
		if q == nil || q.By != chat.ByCost || q.Savings.With.Units >= q.Savings.Without.Units || q.Savings.Without.Units > q.Savings.Unasked.Units+1e-9 {
			t.Fatalf("%+v", q)
		}
		if len(in.Others) < 6 || q.Savings.With.Seconds != 15*q.Savings.With.Units || q.Options[0].Then == "" {
			t.Errorf("%+v", in.Others)
		}
		s.chooses(q.Options[0].ID)
	}
}

func BenchmarkInside(b *testing.B) {
	s := newShop(b)
	s.says("刷卡失败")
	s.says("别的卡都能刷")
	for b.Loop() {
		s.inside(kb.Chinese)
	}
}

func TestTheClockIsAStepOfItsOwn(t *testing.T) {
	s := newShop(t)
	s.step(dialog.Event{At: time.Date(2025, 1, 1, 2, 0, 0, 0, time.UTC), Clock: true, Heard: []dialog.Heard{{Message: chat.Message{ID: "m1", Room: room, Text: "网断了"}}}})
	in := s.checkInside(t, kb.English)
	if len(in.Path) < 2 || in.Path[0].Kind != chat.StepAuto || in.Path[0].Newest || len(in.Path[0].Movers) == 0 || !in.Path[1].Read {
		t.Errorf("%+v", in.Path)
	}
}
