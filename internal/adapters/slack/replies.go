package slack

import (
	"context"
	"encoding/json"
	"net/url"
	"strings"

	"github.com/s4bot/s4bot/internal/chat"
)

// threadOf gives the parameters that name a thread.
func threadOf(room chat.Room) url.Values {
	channel, thread, _ := strings.Cut(room.ID, "/")
	return url.Values{"channel": {channel}, "ts": {thread}}
}

// threadPage is a part of a thread.
type threadPage struct {
	messages []*spoken
	next     string // empty: it is the last
}

// pageOf fetches a part of a thread. A message in it that can't be read is passed over.
func (a *Adapter) pageOf(ctx context.Context, q url.Values) (*threadPage, error) {
	var v struct {
		Messages []json.RawMessage `json:"messages"`
		Metadata struct {
			Next string `json:"next_cursor"`
		} `json:"response_metadata"`
	}
	if err := a.query(ctx, "conversations.replies", q, &v); err != nil {
		return nil, err
	}
	p := &threadPage{next: v.Metadata.Next}
	for _, raw := range v.Messages {
		var m spoken
		if json.Unmarshal(raw, &m) != nil {
			a.quarantine("message", "")
			continue
		}
		p.messages = append(p.messages, &m)
	}
	return p, nil
}
