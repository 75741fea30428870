package telegram

import (
	"fmt"
	"strings"

	"github.com/s4bot/s4bot/internal/chat"
)

// dataBytes is how much a button may carry.
const dataBytes = 64

// data is what a button carries: the post's id and the option's. Post ids are
// "p" and a number, so that option ids may have some 50 bytes; more is an error.
func data(post chat.Post, o chat.Option) (string, error) {
	d := post.ID + ":" + o.ID
	if post.ID == "" || o.ID == "" || strings.Contains(post.ID, ":") || len(d) > dataBytes {
		return "", fmt.Errorf("the button for option %q of post %q does not fit: post and option ids may have %d bytes together, and the post's no colon", o.ID, post.ID, dataBytes-1)
	}
	return d, nil
}

// readData reads what a button carries. Clients can send what they like: data
// that is not ours is an option without a post, which no dialog knows.
func readData(d string) (post, option string) {
	if post, option, ok := strings.Cut(d, ":"); ok && post != "" {
		return post, option
	}
	return "", d
}
