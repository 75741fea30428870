package telegram

import (
	"cmp"
	"strings"
	"unicode"

	"github.com/s4bot/s4bot/internal/chat"
)

// quoteRunes is how much of a message is quoted.
const quoteRunes = 120

// replied is the message that this one replies to; nil: none. In a topic
// everything replies to the message that opened it: that says nothing.
func (m *message) replied() *message {
	var r message
	if !m.part("reply_to_message", &r) || m.InTopic && r.MessageID == m.ThreadID {
		return nil
	}
	return &r
}

// reply gives the id of the message that is replied to and how the quoted part
// of it begins; empty: the message replies to none. Of a message in another chat
// there is a quote alone.
func reply(m *message) (id, quote string) {
	var chosen struct { // by the one who replies
		Text string `json:"text"`
	}
	m.part("quote", &chosen)
	if r := m.replied(); r != nil {
		return messageID(m.Chat, r.MessageID), beginning(cmp.Or(chosen.Text, r.Text, r.Caption, inBrackets(r)))
	}
	var other message
	if m.part("external_reply", &other) {
		return "", beginning(cmp.Or(chosen.Text, inBrackets(&other)))
	}
	return "", beginning(chosen.Text)
}

// inBrackets is a word for a message without words: "[photo]".
func inBrackets(m *message) string {
	all := files(m)
	switch {
	case len(all) == 0:
		return ""
	case all[0].Kind == chat.OtherFile:
		return "[" + all[0].Name + "]"
	}
	return "[" + string(all[0].Kind) + "]"
}

// beginning is how a text begins, on one line. It is never cut within a number:
// what hides card numbers would not know half of one.
func beginning(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	runes := []rune(text)
	if len(runes) <= quoteRunes {
		return text
	}
	cut := string(runes[:quoteRunes])
	return strings.TrimRightFunc(cut, func(r rune) bool { return !unicode.IsLetter(r) }) + "…"
}
