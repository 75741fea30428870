//go:build !chaos

package telegram

import (
	"context"
	"net/http"
)

// namePost tells the fault suite's platform which post a request delivers; see
// post_chaos.go. In a program for use it is nothing.
func namePost(context.Context, *http.Request) {}
