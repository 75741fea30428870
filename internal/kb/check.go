package kb

import (
	"math"
	"path"
)

// separates is how far two causes' answers to a question must lie apart (total
// variation distance) for the question to tell them apart.
const separates = .25

// checkNeeded finds what every base must have.
func (l *loader) checkNeeded() {
	if len(l.safety) == 0 && !l.anyFailed(questionsDir) {
		l.faults = append(l.faults, Fault{File: questionsDir, Text: "no question has safety: true; one must ask whether the customer was charged"})
	}
	for _, at := range l.safety[min(1, len(l.safety)):] {
		at.fault("%s has it already; one question asks whether the customer was charged", l.safety[0].file)
	}
	for _, at := range l.amounts[min(1, len(l.amounts)):] {
		at.fault("%s has it already; one question is about sums", l.amounts[0].file)
	}
	for _, id := range []string{ResponseCode, SuspectedArea} {
		if l.base.questions[id] == nil && !l.unread(questionsDir, id) {
			l.faults = append(l.faults, Fault{File: questionsDir, Text: "the question " + id + " is missing"})
		}
	}
	l.checkExamples()
	if len(l.base.Causes) == 0 && !l.anyFailed(causesDir) {
		l.faults = append(l.faults, Fault{File: causesDir, Text: "holds no cause"})
	}
}

// anyFailed says that a folder, or something in it, could not be read.
func (l *loader) anyFailed(dir string) bool {
	for entry, failed := range l.failed {
		if failed && (entry == dir || path.Dir(entry) == dir) {
			return true
		}
	}
	return false
}

// checkWhole finds what only the whole base shows. Each single file is sound
// when it runs.
func (l *loader) checkWhole() {
	l.checkUse()
	l.checkQuestions()
	l.checkCauses()
}

// checkUse finds shared fixes that no cause uses and that serve no waiting
// customer either.
func (l *loader) checkUse() {
	used := map[*Fix]bool{}
	for _, c := range l.base.Causes {
		for _, cure := range c.Cures {
			used[cure.Fix] = true
		}
	}
	for _, f := range l.base.Fixes {
		if !used[f] && !f.WayRound {
			l.at[f].fault("no cause uses this fix")
		}
	}
}

// checkQuestions finds questions whose answers never change anything.
func (l *loader) checkQuestions() {
	for _, q := range l.base.Questions {
		if !q.Matters(l.base.Causes) {
			l.at[q].fault("the answers never change anything: no cause has signs here that another has not")
		}
	}
}

// checkCauses finds pairs of causes that the bot could never tell apart.
func (l *loader) checkCauses() {
	for i, a := range l.base.Causes {
		for _, b := range l.base.Causes[:i] {
			most, any := 0.0, 0.0
			for _, q := range l.base.Questions {
				d := distance(q, a, b)
				any = max(any, d)
				if q.diagnostic() {
					most = max(most, d)
				}
			}
			switch {
			case any < .01:
				l.at[a].fault("has the same signs as %s", b.ID)
			case most < separates:
				l.at[a].fault("no question separates it from %s: give one of them a sign that the other has not", b.ID)
			}
		}
	}
}

// diagnostic says that the question is asked and that its answers are about what
// can be seen, not suspected.
func (q *Question) diagnostic() bool { return q.Auto == "" && q.ID != SuspectedArea }

// TellsApart says that the answers to q are enough to tell two causes apart.
// Every two causes of a base need such a question.
func (q *Question) TellsApart(a, b *Cause) bool {
	return q.diagnostic() && distance(q, a, b) >= separates
}

// Matters says that the answers to q ever change anything, if the causes are
// these. Every question of a base must.
func (q *Question) Matters(causes []*Cause) bool {
	if q.Safety {
		return true
	}
	for i, a := range causes {
		for _, b := range causes[:i] {
			if distance(q, a, b) >= separates {
				return true
			}
		}
	}
	return false
}

// distance is the total variation distance of two causes' answers: 0 if they
// answer alike, 1 if never.
func distance(q *Question, a, b *Cause) float64 {
	la, lb, sum := q.Likelihood(a), q.Likelihood(b), 0.0
	for i := range la {
		sum += math.Abs(la[i] - lb[i])
	}
	return sum / 2
}
