package dialog

import "slices"

// unseen gives the messages of the event that are new, or new edits, and
// remembers them.
func (t *turn) unseen() []Heard {
	var out []Heard
	for _, h := range t.e.Heard {
		id := h.Message.ID
		if h.Message.Edited {
			id += "\x00" + digest(h.Message.Text)
		}
		if id != "" && slices.Contains(t.s.Recent, id) {
			continue
		}
		if id != "" {
			t.s.Recent = append(t.s.Recent, id)
		}
		out = append(out, h)
	}
	return out
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
