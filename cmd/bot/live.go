package main

import (
	"context"
	"io/fs"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/s4bot/s4bot/internal/chat"
	"github.com/s4bot/s4bot/internal/dialog"
	"github.com/s4bot/s4bot/internal/kb"
)

// liveMind is the knowledge of a running bot. With KNOWLEDGE_DIR set it is
// loaded again when a file changes; while the new one has faults the old one
// stays.
type liveMind struct {
	config config
	log    *slog.Logger
	now    atomic.Pointer[mind]
	seen   string
}

func (c config) liveMind(log *slog.Logger) (*liveMind, error) {
	c.manned = true
	l := &liveMind{config: c, log: log, seen: c.stamp()}
	m, err := c.mind()
	l.now.Store(&m)
	return l, err
}

// Step implements bot.Dialog.
func (l *liveMind) Step(s dialog.State, e dialog.Event) (dialog.State, []chat.Post) {
	return l.now.Load().manager.Step(s, e)
}

// Settled gives the posts whose options no longer count after a step.
func (l *liveMind) Settled(before, after dialog.State, e dialog.Event) []chat.Post {
	return l.now.Load().manager.Settled(before, after, e)
}

// Consult answers a colleague.
func (l *liveMind) Consult(text string, hits []kb.Hit, answers []chat.Answered) chat.Advice {
	return l.now.Load().manager.Consult(text, hits, answers)
}

// Inside looks into a state.
func (l *liveMind) Inside(s dialog.State, lang kb.Lang) chat.Inside {
	return l.now.Load().manager.Inside(s, lang)
}

// CauseTitles gives all causes by group.
func (l *liveMind) CauseTitles(lang kb.Lang) (groups []string, causes map[string][]chat.Option) {
	return l.now.Load().manager.CauseTitles(lang)
}

// KeepRating keeps a text that was answered badly.
func (l *liveMind) KeepRating(s dialog.State, e dialog.Event, text string) dialog.State {
	return l.now.Load().manager.KeepRating(s, e, text)
}

// Query implements bot.Dialog.
func (l *liveMind) Query(text string) string { return l.now.Load().manager.Query(text) }

// Search implements bot.Searcher.
func (l *liveMind) Search(ctx context.Context, text string) ([]kb.Hit, error) {
	return l.now.Load().index.Search(ctx, text)
}

// reloadEvery is how often the folder is looked at.
const reloadEvery = 2 * time.Second

// watch loads the knowledge again when it changes, until the context ends.
func (l *liveMind) watch(ctx context.Context) {
	if l.config.KnowledgeDir == "" {
		return
	}
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(reloadEvery):
		}
		if stamp := l.config.stamp(); stamp != l.seen {
			l.seen = stamp
			l.reload()
		}
	}
}

// reload takes the new knowledge if it is sound. The old index is left to the
// garbage collector: a search may still be in it.
func (l *liveMind) reload() {
	m, err := l.config.mind()
	if err != nil {
		l.log.Error("the knowledge changed and has faults; the bot goes on with the old one", "error", err)
		return
	}
	l.now.Store(&m)
	l.log.Info("the knowledge was loaded again")
}

// stamp changes when a file of the knowledge does. Hidden files, such as the history
// of changes, are none of it.
func (c config) stamp() string {
	if c.KnowledgeDir == "" {
		return ""
	}
	var stamp []byte
	_ = fs.WalkDir(c.files(), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return nil // loading tells
		}
		if name := d.Name(); len(name) > 1 && name[0] == '.' {
			return skip(d)
		}
		if info, err := d.Info(); err == nil && !d.IsDir() {
			stamp = info.ModTime().AppendFormat(append(append(stamp, path...), ' '), time.RFC3339Nano)
		}
		return nil
	})
	return string(stamp)
}

// skip passes over a file, or a folder with all that is in it.
func skip(d fs.DirEntry) error {
	if d.IsDir() {
		return fs.SkipDir
	}
	return nil
}
