package improve

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/s4bot/s4bot/internal/chat"
)

// Who says who wanted a change, who approved it, and when.
type Who struct {
	Proposer chat.Agent
	Approver chat.Agent
	At       time.Time
}

// Apply makes an improvement of the knowledge in a folder, as the folder is now, and
// gives its entry in the history. Errors are as in chat, or say what could not be
// written; then the file is as it was.
func Apply(dir string, c chat.Improvement, who Who) (Entry, error) {
	p, err := makePlan(os.DirFS(dir), c)
	if err != nil {
		return Entry{}, err
	}
	e := Entry{
		ID: newID(who.At, p.after), File: p.proposal.File, Before: string(p.before), After: string(p.after),
		Improvement: p.proposal.Improvement, Proposer: who.Proposer, Approver: who.Approver, At: who.At.UTC(),
	}
	if err := e.save(dir); err != nil {
		return Entry{}, err
	}
	if err := replace(dir, e.File, p.before, p.after); err != nil {
		return Entry{}, errors.Join(err, os.Remove(entryPath(dir, e.ID)))
	}
	return e, nil
}

// replace writes a file of the knowledge that still has the contents before.
func replace(dir, file string, before, after []byte) error {
	name, err := filepath.EvalSymlinks(filepath.Join(dir, filepath.FromSlash(file)))
	if err != nil {
		return fmt.Errorf("find the article: %w", err)
	}
	now, err := os.ReadFile(name)
	if err != nil {
		return fmt.Errorf("read the article: %w", err)
	}
	if !bytes.Equal(now, before) {
		return fmt.Errorf("%s: %w", file, chat.ErrChanged)
	}
	return write(name, after)
}
