//go:build chaos

package telegram

import (
	"context"
	"net/http"

	"github.com/s4bot/s4bot/internal/adapters"
)

// namePost tells the fault suite's platform which post a request delivers.
func namePost(ctx context.Context, req *http.Request) {
	if post := adapters.PostOf(ctx); post != "" {
		req.Header.Set("X-S4bot-Post", post)
	}
}
