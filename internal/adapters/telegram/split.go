package telegram

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/chat"
)

// How long a message and the text under a file may be, in UTF-16 units.
const (
	textUnits    = 4096
	captionUnits = 1024
)

// piece is a part of a text that fits into one message.
type piece struct {
	text  string
	start int // where it begins in the whole text, in bytes
}

// split cuts a text into messages that Telegram takes; the first takes so many
// UTF-16 units. Blank parts are left away. Of a text that is not valid UTF-8,
// what is not becomes U+FFFD.
func split(text string, first int) []piece {
	text = strings.ToValidUTF8(text, "\uFFFD")
	var parts []piece
	for start, room := 0, first; start < len(text); {
		rest := text[start:]
		n := fits(rest, room)
		if n < len(rest) {
			n = adapters.Cut(rest, n)
		}
		if strings.TrimSpace(rest[:n]) != "" {
			lead := len(rest[:n]) - len(strings.TrimLeft(rest[:n], "\n"))
			parts = append(parts, piece{strings.Trim(rest[:n], "\n"), start + lead})
			room = textUnits
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

// fits is how many bytes of the text so many UTF-16 units take.
func fits(text string, room int) int {
	used := 0
	for i, r := range text {
		used += utf16.RuneLen(r)
		if used > room {
			return i
		}
	}
	return len(text)
}
