package improve

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/nlu"
	"github.com/s4bot/s4bot/internal/nlu/fold"
)

// How long a line is that can be somebody's words for a cause, in characters.
const (
	shortest = 2
	longest  = 200
)

// key is what two lines have in common that say the same.
func key(line string) string { return strings.Join(strings.Fields(fold.String(line)), " ") }

// tidy gives a line without what is not seen.
func tidy(line string) string {
	line = strings.Map(func(r rune) rune {
		if fold.Invisible(r) || r == utf8.RuneError {
			return -1
		}
		return r
	}, line)
	return strings.Join(strings.Fields(line), " ")
}

// masked is what masking leaves of a text that is to be written down for good.
func masked(text string) string { return nlu.Mask(text, nlu.MaskOptions{Phones: true}) }

// personal says that a text holds what masking hides, or hid before.
func personal(text string) bool { return masked(text) != text || nlu.Masked(text) }

// sift gives the lines that can be added beside those that the article has, and why
// the others can't.
func sift(lines, have []string) (good []string, left []chat.Remark) {
	known := map[string]bool{}
	for _, h := range have {
		known[key(h)] = true
	}
	for _, line := range lines {
		line = tidy(line)
		if line == "" {
			continue
		}
		if why := unfit(line, known); why != "" {
			left = append(left, chat.Remark{About: why, Line: masked(line)})
			continue
		}
		known[key(line)] = true
		good = append(good, line)
	}
	return good, left
}

// unfit says why a line can't be added; "": it can.
func unfit(line string, known map[string]bool) chat.About {
	switch n := utf8.RuneCountInString(key(line)); {
	case personal(line):
		return chat.AboutPersonal
	case n < shortest:
		return chat.AboutShort
	case utf8.RuneCountInString(line) > longest:
		return chat.AboutLong
	case known[key(line)]:
		return chat.AboutKnown
	}
	return ""
}

// hidden is what masking put in the place of something, with the marks that would be
// left around it.
var hidden = regexp.MustCompile(`[,，、:：\s]*\[(?:card|track|cvv|pin|id|phone)[^\]]*\]`)

// bare gives what is left of a merchant's words without what was masked in them.
func bare(words string) string {
	return strings.Trim(hidden.ReplaceAllString(masked(words), ""), " ,，、:：")
}
