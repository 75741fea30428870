package dialog_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/dialog"
)

// lacking is a message that speaks clearly for an empty card.
const lacking = "提示余额不足"

// cures reports that a fix, which the bot has just explained, works.
func (s *shop) cures(fix string) {
	s.state.Phase = dialog.Fixing
	s.state.Pending = dialog.Pending{
		Kind: dialog.ForResult, Fix: fix,
		Options: []string{string(dialog.Works), string(dialog.Same), string(dialog.Different), string(dialog.NotTried)},
	}
	s.chooses(string(dialog.Works))
	if s.state.Phase != dialog.Closed {
		s.t.Fatalf("it works, and the phase is %s", s.state.Phase)
	}
}

// unfound is a message that is about something else than payments.
const unfound = "今天天气怎么样"

// saysUnfound sends a text for which the search finds nothing.
func (s *shop) saysUnfound(text string) {
	s.n++
	m := chat.Message{ID: fmt.Sprint("m", s.n), Room: room, Text: text}
	s.step(dialog.Event{At: s.now, Heard: []dialog.Heard{{Message: m}}})
}

// gaps writes the messages that were read badly as "text → confirmed cause".
func (s *shop) gaps() string {
	var out []string
	for _, g := range s.state.Gaps {
		out = append(out, strings.TrimSuffix(g.Text+" → "+g.Cause, " → "))
	}
	return strings.Join(out, ", ")
}

func TestKeepsWhatWasReadBadly(t *testing.T) {
	s := newShop(t)
	s.says(lacking)
	s.now = s.now.Add(time.Minute)
	s.cures("move-to-signal") // cures a weak signal and nothing else
	if s.gaps() != lacking+" → network.weak-signal" {
		t.Fatalf("kept %q", s.gaps())
	}
	g := s.state.Gaps[0]
	if g.Case != 1 || !g.At.Equal(s.now) || g.Read != "card.insufficient-balance" || g.P <= 0 || g.P >= .2 {
		t.Errorf("kept as %+v", g)
	}
}

func TestKeepsNothingElse(t *testing.T) {
	for _, tt := range []struct {
		name string
		says []string
		fix  string
	}{
		{"read well", []string{"信号只有一格"}, "move-to-signal"},
		{"what was read well beside what is vague", []string{"刷卡失败", "信号只有一格"}, "move-to-signal"},
		{"vague", []string{"刷卡失败"}, "move-to-signal"},
		{"several causes may have been cured", []string{lacking}, "restart-terminal"},
		{"the fix cures nothing that is known", []string{lacking}, "pay-by-qr"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := newShop(t)
			for _, text := range tt.says {
				s.says(text)
			}
			s.cures(tt.fix)
			if s.gaps() != "" {
				t.Errorf("kept %q", s.gaps())
			}
		})
	}
}

// TestKeepsOnlyWhatThreeOthersBeat: a cause that the text made second or third
// likeliest would have come up by asking.
func TestKeepsOnlyWhatThreeOthersBeat(t *testing.T) {
	kept, near := 0, 0
	for _, text := range []string{lacking, "磁条刷不出来，读不到卡"} {
		opened := newShop(t)
		opened.says(text)
		for rank, p := range opened.manager.View(opened.state).Belief {
			fix := opened.ownFix(p.Cause)
			if fix == "" {
				continue
			}
			s := *opened
			s.cures(fix)
			want := ""
			switch {
			case rank >= 3 && p.P < .2:
				want = text + " → " + p.Cause
				kept++
			case p.P < .2:
				near++
			}
			if s.gaps() != want {
				t.Errorf("%q, number %d is %s with %.3f: kept %q, want %q", text, rank+1, p.Cause, p.P, s.gaps(), want)
			}
		}
	}
	if kept < 5 || near == 0 {
		t.Errorf("tried %d causes far down and %d near the top", kept, near)
	}
}

// ownFix gives a fix that cures this cause and no other, or "".
func (s *shop) ownFix(cause string) string {
	c := s.base.Cause(cause)
	if c == nil {
		return ""
	}
	for _, cure := range c.Cures {
		if strings.HasPrefix(cure.Fix.ID, cause+"/") {
			return cure.Fix.ID
		}
	}
	return ""
}

// TestKeepsNoGuess: what a text finds while it is hardly about a cause is no
// misreading of one.
func TestKeepsNoGuess(t *testing.T) {
	doubtful := 0
	for _, text := range []string{"是不是网络的问题", "我怀疑是银行那边不让过", "估计是你们公司系统的毛病", "会不会是密码那边的事", "maybe it is the bank or so"} {
		s := newShop(t)
		s.says(text)
		for _, e := range s.state.Log {
			if e.What == dialog.Searched && e.Trust < .5 {
				doubtful++
				s.cures("hardware.printer-paper/clear-paper-jam")
				if s.gaps() != "" {
					t.Errorf("%q was believed by %.2f: kept %q", text, e.Trust, s.gaps())
				}
				break
			}
		}
	}
	if doubtful == 0 {
		t.Error("none of them is doubtful: this test shows nothing")
	}
}

