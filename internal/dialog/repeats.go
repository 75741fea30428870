package dialog

import (
	"slices"
	"strconv"

	"github.com/s4bot/s4bot/internal/chat"
)

// Knows says whether a message was heard before, as far as the state remembers.
// An edit at another time, or with another text, is another message.
func (s State) Knows(m chat.Message) bool {
	return m.ID != "" && slices.Contains(s.Recent, Trace(m))
}

// unseen gives the messages of the event that were not heard before and
// remembers them.
func (t *turn) unseen() []Heard {
	var out []Heard
	for _, h := range t.e.Heard {
		if t.s.Knows(h.Message) {
			continue
		}
		t.seen(h.Message)
		if i := slices.IndexFunc(out, func(o Heard) bool { return h.Message.Edited && o.Message.ID == h.Message.ID }); i >= 0 {
			h.Message.Edited = out[i].Message.Edited
			out[i] = h // it was changed before anybody read it
			continue
		}
		out = append(out, h)
	}
	return out
}

// seen makes a message known.
func (t *turn) seen(m chat.Message) {
	if m.ID != "" {
		t.s.Recent = append(t.s.Recent, Trace(m))
	}
}

// Trace is what State.Recent holds of a message.
func Trace(m chat.Message) string {
	if m.Edited {
		return m.ID + "\x00" + digest(m.Text) + "\x00" + strconv.FormatInt(m.At.UnixMilli(), 36)
	}
	return m.ID
}

// digest is a short fingerprint of a text (FNV-1a), to know an edit again.
func digest(text string) string {
	h := uint64(14695981039346656037)
	for i := range len(text) {
		h = (h ^ uint64(text[i])) * 1099511628211
	}
	const letters = "0123456789abcdef"
	out := make([]byte, 16)
	for i := range out {
		out[i] = letters[h>>(4*i)&15]
	}
	return string(out)
}
