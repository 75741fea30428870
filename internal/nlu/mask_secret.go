package nlu

import "regexp"

// secret is a kind of number that is known by the words beside it. Of a number
// with a word before it, before matches the text up to the number; of one with
// a word after it, after matches the text from its end on; more matches what
// stands between two of them ("密码123456或者654321").
type secret struct {
	before, after, more *regexp.Regexp
	least, most         int
	with                string
}

// maskSecrets hides the verification codes and PINs that stand beside their
// words.
func maskSecrets(v view) []span {
	var spans []span
	var last secret
	end := 0 // where the last secret ends
	for _, run := range digitRuns(v) {
		w, s, ok := findSecret(v, run)
		if !ok && len(spans) > 0 && last.more.MatchString(v.plain[end:run.start(0)]) {
			w = last.leading(run)
			s, ok = last, w.to > 0 && !counts(v, run, w)
		}
		if ok {
			spans = append(spans, run.span(v, w, s.with))
			last, end = s, run.end(w.to-1)
		}
	}
	return spans
}

// findSecret gives the part of a run that is a secret of some kind.
func findSecret(v view, run digitRun) (window, secret, bool) {
	for _, s := range secrets {
		if w, ok := s.find(v, run); ok {
			return w, s, true
		}
	}
	return window{}, secret{}, false
}

// find gives the part of a run that is such a secret.
func (s secret) find(v view, run digitRun) (window, bool) {
	if len(run.digits) < s.least {
		return window{}, false
	}
	if w := s.leading(run); w.to > 0 && s.announced(v, run, w) {
		return w, true
	}
	if w := s.trailing(run); w.to > 0 && s.named(v, run, w) {
		return w, true
	}
	return window{}, false
}

// leading gives the groups at the start of a run that make one number: one that
// is long enough and its like ("1234 5678"), or short ones of falling length
// ("1 2 3 4 5 6 55" is 123456, then 55).
func (s secret) leading(run digitRun) window {
	bounds := run.bounds()
	first := bounds[1]
	to := first
	for i := 2; i < len(bounds); i++ {
		size := bounds[i] - to
		if bounds[i] > s.most || to >= s.least && (size > first || first >= s.least && size != first) {
			break
		}
		to = bounds[i]
	}
	if to < s.least || to > s.most {
		return window{}
	}
	return window{0, to}
}

// trailing gives the last group of a run, or all of a run of short groups.
func (s secret) trailing(run digitRun) window {
	bounds := run.bounds()
	last := window{bounds[len(bounds)-2], len(run.digits)}
	if size := last.to - last.from; size >= s.least && size <= s.most {
		return last
	}
	if last.to >= s.least && last.to <= s.most {
		return window{0, last.to}
	}
	return window{}
}

// announced says that a secret's word stands before the number, and that the
// number is no amount or time.
func (s secret) announced(v view, run digitRun, w window) bool {
	if counts(v, run, w) {
		return false
	}
	before := v.before(run.start(w.from), 60)
	if s.before.MatchString(before) {
		return !afterComma.MatchString(before) || endsThere.MatchString(v.after(run.end(w.to-1), 2))
	}
	return s.least == pinLeast && pinFarOff(before, w.to-w.from)
}

// named says that a secret's word stands after the number: "123 is the cvv".
func (s secret) named(v view, run digitRun, w window) bool {
	after := v.after(run.end(w.to-1), 40)
	m := s.after.FindStringIndex(after)
	if m == nil {
		return w.to-w.from == pinUsual && s.least == pinLeast && pinComplaint(v, run, w)
	}
	return !complaint.MatchString(after[m[1]:])
}

// counts says that a number is an amount, a number of times, a date or a time
// of day.
func counts(v view, run digitRun, w window) bool {
	after := v.after(run.end(w.to-1), 16)
	return moneyUnit.MatchString(after) || w.to-w.from <= 4 && countedUnit.MatchString(after) || dateOrTime.MatchString(v.after(run.start(w.from), 24))
}
