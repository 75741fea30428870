package telegram

import (
	"fmt"
	"strings"

	"github.com/s4bot/s4bot/internal/chat"
)

// dataBytes is how much a button may carry.
const dataBytes = 64

// data is what a button carries: the id of the post that showed it and the
// option's key. A key has at most 40 bytes and post ids are "p" and a number, so
// that it always fits; a post id that is none of those is an error.
func data(post string, o chat.Option) (string, error) {
	d := post + ":" + o.Key()
	if post == "" || o.ID == "" || strings.Contains(post, ":") || len(d) > dataBytes {
		return "", fmt.Errorf("no button can be made for an option of post %q: the post's id may have no colon and 23 bytes, and the option needs an id", post)
	}
	return d, nil
}

// readData reads what a button carries: the post's id and the option's key.
// Clients can send what they like: data that is not ours is an option without a
// post, which no dialog knows.
func readData(d string) (post, option string) {
	if post, option, ok := strings.Cut(d, ":"); ok && post != "" {
		return post, option
	}
	return "", d
}
