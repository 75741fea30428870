package telegram

import (
	"strconv"
	"strings"
)

// form says where a message that is part of a post carries the post's text.
type form byte

// The forms.
const (
	asText    form = 0   // it is a part of the text
	asCaption form = 'c' // it is a file with the text under it, which may be empty
	beside    form = 'm' // it is a file, or says where or who: the text is elsewhere
)

// sentMessage is a message of a post that Telegram has.
type sentMessage struct {
	chat int64
	id   int
	form form
}

// reference is what a delivery gives to find its messages again, in their order.
// It is written as their ids with commas between, each followed by the letter of
// its form: "12,13c,14m". In a group the chat's id and a colon stand before,
// "-100500:12", because a group that moves counts its messages anew.
type reference []sentMessage

// String gives the written form. What lies in a chat that the group left in the
// middle of a post, and what Telegram gave no id for, is out of reach and left away.
func (r reference) String() string {
	if len(r) == 0 {
		return ""
	}
	chat := r[len(r)-1].chat
	var words []string
	for _, m := range r {
		if m.chat == chat && m.id != 0 {
			words = append(words, strconv.Itoa(m.id)+strings.Trim(string(rune(m.form)), "\x00"))
		}
	}
	if len(words) == 0 || chat > 0 {
		return strings.Join(words, ",")
	}
	return strconv.FormatInt(chat, 10) + ":" + strings.Join(words, ",")
}

// readReference reads a reference; without a chat it is one of the given chat's.
// None: it names no message.
func readReference(s string, chat int64) reference {
	if where, rest, ok := strings.Cut(s, ":"); ok {
		id, err := strconv.ParseInt(where, 10, 64)
		if err != nil || id == 0 {
			return nil
		}
		chat, s = id, rest
	}
	var r reference
	for word := range strings.SplitSeq(s, ",") {
		m, ok := readMessage(word)
		if !ok {
			return nil
		}
		m.chat = chat
		r = append(r, m)
	}
	return r
}

func readMessage(word string) (sentMessage, bool) {
	var m sentMessage
	for _, f := range []form{asCaption, beside} {
		if digits, ok := strings.CutSuffix(word, string(rune(f))); ok {
			word, m.form = digits, f
		}
	}
	id, err := strconv.Atoi(word)
	m.id = id
	return m, err == nil && id > 0
}

// ids are the messages' ids.
func (r reference) ids() []int {
	out := make([]int, len(r))
	for i, m := range r {
		out[i] = m.id
	}
	return out
}
