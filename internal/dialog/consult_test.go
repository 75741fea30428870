package dialog_test

import (
	"context"
	"testing"

	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/kb"
)

func (w world) consults(t *testing.T, text string, answers ...chat.Answered) chat.Advice {
	t.Helper()
	hits, err := w.index.Search(context.Background(), w.manager.Query(text))
	if err != nil {
		t.Fatal(err)
	}
	return w.manager.Consult(text, hits, answers)
}

func TestAColleagueGetsCausesReasonsAndTheFix(t *testing.T) {
	w := newWorld(t)
	a := w.consults(t, "别的卡都能刷，就这张不行，跳55")
	if len(a.Causes) == 0 || a.Causes[0].Cause != "operation.wrong-pin" || len(a.Causes[0].Why) == 0 || a.Causes[0].FixText == "" || !a.Causes[0].AskFirst {
		t.Errorf("the advice is %+v", a)
	}
	if a := w.consults(t, "the terminal is offline"); a.Lang != "en" || len(a.Causes) == 0 {
		t.Errorf("in English: %+v", a)
	}
	if a := w.consults(t, "怎么申请POS机"); a.Article == "" {
		t.Errorf("a how-to: %+v", a)
	}
}

// A follow-up question changes the advice, and is not asked again.
func TestAColleaguesAnswersCount(t *testing.T) {
	w := newWorld(t)
	a := w.consults(t, "刷卡失败，机器有点问题")
	if a.Question == nil || len(a.Question.Options) < 3 {
		t.Fatalf("nothing is asked: %+v", a)
	}
	answer := chat.Answered{Question: a.Question.ID, Option: a.Question.Options[0].ID}
	b := w.consults(t, "刷卡失败，机器有点问题", answer)
	if b.Question != nil && b.Question.ID == a.Question.ID || len(b.Known) == 0 {
		t.Errorf("after the answer: %+v", b)
	}
	if c := w.consults(t, "刷卡失败", chat.Answered{Question: "no_such", Option: "x"}); len(c.Known) != 0 {
		t.Errorf("an answer to nothing: %+v", c)
	}
}

func TestEveryCauseCanBeChosen(t *testing.T) {
	groups, causes := newWorld(t).manager.CauseTitles(kb.English)
	n := 0
	for _, g := range groups {
		n += len(causes[g])
	}
	if n != 38 || len(groups) != 8 {
		t.Errorf("%d causes in %d groups", n, len(groups))
	}
}
