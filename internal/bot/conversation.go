package bot

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/dialog"
)

// conversation is what the store keeps under one key.
type conversation struct {
	Room   chat.Room    `json:"room"`
	State  dialog.State `json:"state"`
	Outbox []chat.Post  `json:"outbox,omitempty"`
	// Retry is when delivery is tried again after a failure.
	Retry time.Time `json:"retry,omitzero"`
}

// version is the first byte of an encoded conversation: the form of the rest.
const version = 1

func (c conversation) encode() ([]byte, error) {
	data, err := json.Marshal(c)
	if err != nil {
		return nil, fmt.Errorf("encode a conversation: %w", err)
	}
	return append([]byte{version}, data...), nil
}

func decode(data []byte) (conversation, error) {
	var c conversation
	if len(data) == 0 {
		return c, nil
	}
	if data[0] != version {
		return c, fmt.Errorf("a conversation has the form %d, which this program does not know: a newer one wrote it", data[0])
	}
	if err := json.Unmarshal(data[1:], &c); err != nil {
		return c, fmt.Errorf("decode a conversation: %w", err)
	}
	return c, nil
}

// due is when the conversation next needs attention; zero: never.
func (c conversation) due() time.Time {
	if len(c.Outbox) > 0 && (c.State.Wake.IsZero() || c.Retry.Before(c.State.Wake)) {
		return c.Retry
	}
	return c.State.Wake
}
