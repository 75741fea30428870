package bot

import (
	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/dialog"
)

// Stored reads what the runtime keeps in the store, for tests that look there.
func Stored(data []byte) (dialog.State, []chat.Post, error) {
	c, err := decode(data)
	return c.State, c.posts(), err
}

// Plain gives a string in Redis as text: the values of conversations lie deflated
// behind what the store puts before them.
func Plain(raw string) string {
	for head := range min(len(raw), 20) {
		if raw[head] == formDeflate || raw[head] == formSecond {
			if plain, err := inflate([]byte(raw[head+1:])); err == nil {
				return string(plain)
			}
		}
	}
	return raw
}

// posts gives what waits in both lanes, in the order in which it was said.
func (c conversation) posts() []chat.Post {
	var out []chat.Post
	for _, to := range sides {
		l := c.lane(to)
		for _, p := range append(l.Posts, l.Tail...) {
			out = append(out, p.Post)
		}
	}
	return InOrder(out)
}
