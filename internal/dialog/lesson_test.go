package dialog_test

import (
	"testing"

	"github.com/s4bot/s4bot/internal/dialog"
)

// TestLesson: a case that a fix closed teaches its cause and answers, and
// teaches nothing once it is open again.
func TestLesson(t *testing.T) {
	s := newShop(t)
	s.says("信号只有一格，转圈转半天，没扣钱")
	for range 12 {
		if s.state.Phase == dialog.Closed || s.state.Phase == dialog.HandedOver {
			break
		}
		switch {
		case s.state.Pending.Fix != "":
			s.chooses("works")
		case s.state.Pending.Question == s.base.SafetyQuestion().ID:
			s.chooses("not_charged")
		default:
			s.chooses("unsure")
		}
	}
	if s.state.Phase != dialog.Closed || len(s.state.Lessons) != 1 {
		t.Fatalf("phase %s, lessons %+v", s.state.Phase, s.state.Lessons)
	}
	lesson := s.state.Lessons[0]
	if lesson.Cause != "network.weak-signal" || lesson.Case != 1 || len(lesson.Answers) == 0 || len(lesson.Fixes) != 1 || !lesson.Fixes[0].Worked {
		t.Errorf("got %+v", lesson)
	}
	for _, a := range lesson.Answers {
		if a.Question == s.base.SafetyQuestion().ID {
			t.Error("the charge's status is no sign of a cause")
		}
	}
	s.says("还是不行")
	if len(s.state.Lessons) != 0 {
		t.Errorf("the case is open again and still teaches %+v", s.state.Lessons)
	}
}
