package dialog

import (
	"slices"
	"strconv"
	"unicode/utf8"

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
		if h.Message.Left {
			t.closed()
			continue
		}
		if t.tappedTwice(h.Message) || t.s.unchanged(h.Message) {
			continue
		}
		if h.Message.Choice != "" && h.Message.Post != "" && slices.ContainsFunc(out, func(o Heard) bool { return tapOf(o.Message) == tapOf(h.Message) }) {
			continue
		}
		if i := slices.IndexFunc(out, func(o Heard) bool { return h.Message.Edited && o.Message.ID == h.Message.ID }); i >= 0 {
			h.Message.Edited = out[i].Message.Edited
			out[i] = h // it was changed before anybody read it
			continue
		}
		out = append(out, h)
	}
	return out
}

// Tap is a tapped option of a post, as the platform names them.
type Tap struct {
	Post   string `json:"post"`
	Option string `json:"option"`
}

func tapOf(m chat.Message) Tap { return Tap{m.Post, m.Choice} }

// tappedTwice says that a tap repeats the newest one, which was taken: a hand that
// trembles, or a slow network, taps twice.
func (t *turn) tappedTwice(m chat.Message) bool {
	return m.Choice != "" && m.Post != "" && tapOf(m) == t.s.Tapped && !slices.Contains(t.s.Pending.Posts, m.Post)
}

// unchanged says that an edit leaves the text as it was: platforms tell of changes, too,
// that nobody sees. Of a text that is longer than what is kept nobody knows.
func (s *State) unchanged(m chat.Message) bool {
	return m.Edited && len(m.Files) == 0 && utf8.RuneCountInString(m.Text) <= maxWord && slices.ContainsFunc(s.Words, func(w Said) bool {
		return w.Msg == m.ID && w.Text != "" && w.Text == word(m.Text)
	})
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
