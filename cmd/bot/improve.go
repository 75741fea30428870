package main

import (
	"context"
	"os"
	"sync"
	"time"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/improve"
)

// improver changes the files of KNOWLEDGE_DIR; the bot then loads them again by itself.
type improver struct {
	dir string
	mu  sync.Mutex // one change at a time
}

var _ adapters.Improver = &improver{}

// improver gives what changes the knowledge; nil: it is built in and can't be.
func (c config) improver() adapters.Improver {
	if c.KnowledgeDir == "" {
		return nil
	}
	return &improver{dir: c.KnowledgeDir}
}

// Draft implements adapters.Improver.
func (i *improver) Draft(_ context.Context, cause string, words []string) (chat.Improvement, error) {
	return improve.Draft(os.DirFS(i.dir), cause, words)
}

// Propose implements adapters.Improver.
func (i *improver) Propose(_ context.Context, c chat.Improvement) (chat.Proposal, error) {
	return improve.Propose(os.DirFS(i.dir), c)
}

// Apply implements adapters.Improver.
func (i *improver) Apply(_ context.Context, c chat.Improvement, proposer, approver chat.Agent) (string, error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	e, err := improve.Apply(i.dir, c, improve.Who{Proposer: proposer, Approver: approver, At: time.Now()})
	return e.ID, err
}

// Undo implements adapters.Improver.
func (i *improver) Undo(_ context.Context, id string, by chat.Agent) error {
	i.mu.Lock()
	defer i.mu.Unlock()
	_, err := improve.Undo(i.dir, id, by, time.Now())
	return err
}
