package nlu

import "regexp"

// maskPhones finds mobile phone numbers of the mainland, Hong Kong, Macau and
// Taiwan, and whatever a word for the phone announces.
func maskPhones(v view) []span {
	var spans []span
	for _, run := range digitRuns(v) {
		phones := run.windows(10, 15, func(w window) bool { return mobile.MatchString(run.text(w.from, w.to)) })
		if len(phones) == 0 && phoneWord.MatchString(v.before(run.start(0), 30)) {
			phones = run.leading(7, 12)
		}
		for _, w := range phones {
			spans = append(spans, run.span(v, w, "[phone]"))
		}
	}
	return spans
}

// leading gives the first groups of a run that have together a length between
// least and most, as few as possible.
func (r digitRun) leading(least, most int) []window {
	for _, to := range r.bounds()[1:] {
		if to >= least && to <= most {
			return []window{{0, to}}
		}
	}
	return nil
}

// mobile matches mobile numbers, with the country's code where it is needed to
// tell.
var mobile = regexp.MustCompile(`^(?:(?:00)?86)?1[3-9]\d{9}$|^(?:00)?85[23][4-9]\d{7}$|^(?:00)?8860?9\d{8}$|^09\d{8}$`)

// phoneWord matches text that announces a phone number.
var phoneWord = regexp.MustCompile(`(?:手机|电话|座机|热线|联系方式|\bphone|\bmobile|\bcell|\btel|\bwhatsapp)(?:号码?|number|no|num|是|为|is|[^\pL\pN])*$`)
