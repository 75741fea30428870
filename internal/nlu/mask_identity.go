package nlu

import (
	"strings"
	"time"
	"unicode/utf8"
)

// citizenLength is how long a mainland identity number is.
const citizenLength = 18

// maskIdentity finds mainland identity numbers (GB 11643): 17 digits with a
// plausible birthday and a check character that may be X.
func maskIdentity(v view, run digitRun) []span {
	if len(run.digits) < citizenLength-1 {
		return nil
	}
	var spans []span
	for _, w := range run.windows(citizenLength, citizenLength, func(w window) bool { return citizenID(run.text(w.from, w.to)) }) {
		spans = append(spans, run.span(v, w, "[id]"))
	}
	return append(spans, maskIdentityX(v, run)...)
}

// maskIdentityX finds the number whose check character is X: it ends the run.
func maskIdentityX(v view, run digitRun) []span {
	last := len(run.digits)
	end := endOfX(v.plain, run.end(last-1))
	if end == 0 {
		return nil
	}
	for _, from := range run.groups {
		if last-from == citizenLength-1 && citizenID(run.text(from, last)+"X") {
			return []span{v.span(run.start(from), end, "[id]")}
		}
	}
	return nil
}

// endOfX gives the place after an X that stands at a place, a few separators
// before it allowed, and that begins no word; or 0.
func endOfX(plain string, at int) int {
	gap := 0
	for i, r := range plain[at:] {
		if r == 'x' || r == '×' || r == 'х' { // the last is Cyrillic
			end := at + i + utf8.RuneLen(r)
			if end < len(plain) && isLetterByte(plain[end]) {
				return 0
			}
			return end
		}
		if gap++; !separator(r) || gap > maxGap {
			return 0
		}
	}
	return 0
}

func isLetterByte(c byte) bool { return c >= 'a' && c <= 'z' }

func citizenID(s string) bool {
	born, err := time.Parse("20060102", s[6:14])
	if err != nil || born.Year() < 1900 || born.Year() > 2100 || s[0] == '0' {
		return false
	}
	sum := 0
	for i, w := range [...]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2} {
		sum += int(s[i]-'0') * w
	}
	return strings.HasSuffix(s, "10X98765432"[sum%11:sum%11+1])
}
