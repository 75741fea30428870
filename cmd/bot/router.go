package main

import (
	"context"
	"io"
	"time"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/chat"
)

// router takes what the runtime wants of a platform to its adapter.
type router struct {
	platforms map[string]adapters.Deliverer
	desk      string // the desk's platform
}

var (
	_ adapters.Deliverer = &router{}
	_ adapters.Typist    = &router{}
	_ adapters.Opener    = &router{}
	_ adapters.Doubter   = &router{}
)

// Deliver implements adapters.Deliverer.
func (r *router) Deliver(ctx context.Context, room chat.Room, post chat.Post) (string, error) {
	d := r.platforms[room.Platform]
	if d == nil {
		return "", &adapters.Failure{Outcome: adapters.Retry, After: time.Minute, Reason: "its platform is not configured"}
	}
	return d.Deliver(ctx, room, post)
}

// Typing implements adapters.Typist where the platform can show it.
func (r *router) Typing(ctx context.Context, room chat.Room) {
	if t, ok := r.platforms[room.Platform].(adapters.Typist); ok {
		t.Typing(ctx, room)
	}
}

// Open implements adapters.Opener: the platform that has a file gives it.
func (r *router) Open(ctx context.Context, file chat.File) (io.ReadCloser, error) {
	if o, ok := r.platforms[file.Platform].(adapters.Opener); ok {
		return o.Open(ctx, file)
	}
	return nil, &adapters.Failure{Outcome: adapters.Failed, Reason: "the file's platform is not connected"}
}

// Doubt implements adapters.Doubter: of the platforms only a desk can look.
func (r *router) Doubt(name string, since time.Time) {
	if d, ok := r.platforms[r.desk].(adapters.Doubter); ok {
		d.Doubt(name, since)
	}
}
