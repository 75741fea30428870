package dialog_test

import (
	"context"
	"math"
	"slices"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"github.com/s4bot/s4bot/internal/dialog"
	"github.com/s4bot/s4bot/internal/kb"
	"github.com/s4bot/s4bot/internal/nlu"
)

// understands reads a text by itself.
func (w world) understands(t testing.TB, text string) dialog.Understanding {
	t.Helper()
	hits, err := w.index.Search(context.Background(), w.manager.Query(text))
	if err != nil {
		t.Fatalf("search %q: %v", text, err)
	}
	return w.manager.Understand(text, hits)
}

func TestSoftmaxIsAProbability(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 6).Draw(t, "features")
		numbers := rapid.SliceOfN(rapid.Float64Range(-500, 500), n, n)
		features := numbers.Draw(t, "values")
		weights := rapid.SliceOfN(numbers, 1, 6).Draw(t, "weights")
		p := dialog.Softmax(weights, features)
		sum, best, most := 0.0, 0, math.Inf(-1)
		for i, x := range p {
			if !(x >= 0 && x <= 1) {
				t.Fatalf("row %d has the probability %v", i, x)
			}
			sum += x
			score := 0.0
			for j, w := range weights[i] {
				score += w * features[j]
			}
			if score > most {
				best, most = i, score
			}
		}
		if math.Abs(sum-1) > 1e-9 {
			t.Fatalf("they sum to %v", sum)
		}
		if slices.Max(p) != p[best] {
			t.Fatalf("row %d has the highest score; the probabilities are %v", best, p)
		}
	})
}

func TestSoftmaxByHand(t *testing.T) {
	got := dialog.Softmax([][]float64{{math.Log(2), 0}, {0, math.Log(3)}, {0, 0}}, []float64{2, 1})
	for i, want := range []float64{4. / 8, 3. / 8, 1. / 8} { // e to the scores: 4, 3, 1
		if math.Abs(got[i]-want) > 1e-12 {
			t.Errorf("row %d: %v, want %v", i, got[i], want)
		}
	}
}

func TestFeaturesAreNamed(t *testing.T) {
	w := newWorld(t)
	for _, text := range append([]string{"网断了，别的卡都刷不了，钱扣了，51"}, talk...) {
		features := w.manager.Features(w.manager.Reading(text), nil)
		if len(features) != len(dialog.KindFeatures) {
			t.Fatalf("%d features with %d names", len(features), len(dialog.KindFeatures))
		}
		for i, x := range features {
			if math.IsNaN(x) || math.IsInf(x, 0) {
				t.Errorf("%.20q: %q is %v", text, dialog.KindFeatures[i], x)
			}
		}
	}
}

// TestKindsOfPlainMessages: one clear message of each kind, beyond which the
// figures of "bot eval understand" count.
func TestKindsOfPlainMessages(t *testing.T) {
	w := newWorld(t)
	for text, want := range map[string]dialog.MessageKind{
		"打印机没纸了": dialog.AboutCause, "信号只有一格": dialog.AboutCause,
		"是不是网络的问题": dialog.AboutGroup, "刷卡失败": dialog.Vague, "S4": dialog.Vague,
		"转人工": dialog.IntentOnly, "谢谢": dialog.IntentOnly,
		"今天天气怎么样": dialog.OutOfScope, "怎么申请POS机": dialog.OutOfScope,
		"": dialog.Unreadable, "🙏": dialog.Unreadable, "，。！": dialog.Unreadable,
	} {
		u := w.understands(t, text)
		if u.Kind != want || u.Likely <= 0 || u.Likely > 1 {
			t.Errorf("%q is read as %q (%.2f), want %q", text, u.Kind, u.Likely, want)
		}
	}
}

func TestACodeIsAboutACause(t *testing.T) {
	w := newWorld(t)
	for _, text := range []string{
		"代码55", "S4 51", "你好，代码55", "谢谢，显示代码54", "转人工，代码55", "今天天气怎么样，代码51", "怎么申请POS机，代码55",
		"是不是网络的问题，代码91", "response code 55 thank you",
	} {
		u := w.understands(t, text)
		if u.Kind != dialog.AboutCause || u.Likely != 1 || u.Fact(kb.ResponseCode) == "" || len(u.Evidence) == 0 {
			t.Errorf("%q is read as %s (%.2f) with %v", text, u.Kind, u.Likely, u.Facts)
		}
	}
	if u := w.understands(t, "没有代码，怎么申请POS机"); u.Kind == dialog.AboutCause {
		t.Errorf("that there is no code is about a cause: %+v", u.Facts)
	}
}

// chargeTold are messages that say that the customer paid, whatever else they
// are about. Several of them are read as out of scope.
var chargeTold = []string{
	"钱已经扣了", "已扣款", "扣了", "扣款了", "钱被扣了", "扣了两次", "客人说钱扣了", "银行短信说扣了", "顾客说已经扣钱了", "客人手机收到扣款短信了",
	"你好，钱已经扣了", "谢谢，钱已经扣了", "今天天气怎么样，钱扣了", "怎么申请POS机，钱已经扣了", "昨天的钱没到账，客人已经扣款了",
	"charged", "the customer was charged", "he was already charged", "money was deducted", "kou le",
}