// TestAnotherEndTeachesNothing: only a fix that worked confirms a cause.
func TestAnotherEndTeachesNothing(t *testing.T) {
	for _, end := range []string{"转人工", "算了", "还是不行"} {
		s := newShop(t)
		s.says(lacking)
		s.says("其实是信号只有一格")
		s.says(end)
		if s.gaps() != "" {
			t.Errorf("after %q: kept %q", end, s.gaps())
		}
	}
}

func TestKeepsWhatNothingMatches(t *testing.T) {
	s := newShop(t)
	s.saysUnfound(unfound)
	if s.gaps() != unfound || s.state.Gaps[0].P != 0 || s.state.Gaps[0].Read != "" || !s.state.Gaps[0].At.Equal(s.now) {
		t.Errorf("kept %+v", s.state.Gaps)
	}
	for _, text := range []string{"你好", "谢谢", "🙏", "", unfound, "昨天的钱还没到账", "怎么申请POS机", "刷卡失败", "卡过期了", "是不是网络的问题", "代码55"} {
		s := newShop(t)
		s.says(text)
		if s.gaps() != "" {
			t.Errorf("%q was understood, and is kept", text)
		}
	}
}

// TestGapsOutliveTheirCase: they survive a restart, the next case and a person,
// and count the cases.
func TestGapsOutliveTheirCase(t *testing.T) {
	s := newShop(t)
	s.says(lacking)
	s.cures("move-to-signal")
	s.says("/restart")
	if s.gaps() != lacking+" → network.weak-signal" {
		t.Fatalf("after a restart: %q", s.gaps())
	}
	s.says("密码输错了")
	s.cures("move-to-signal")
	s.says("转人工")
	s.says("重新开始")
	if s.gaps() != lacking+" → network.weak-signal, 密码输错了 → network.weak-signal" {
		t.Fatalf("after another case: %q", s.gaps())
	}
	if s.state.Gaps[0].Case != 1 || s.state.Gaps[1].Case != 2 {
		t.Errorf("they are of the cases %d and %d", s.state.Gaps[0].Case, s.state.Gaps[1].Case)
	}
}

func TestKeepsAGapOnce(t *testing.T) {
	s := newShop(t)
	for range 2 {
		s.saysUnfound(unfound)
		s.says(lacking)
		s.cures("move-to-signal")
		s.says("/restart")
	}
	if want := unfound + ", " + lacking + " → network.weak-signal"; s.gaps() != want {
		t.Errorf("kept %q, want %q", s.gaps(), want)
	}
	s.says(lacking)
	s.cures("hardware.power/own-wall-socket")
	if !strings.HasSuffix(s.gaps(), ", "+lacking+" → hardware.power") {
		t.Errorf("the same words for another cause are lost: %q", s.gaps())
	}
}

func TestKeepsTheNewestGaps(t *testing.T) {
	s := newShop(t)
	for i := range 25 {
		s.says("/restart")
		s.saysUnfound(unfound + strings.Repeat("呀", i))
	}
	if n := len(s.state.Gaps); n != 20 {
		t.Fatalf("%d are kept", n)
	}
	if first, last := s.state.Gaps[0].Text, s.state.Gaps[19].Text; first != unfound+strings.Repeat("呀", 5) || last != unfound+strings.Repeat("呀", 24) {
		t.Errorf("kept are those from %q to %q", first, last)
	}
}

// TestGapsHoldWhatStepWasGiven: the text is masked before Step, and goes into
// the gap as it is, up to a bound.
func TestGapsHoldWhatStepWasGiven(t *testing.T) {
	const masked = "今天天气怎么样 [phone]"
	s := newShop(t)
	s.saysUnfound(masked)
	if s.gaps() != masked {
		t.Errorf("kept %q, want %q", s.gaps(), masked)
	}
	s = newShop(t)
	s.says("余额不足 [card …7894]")
	s.cures("move-to-signal")
	if s.gaps() != "余额不足 [card …7894] → network.weak-signal" {
		t.Errorf("kept %q", s.gaps())
	}
	s = newShop(t)
	s.saysUnfound(strings.Repeat(unfound, 400))
	if s.gaps() == "" {
		t.Fatal("a long message is not kept")
	}
	if text := []rune(s.state.Gaps[0].Text); len(text) != 501 || text[500] != '…' {
		t.Errorf("a long message is kept with %d characters", len(text))
	}
}
