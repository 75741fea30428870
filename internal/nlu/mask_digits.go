package nlu

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// digit is one digit, with its bytes of the plain text.
type digit struct {
	value   byte // 0 to 9
	at, end int
	chinese bool // written as a Chinese numeral
}

// digitRun is a stretch of digits in which only separators stand between them.
// groups are the indices at which a group of digits that touch begins: one
// number may end and another begin there.
type digitRun struct {
	digits []digit
	groups []int
}

// maxGap is how many separators may stand between two digits of one number.
const maxGap = 8

// digitRuns finds the runs of digits in a text.
func digitRuns(v view) []digitRun {
	var runs []digitRun
	var run digitRun
	flush := func() {
		if len(run.digits) > 0 {
			runs = append(runs, run)
			run = digitRun{}
		}
	}
	gap := 0
	for at, r := range v.plain {
		value, chinese, ok := digitValue(r)
		switch {
		case ok && !endsName(v, at):
			d := digit{value, at, at + utf8.RuneLen(r), chinese}
			if len(run.digits) == 0 || gap > 0 || !run.continues(v, d) {
				run.groups = append(run.groups, len(run.digits))
			}
			run.digits = append(run.digits, d)
			gap = 0
		case separator(r) && gap < maxGap:
			gap++
		default:
			flush()
			gap = 0
		}
	}
	flush()
	return runs
}

// continues says that a digit touches the last one and is written like it.
func (r digitRun) continues(v view, d digit) bool {
	return v.touches(d.at) && r.digits[len(r.digits)-1].chinese == d.chinese
}

// names are words that end with a digit, which is no part of a number.
var names = [...]string{"s4", "cvv2", "cvc2", "cvn2"}

// endsName says that a digit belongs to a name: S4 and CVV2 often stand right
// before a number.
func endsName(v view, at int) bool {
	for _, name := range names {
		start := at + 1 - len(name)
		if strings.HasSuffix(v.plain[:at+1], name) && wholeWord(v.plain, start, at+1) {
			return true
		}
	}
	return false
}

// separator says that a rune can stand between the digits of one number.
func separator(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) }

// text gives the digits in a part of the run.
func (r digitRun) text(from, to int) string {
	b := make([]byte, to-from)
	for i := range b {
		b[i] = '0' + r.digits[from+i].value
	}
	return string(b)
}

// bounds are the places where a number may begin or end: the groups' and the
// end of the run.
func (r digitRun) bounds() []int {
	return append(append(make([]int, 0, len(r.groups)+1), r.groups...), len(r.digits))
}

// start and end are the places in the plain text of the i-th digit.
func (r digitRun) start(i int) int { return r.digits[i].at }
func (r digitRun) end(i int) int   { return r.digits[i].end }

// window is a part of a run, in digits: from to, to excluded.
type window struct{ from, to int }

// windows gives the parts of a run between bounds that have a length between
// least and most and that pass a test; of those that begin together only the
// longest, and none inside another.
func (r digitRun) windows(least, most int, test func(window) bool) []window {
	var out []window
	bounds := r.bounds()
	reach := 0
	for i, from := range bounds {
		best := 0
		for _, to := range bounds[i+1:] {
			if to-from > most {
				break
			}
			if to-from >= least && to > reach && test(window{from, to}) {
				best = to
			}
		}
		if best > 0 {
			out = append(out, window{from, best})
			reach = best
		}
	}
	return out
}

// span gives the part of the text that a window covers.
func (r digitRun) span(v view, w window, with string) span {
	return v.span(r.start(w.from), r.end(w.to-1), with)
}
