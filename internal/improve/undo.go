package improve

import (
	"fmt"
	"os"
	"time"

	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/kb"
	"github.com/s4bot/s4bot/internal/learn"
)

// Undo gives the file of a change back as it was before it, byte for byte, unless
// the file was changed since (chat.ErrChanged), which also holds if it was taken back already,
// or the knowledge could not be loaded then (chat.ErrFaulty).
func Undo(dir, id string, by chat.Agent, at time.Time) (Entry, error) {
	e, err := entry(dir, id)
	if err != nil {
		return Entry{}, err
	}
	if !e.UndoneAt.IsZero() {
		return Entry{}, fmt.Errorf("%s is as it was before the change: %w", e.File, chat.ErrChanged)
	}
	before := []byte(e.Before)
	if _, err := kb.Load(learn.Overlay(os.DirFS(dir), map[string][]byte{e.File: before})); err != nil {
		return Entry{}, fmt.Errorf("%w: %w", chat.ErrFaulty, err)
	}
	if err := replace(dir, e.File, []byte(e.After), before); err != nil {
		return Entry{}, err
	}
	e.UndoneBy, e.UndoneAt = by, at.UTC()
	return e, e.save(dir)
}
