package telegram

import (
	"slices"

	"github.com/s4bot/s4bot/internal/chat"
)

// partKey names a post that goes out in several messages.
type partKey struct {
	room chat.Room
	post string
}

// sentParts gives the messages of a post that are out already.
func (a *Adapter) sentParts(k partKey) reference {
	a.mu.Lock()
	defer a.mu.Unlock()
	sent, _ := a.progress.Get(k)
	return slices.Clone(sent)
}

// dropProgress forgets how far a post has got.
func (a *Adapter) dropProgress(k partKey) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.progress.Drop(k)
}

// notePart remembers how far a post has got, until it is complete.
func (a *Adapter) notePart(k partKey, sent reference, all int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if len(sent) == all {
		a.progress.Drop(k)
		return
	}
	a.progress.Put(k, slices.Clone(sent))
}