func TestChargeIsNeverPassedOver(t *testing.T) {
	outside := 0
	for _, text := range chargeTold {
		s := newShop(t)
		if s.understands(t, text).Kind == dialog.OutOfScope {
			outside++
		}
		posts := s.says(text)
		if s.state.Phase != dialog.HandedOver || s.state.Handoff.Reason != dialog.WasCharged {
			t.Errorf("%q left the phase %q", text, s.state.Phase)
		}
		if len(posts) == 0 {
			t.Errorf("%q got no answer", text)
		}
	}
	if outside == 0 {
		t.Error("none of them is read as out of scope: this test shows nothing")
	}
}

// TestChargeInAClosedCase: also after a case has ended, the charge opens one.
func TestChargeInAClosedCase(t *testing.T) {
	for _, text := range chargeTold {
		s := newShop(t)
		s.says("信号只有一格")
		s.cures("move-to-signal")
		s.says(text)
		if s.state.Phase != dialog.HandedOver {
			t.Errorf("%q left the phase %q", text, s.state.Phase)
		}
	}
}

// drastic are the intents that end or leave the case.
var drastic = []nlu.Intent{nlu.Human, nlu.Restart, nlu.Resolved, nlu.Angry}

// TestShortRepliesStayReplies: what is awaited is answered, whatever intent the
// words are like.
func TestShortRepliesStayReplies(t *testing.T) {
	for _, question := range []string{"which_cards", "network_state", "card_elsewhere", "entry", "other_ways"} {
		for _, text := range []string{"对", "嗯", "好", "是", "行", "有", "没", "不"} {
			s := newShop(t)
			s.says("刷卡失败")
			s.awaits(question)
			s.says(text)
			s.goesOn(text)
		}
	}
	for _, text := range []string{"嗯", "好", "行", "好的"} { // heard, not done yet
		s := newShop(t)
		s.says("信号只有一格，转圈转了半天然后S4，钱没扣")
		fix := s.state.Pending.Fix
		s.says(text)
		s.goesOn(text)
		if fix == "" || s.state.Pending.Fix != fix {
			t.Errorf("%q: the fix %q gave way to %+v", text, fix, s.state.Pending)
		}
	}
}

// awaits makes a question the one that waits for its answer.
func (s *shop) awaits(question string) {
	q := s.base.Question(question)
	s.state.Phase = dialog.Asking
	s.state.Pending = dialog.Pending{Kind: dialog.ForAnswer, Question: q.ID, Options: optionIDs(q), Posts: []string{"p1"}}
}

// goesOn says that the case is the same, and still with the bot.
func (s *shop) goesOn(text string) {
	s.t.Helper()
	switch phase := s.state.Phase; {
	case s.state.Cases != 1 || phase == dialog.Idle:
		s.t.Fatalf("%q began anew", text)
	case phase == dialog.HandedOver || phase == dialog.Offering || phase == dialog.Closed:
		s.t.Fatalf("%q left the phase %s", text, phase)
	}
}

// guess is an example whose intent no phrase tells.
type guess struct {
	dialog.Understanding
	text string
}

var (
	guesses     []guess
	guessesOnce sync.Once
)

// guessed reads the examples, once for all tests.
func guessed(t *testing.T) []guess {
	t.Helper()
	guessesOnce.Do(func() {
		w := newWorld(t)
		for _, x := range w.base.Examples {
			for _, text := range x.Texts.All() {
				if u := w.understands(t, text); u.Inferred {
					guesses = append(guesses, guess{u, text})
				}
			}
		}
	})
	return guesses
}

// TestShortGuessesAreNoIntents: of the examples of drastic intents, those that no
// phrase tells and that are as short as a reply count as nothing but a reply.
func TestShortGuessesAreNoIntents(t *testing.T) {
	tried := 0
	for _, g := range guessed(t) {
		if g.Length >= 4 || !slices.Contains(drastic, g.Intent()) || nlu.GivesUp(g.text) {
			continue
		}
		tried++
		s := newShop(t)
		s.says("刷卡失败")
		s.awaits("which_cards")
		s.says(g.text)
		s.goesOn(g.text)
	}
	if tried < 10 {
		t.Errorf("only %d examples are of that kind", tried)
	}
}

// TestClearGuessesCount: the same intents, told by likeness in words of their
// own, are heard when nothing is awaited.
func TestClearGuessesCount(t *testing.T) {
	heard := 0
	for _, g := range guessed(t) {
		if g.Intent() != nlu.Human || g.Likely < .7 || len(g.Facts) > 0 {
			continue
		}
		heard++
		s := newShop(t)
		s.says(g.text)
		if s.state.Phase != dialog.HandedOver {
			t.Errorf("%q asks for a person and left the phase %q", g.text, s.state.Phase)
		}
	}
	if heard < 5 {
		t.Errorf("only %d examples are of that kind", heard)
	}
}
