package improve

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"time"

	"github.com/s4bot/s4bot/internal/chat"
)

// historyDir is where the history is kept, in the knowledge folder.
const historyDir = ".history"

// Entry is a change that was made, with all that is needed to take it back.
type Entry struct {
	ID          string           `json:"id"`
	File        string           `json:"file"` // below the knowledge folder
	Before      string           `json:"before"`
	After       string           `json:"after"`
	Improvement chat.Improvement `json:"improvement"`
	Proposer    chat.Agent       `json:"proposer"`
	Approver    chat.Agent       `json:"approver"`
	At          time.Time        `json:"at"`
	// UndoneBy took it back, UndoneAt says when; the zero time: it holds.
	UndoneBy chat.Agent `json:"undone_by,omitzero"`
	UndoneAt time.Time  `json:"undone_at,omitzero"`
}

var idForm = regexp.MustCompile(`^[0-9]{8}T[0-9]{6}-[0-9a-f]{12}$`)

// newID names a change by its time, so that a folder lists them in order, and by what
// it made.
func newID(at time.Time, after []byte) string {
	sum := sha256.Sum256(at.UTC().AppendFormat(after[:len(after):len(after)], time.RFC3339Nano))
	return at.UTC().Format("20060102T150405") + "-" + hex.EncodeToString(sum[:6])
}

func entryPath(dir, id string) string { return filepath.Join(dir, historyDir, id+".json") }

// save writes an entry of the history.
func (e Entry) save(dir string) error {
	if err := os.MkdirAll(filepath.Join(dir, historyDir), 0o755); err != nil {
		return fmt.Errorf("keep the history: %w", err)
	}
	raw, err := json.MarshalIndent(e, "", "  ")
	if err != nil {
		return fmt.Errorf("keep the history: %w", err)
	}
	return write(entryPath(dir, e.ID), append(raw, '\n'))
}

// entry reads an entry of the history.
func entry(dir, id string) (e Entry, err error) {
	if !idForm.MatchString(id) {
		return e, fmt.Errorf("the change %q: %w", id, chat.ErrNoArticle)
	}
	raw, err := os.ReadFile(entryPath(dir, id))
	if errors.Is(err, fs.ErrNotExist) {
		return e, fmt.Errorf("the change %s: %w", id, chat.ErrNoArticle)
	}
	if err == nil {
		err = json.Unmarshal(raw, &e)
	}
	if err == nil && !fs.ValidPath(e.File) {
		err = errors.New("it names no file of the knowledge")
	}
	if err != nil {
		return e, fmt.Errorf("read the change %s in the history: %w", id, err)
	}
	return e, nil
}
