package nlu

import (
	"strconv"
	"unicode"
)

// numerals are the Chinese digits, plain and financial.
var numerals = map[rune]byte{
	'〇': 0, '零': 0, '○': 0, '◯': 0, '一': 1, '二': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9,
	'壹': 1, '贰': 2, '貳': 2, '叁': 3, '參': 3, '参': 3, '肆': 4, '伍': 5, '陆': 6, '陸': 6, '柒': 7, '捌': 8, '玖': 9,
	'弌': 1, '弍': 2, '弐': 2, '弎': 3, '壱': 1, '两': 2, '幺': 1,
}

// digitValue gives the value of a plain digit or a Chinese numeral.
func digitValue(r rune) (value byte, chinese, ok bool) {
	if r >= '0' && r <= '9' {
		return byte(r - '0'), false, true
	}
	if r < 0x80 {
		return 0, false, false
	}
	v, found := numerals[r]
	return v, true, found
}

// plainDigits gives the digits that a folded rune stands for, or "" for
// anything but a foreign digit: folding has already turned those with a
// compatibility form (full-width, mathematical, circled) into plain ones.
func plainDigits(r rune) string {
	if r < 0x80 {
		return ""
	}
	if unicode.Is(unicode.Nd, r) {
		return string('0' + decimalValue(r))
	}
	for _, s := range enclosed {
		if r >= s.first && r < s.first+rune(s.count) {
			return strconv.Itoa(s.value + int(r-s.first))
		}
	}
	return ""
}

// decimalValue gives the value of a decimal digit: Unicode keeps the ten of a
// script together and in order, so that each range begins with a zero.
func decimalValue(r rune) rune {
	for _, t := range unicode.Nd.R16 {
		if r >= rune(t.Lo) && r <= rune(t.Hi) {
			return (r - rune(t.Lo)) % 10
		}
	}
	for _, t := range unicode.Nd.R32 {
		if r >= rune(t.Lo) && r <= rune(t.Hi) {
			return (r - rune(t.Lo)) % 10
		}
	}
	return 0
}

// enclosed are numbers that have no compatibility form: a stretch of runes and
// the value of its first.
var enclosed = []struct {
	first rune
	count int
	value int
}{
	{'❶', 10, 1},
	{'➀', 10, 1},
	{'➊', 10, 1},
	{'⓵', 10, 1},
	{'⓫', 10, 11},
	{'⓿', 1, 0},
	{'🄋', 1, 0},
	{'🄌', 1, 0},
	{'〡', 9, 1}, // Suzhou numerals
	{'፩', 9, 1}, // Ethiopic
	{'𝍠', 9, 1}, // counting rods
}
