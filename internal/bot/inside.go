package bot

import (
	"context"
	"errors"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/dialog"
	"github.com/s4bot/s4bot/internal/kb"
)

var _ adapters.Insider = (*Bot)(nil)

// insider is a dialog that can be looked into.
type insider interface {
	Inside(s dialog.State, lang kb.Lang) chat.Inside
}

var errNoInsider = errors.New("this dialog can't be looked into")

// Inside implements adapters.Insider. It changes nothing.
func (b *Bot) Inside(ctx context.Context, room chat.Room, lang string) (chat.Inside, error) {
	i, ok := b.Manager.(insider)
	if !ok {
		return chat.Inside{}, errNoInsider
	}
	key, thread := room.String(), ""
	if b.Desk != "" && room.Platform == b.Desk {
		var err error
		if key, err = b.caseIn(ctx, room); err != nil {
			return chat.Inside{}, err
		}
		thread = room.ID
	}
	v, err := b.Store.Get(ctx, key)
	if err != nil {
		return chat.Inside{}, err
	}
	c, err := b.codec.decode(v.Data)
	if err == nil && thread != "" && c.Thread != thread {
		err = adapters.ErrNoCase // that of an earlier case
		if c.opening() {
			err = errEarly
		}
	}
	if err != nil {
		return chat.Inside{}, err
	}
	return i.Inside(c.State, kb.Lang(lang)), nil
}
