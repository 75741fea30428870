package dialog_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/dialog"
	"github.com/s4bot/s4bot/internal/kb"
)

// last gives the newest record; there must be n.
func (s *shop) last(n int) dialog.Record {
	s.t.Helper()
	if len(s.state.Records) != n {
		s.t.Fatalf("there are %d records, want %d: %+v", len(s.state.Records), n, s.state.Records)
	}
	return s.state.Records[n-1]
}

// finishes answers what is asked until the case is over.
func (s *shop) finishes() {
	for range 20 {
		switch {
		case s.over():
			return
		case s.state.Pending.Fix != "":
			s.chooses("works")
		case s.state.Pending.Question == s.base.SafetyQuestion().ID:
			s.chooses("not_charged")
		default:
			s.chooses(s.state.Pending.Options[0])
		}
	}
	s.t.Fatalf("the case never ends")
}

func TestARecordOfWhatTheBotSolved(t *testing.T) {
	s := newShop(t)
	began := s.now
	s.says("工行的卡刷卡失败")
	s.now = s.now.Add(3 * time.Minute)
	s.says("信号只有一格")
	s.finishes()
	r := s.last(1)
	if r.Case != 1 || !r.Began.Time().Equal(began) || !r.Ended.Time().Equal(s.now) || r.Handed != 0 || r.Lang != kb.Chinese || r.End != dialog.Solved || r.Reason != "" {
		t.Errorf("kept %+v", r)
	}
	if r.Predicted != "network.weak-signal" || r.P < .5 || r.Confirmed != "network.weak-signal" || r.Fixes != 1 || r.Fix == "" || !slices.Equal(r.Names, []string{"icbc"}) {
		t.Errorf("kept %+v", r)
	}
	if len(r.Questions) == 0 {
		t.Error("no question was kept")
	}
	s.says("还是不行")
	if len(s.state.Records) != 0 {
		t.Errorf("the case is open again and still on record: %+v", s.state.Records)
	}
	if open, ok := s.manager.OpenCase(s.state); !ok || open.End != dialog.StillOpen || !open.Began.Time().Equal(began) {
		t.Errorf("the open case is %+v, %v", open, ok)
	}
}

// What a question was worth is read off the log: how far its answer moved the
// belief, and nothing for "I don't know".
func TestWhatQuestionsWereWorth(t *testing.T) {
	s := newShop(t)
	s.says("刷卡失败")
	first := s.state.Pending.Question
	s.chooses(s.state.Pending.Options[1])
	for s.state.Pending.Kind == dialog.ForConfirm {
		s.chooses(s.state.Pending.Option)
	}
	second := s.state.Pending.Question
	s.says("不知道")
	if s.state.Pending.Question == second {
		s.says("不知道")
	}
	third := s.state.Pending.Question
	s.says("算了")
	r := s.last(1)
	if r.End != dialog.LetBe || r.Confirmed != "" || r.Fix != "" || len(r.Questions) != 3 {
		t.Fatalf("kept %+v", r)
	}
	if q := r.Questions[0]; q.Question != first || q.Bits <= 0 || q.Unsure || q.Open {
		t.Errorf("the first was worth %+v", q)
	}
	if q := r.Questions[1]; q != (dialog.Worth{Question: second, Unsure: true}) {
		t.Errorf("the second was worth %+v", q)
	}
	if q := r.Questions[2]; q != (dialog.Worth{Question: third, Open: true}) {
		t.Errorf("the third was worth %+v", q)
	}
}

func TestARecordFollowsTheCaseToThePerson(t *testing.T) {
	s := handedOver(t, dialog.Desk{}, "刷卡失败")
	handed := s.now
	r := s.last(1)
	if r.End != dialog.ToPerson || r.Reason != dialog.AskedFor || !r.Handed.Time().Equal(handed) || r.Ended != 0 {
		t.Fatalf("kept %+v", r)
	}
	s.now = s.now.Add(time.Hour)
	s.says("是招行的卡")
	s.acts(chat.Act{ID: "c", Kind: chat.Claim})
	s.acts(chat.Act{ID: "x", Kind: chat.Close, Cause: "hardware.card-reader"})
	r = s.last(1)
	if r.End != dialog.ByAgent || r.Reason != dialog.AskedFor || !r.Handed.Time().Equal(handed) || !r.Ended.Time().Equal(s.now) ||
		r.Confirmed != "hardware.card-reader" || r.Predicted == "hardware.card-reader" || !slices.Equal(r.Names, []string{"cmb"}) {
		t.Errorf("kept %+v", r)
	}
}

func TestARecordOfACaseThatIsGivenBack(t *testing.T) {
	s := newShop(t)
	s.says("刷卡失败")
	s.acts(chat.Act{ID: "c", Kind: chat.Claim})
	if r := s.last(1); r.End != dialog.ToPerson || r.Reason != dialog.AgentCame {
		t.Fatalf("kept %+v", r)
	}
	s.acts(chat.Act{ID: "g", Kind: chat.GiveBack})
	if len(s.state.Records) != 0 || s.state.Phase == dialog.HandedOver {
		t.Errorf("%s, kept %+v", s.state.Phase, s.state.Records)
	}
}

func TestRecordsOutliveTheirCase(t *testing.T) {
	s := newShop(t)
	s.says("刷卡失败")
	s.says("/restart")
	s.says("信号只有一格")
	s.finishes()
	if r := s.last(2); s.state.Records[0].End != dialog.Anew || r.Case != 2 || len(r.Names) != 0 {
		t.Errorf("kept %+v", s.state.Records)
	}
	s.waits(25 * time.Hour)
	s.waits(25 * time.Hour)
	if s.state.Phase != dialog.Idle || len(s.state.Log) != 0 {
		t.Fatalf("the closed case does not rest: %s", s.state.Phase)
	}
	s.last(2)
	for range 30 {
		s.says("刷卡失败")
		s.says("/restart")
	}
	if r := s.last(20); r.Case != 32 {
		t.Errorf("the newest is of case %d", r.Case)
	}
	s.says("/forget")
	s.says("是")
	if len(s.state.Records) != 0 {
		t.Errorf("a merchant who was forgotten is on record: %+v", s.state.Records)
	}
}

// TestRecordsSayHowCasesStand: whatever merchants do, a case is on record exactly
// while it is with a person or over, with its own ending, and holds no words.
func TestRecordsSayHowCasesStand(t *testing.T) {
	w := newWorld(t)
	rapid.Check(t, func(t *rapid.T) {
		s := openShop(t, w)
		for range rapid.IntRange(1, 14).Draw(t, "deeds") {
			s.do(s.deeds(t, texts()))
			var mine []dialog.Record
			for _, r := range s.state.Records {
				if r.Case == max(1, s.state.Cases) {
					mine = append(mine, r)
				}
				if r.Handed != 0 != (r.Reason != "") || r.Ended == 0 && r.End != dialog.ToPerson || r.Began == 0 || strings.ContainsAny(r.Predicted+r.Fix+r.Confirmed, " 　") {
					t.Fatalf("kept %+v", r)
				}
			}
			want := map[dialog.Phase][]dialog.End{dialog.HandedOver: {dialog.ToPerson}, dialog.Closed: {dialog.Solved, dialog.LetBe}}[s.state.Phase]
			switch {
			case s.state.Phase == dialog.Idle || s.state.Phase == "":
			case want == nil && len(mine) != 0, want != nil && len(mine) != 1, want != nil && !slices.Contains(want, mine[0].End):
				t.Fatalf("in the phase %s the records of the case are %+v", s.state.Phase, mine)
			}
		}
	})
}
