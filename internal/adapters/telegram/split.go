package telegram

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
	"github.com/rivo/uniseg"

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
			n = cut(rest, n)
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

// cut says where to end a part of which n bytes fit: after a line, else after a
// sentence, else after a space, where there is one in the second half, else
// after a character as people see it, such as a flag or a family. Only such a one
// that is longer than a message is cut itself.
func cut(text string, n int) int {
	ends := characters(text, n)
	for _, good := range []func(before string) bool{endsLine, endsSentence, endsWord} {
		for i := len(ends) - 1; i >= 0 && ends[i] >= n/2; i-- {
			if good(text[:ends[i]]) {
				return ends[i]
			}
		}
	}
	if len(ends) == 0 {
		return n
	}
	return ends[len(ends)-1]
}

// characters says where the characters end that lie in the first n bytes.
func characters(text string, n int) []int {
	var ends []int
	state, at := -1, 0
	for rest := text; rest != ""; {
		var one string
		one, rest, _, state = uniseg.FirstGraphemeClusterInString(rest, state)
		if at += len(one); at > n {
			break
		}
		ends = append(ends, at)
	}
	return ends
}

func endsLine(before string) bool { return strings.HasSuffix(before, "\n") }

func endsWord(before string) bool { return strings.HasSuffix(before, " ") }

// endsSentence says that a sentence ends here: after a Chinese mark, or after a
// Western one and a space, as in "3.5 %" none ends. Closing quotes belong to it.
func endsSentence(before string) bool {
	words, spaced := strings.CutSuffix(before, " ")
	words = strings.TrimRight(words, `”’」』）)"'`)
	last, _ := utf8.DecodeLastRuneInString(words)
	return strings.ContainsRune("。！？", last) || spaced && strings.ContainsRune(".!?", last)
}
