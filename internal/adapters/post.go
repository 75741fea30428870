package adapters

import (
	"context"

	"github.com/s4bot/s4bot/internal/chat"
)

// postKey is the key of a context's post.
type postKey struct{}

// WithPost names the post that is being delivered.
func WithPost(ctx context.Context, room chat.Room, post string) context.Context {
	return context.WithValue(ctx, postKey{}, room.String()+"/"+post)
}

// PostOf names the post that is being delivered as "platform:room/post", for logs
// and for tests that look at the wire; empty: none.
func PostOf(ctx context.Context) string {
	name, _ := ctx.Value(postKey{}).(string)
	return name
}
