package nlu

import (
	"regexp"
	"strings"
)

// letterIDs are the identity numbers that begin with letters: Hong Kong's
// A123456(3) and Taiwan's A123456789. Both carry a check digit.
var letterIDs = []struct {
	re    *regexp.Regexp
	valid func(string) bool
}{
	{regexp.MustCompile(`[a-z]{1,2}[ -]?\d{6}[ -]?(?:\( ?[\da] ?\)|[\da])`), hongKongID},
	{regexp.MustCompile(`[a-z][ -]?[1289]\d{8}`), taiwanID},
}

func maskLetterIdentity(v view) []span {
	var spans []span
	for _, kind := range letterIDs {
		for _, m := range kind.re.FindAllStringIndex(v.plain, -1) {
			if wholeWord(v.plain, m[0], m[1]) && kind.valid(strings.ToUpper(v.plain[m[0]:m[1]])) {
				spans = append(spans, v.span(m[0], m[1], "[id]"))
			}
		}
	}
	return spans
}

// wholeWord says that no Latin letter or digit touches a part of a text.
func wholeWord(s string, start, end int) bool {
	return (start == 0 || !isWordByte(s[start-1])) && (end == len(s) || !isWordByte(s[end]))
}

func isWordByte(c byte) bool { return isLetterByte(c) || isDigitByte(c) }

var bare = strings.NewReplacer("(", "", ")", "", " ", "", "-", "")

// notHongKong are two letters that announce a number of the shop's own.
var notHongKong = map[string]bool{"SN": true, "NO": true, "ID": true, "NR": true}

// hongKongID checks the check digit of a Hong Kong identity card. With two
// letters in front many order numbers look like it.
func hongKongID(s string) bool {
	number := bare.Replace(s)
	if len(number) == 9 && notHongKong[number[:2]] && !strings.Contains(s, "(") {
		return false
	}
	if len(number) == 8 {
		number = " " + number
	}
	sum := 0
	for i := range 9 {
		sum += hongKongValue(number[i]) * (9 - i)
	}
	return sum%11 == 0
}

func hongKongValue(c byte) int {
	switch {
	case c == ' ':
		return 36
	case c >= 'A':
		return int(c-'A') + 10
	}
	return int(c - '0')
}

// taiwanID checks the check digit of a Taiwanese identity number.
func taiwanID(s string) bool {
	s = bare.Replace(s)
	n := strings.IndexByte("ABCDEFGHJKLMNPQRSTUVXYWZIO", s[0]) + 10
	sum := n/10 + n%10*9
	for i := 1; i < 9; i++ {
		sum += int(s[i]-'0') * (9 - i)
	}
	return (sum+int(s[9]-'0'))%10 == 0
}
