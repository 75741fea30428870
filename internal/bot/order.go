package bot

import (
	"cmp"
	"slices"
	"strings"

	"github.com/s4bot/s4bot/internal/chat"
)

// InOrder sorts posts of one conversation in the order in which they were said.
// Those to the merchant and those to the desk are delivered apart, so that a
// Deliverer for both may see them otherwise.
func InOrder(posts []chat.Post) []chat.Post {
	slices.SortStableFunc(posts, func(a, b chat.Post) int { // p9 before p10
		return cmp.Or(cmp.Compare(len(a.ID), len(b.ID)), strings.Compare(a.ID, b.ID))
	})
	return posts
}
