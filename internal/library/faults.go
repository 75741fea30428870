package library

import (
	"errors"
	"io/fs"
	"strings"
	"time"

	"github.com/s4bot/s4bot/internal/kb"
)

// check gives the faults of the files as they are now. Reading them all takes a
// while; so it is done once for each change.
func (l *Library) check() kb.Faults {
	l.mu.Lock()
	defer l.mu.Unlock()
	stamp := stampOf(l.config.Files)
	if stamp == l.stamp {
		return l.faults
	}
	_, err := kb.Load(l.config.Files)
	l.faults = nil
	if err != nil && !errors.As(err, &l.faults) {
		l.faults = kb.Faults{{Text: err.Error()}}
	}
	l.stamp = stamp
	return l.faults
}

// stampOf changes when a file does. Hidden ones are no knowledge.
func stampOf(files fs.FS) string {
	var b strings.Builder
	_ = fs.WalkDir(files, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return nil // loading tells
		}
		if len(d.Name()) > 1 && d.Name()[0] == '.' {
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if info, err := d.Info(); err == nil && !d.IsDir() {
			b.WriteString(path + info.ModTime().Format(time.RFC3339Nano) + "\n")
		}
		return nil
	})
	return b.String()
}
