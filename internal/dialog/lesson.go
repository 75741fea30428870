package dialog

import (
	"slices"
	"time"
)

// Lesson is a closed case whose cause is confirmed: what shares, signs and
// priors are learned from. It holds no words of the merchant's. It outlives its
// case, and goes with the conversation.
type Lesson struct {
	Case    int       `json:"case"` // the conversation's cases are counted from 1
	At      time.Time `json:"at"`
	Cause   string    `json:"cause"`
	Answers []Taught  `json:"answers,omitempty"`
	Fixes   []Taught  `json:"fixes,omitempty"`
}

// Taught is an answer, or a fix with whether it helped.
type Taught struct {
	Question string `json:"question,omitempty"`
	Option   string `json:"option,omitempty"`
	Fix      string `json:"fix,omitempty"`
	Worked   bool   `json:"worked,omitempty"`
}

const maxLessons = 20

// keepLesson keeps what the case teaches. The charge's status is no sign of a
// cause, and what was answered while another error showed is none of this one.
func (t *turn) keepLesson(cause string) {
	lesson := Lesson{Case: max(1, t.s.Cases), At: t.e.At, Cause: cause}
	for i, e := range t.s.Log {
		switch {
		case e.Void != 0:
		case e.What == Answer && e.Question != t.safety().ID && i >= t.s.reopened():
			lesson.Answers = append(lesson.Answers, Taught{Question: e.Question, Option: e.Option})
		case e.What == Reported && (e.Result == Works || e.Result == Same):
			lesson.Fixes = append(lesson.Fixes, Taught{Fix: e.Fix, Worked: e.Result == Works})
		}
	}
	t.unlearn()
	t.s.Lessons = append(t.s.Lessons, lesson)
}

// unlearn takes back what the current case taught: it is open again.
func (t *turn) unlearn() {
	t.s.Lessons = slices.DeleteFunc(t.s.Lessons, func(l Lesson) bool { return l.Case == max(1, t.s.Cases) })
}
