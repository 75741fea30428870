package bot

import (
	"context"
	"encoding/json"
	"errors"
	"strings"

	"github.com/s4bot/s4bot/internal/dialog"
	"github.com/s4bot/s4bot/internal/store"
)

// Lessons gives the closed cases with a confirmed cause of a whole store, a JSON
// object a line: what bot learn reads. They hold ids and options, no words and
// no names.
func Lessons(ctx context.Context, s store.Store) (string, error) {
	var out strings.Builder
	encoder := json.NewEncoder(&out)
	var failed error
	err := each(ctx, s, func(_ string, c conversation) {
		for _, l := range c.State.Lessons {
			failed = errors.Join(failed, encoder.Encode(line(l)))
		}
	})
	return out.String(), errors.Join(err, failed)
}

// closedCase is the form of a line.
type closedCase struct {
	Cause   string          `json:"cause"`
	Answers []dialog.Taught `json:"answers,omitempty"`
	Fixes   []taughtFix     `json:"fixes,omitempty"`
}

type taughtFix struct {
	Fix    string `json:"fix"`
	Worked bool   `json:"worked"`
}

func line(l dialog.Lesson) closedCase {
	c := closedCase{Cause: l.Cause, Answers: l.Answers}
	for _, f := range l.Fixes {
		c.Fixes = append(c.Fixes, taughtFix{f.Fix, f.Worked})
	}
	return c
}
