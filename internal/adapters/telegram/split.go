package telegram

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"github.com/s4bot/s4bot/internal/chat"
)

// textUnits is how long a message may be, in UTF-16 units.
const textUnits = 4096

// piece is a part of a text that fits into one message.
type piece struct {
	text  string
	start int // where it begins in the whole text, in bytes
}

// split cuts a text into messages that Telegram takes: after a line where
// there is one in the second half of what fits, else after a space, else
// between characters. Blank parts are left away. A text that is not valid UTF-8
// loses what is not.
func split(text string) []piece {
	text = strings.ToValidUTF8(text, "\uFFFD")
	var parts []piece
	for start := 0; start < len(text); {
		rest := text[start:]
		n := fits(rest)
		if n < len(rest) {
			n = cut(rest, n)
		}
		if strings.TrimSpace(rest[:n]) != "" {
			lead := len(rest[:n]) - len(strings.TrimLeft(rest[:n], "\n"))
			parts = append(parts, piece{strings.Trim(rest[:n], "\n"), start + lead})
		}
		start += n
	}
	return parts
}

// entities makes the part of a span that lies in the piece bold. Telegram counts
// UTF-16 units.
func (p piece) entities(s chat.Span) []tgbotapi.MessageEntity {
	from, to := max(0, s.Start-p.start), min(len(p.text), s.End-p.start)
	if from >= to || !utf8.RuneStart(p.text[from]) || to < len(p.text) && !utf8.RuneStart(p.text[to]) {
		return nil
	}
	return []tgbotapi.MessageEntity{{Type: "bold", Offset: units(p.text[:from]), Length: units(p.text[from:to])}}
}

// units is how long a text is in UTF-16.
func units(text string) int {
	n := 0
	for _, r := range text {
		n += utf16.RuneLen(r)
	}
	return n
}

// fits is how many bytes of the text one message takes.
func fits(text string) int {
	units := 0
	for i, r := range text {
		units++
		if r > 0xFFFF {
			units++
		}
		if units > textUnits {
			return i
		}
	}
	return len(text)
}

// cut says where to end a part of which n bytes fit.
func cut(text string, n int) int {
	for _, at := range []string{"\n", " "} {
		if i := strings.LastIndex(text[:n], at); i >= n/2 {
			return i + 1
		}
	}
	// What belongs to the character before it stays with it.
	for m := n; m > n/2; {
		before, size := utf8.DecodeLastRuneInString(text[:m])
		next, _ := utf8.DecodeRuneInString(text[m:])
		if before != joiner && !attaches(next) {
			return m
		}
		m -= size
	}
	return n
}

const joiner = 0x200D

// attaches says that a character belongs to the one before it: joiners,
// variation selectors, combining marks, skin tones.
func attaches(r rune) bool {
	return r == joiner || r >= 0xFE00 && r <= 0xFE0F || r >= 0x0300 && r <= 0x036F || r >= 0x1F3FB && r <= 0x1F3FF
}
