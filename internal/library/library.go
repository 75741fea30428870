// Package library shows the knowledge as the bot sees it: what stands in the
// articles with the strength of every sign, how a search goes, what is wrong with
// the files, how old they are, and how each article has done in cases.
//
// It only shows. Improving the knowledge is package improve's business, drawing
// pages that of an adapter.
package library

import (
	"cmp"
	"context"
	"io/fs"
	"slices"
	"sync"
	"time"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/dialog"
	"github.com/s4bot/s4bot/internal/kb"
	"github.com/s4bot/s4bot/internal/kb/index"
)

// Mind is the knowledge made ready.
type Mind struct {
	Base    *kb.Base
	Index   *index.Index
	Manager *dialog.Manager
}

// Config says where a library finds what it shows.
type Config struct {
	Mind  func() Mind // what the bot uses now
	Files fs.FS       // the files of the knowledge
	// Reloads says that the files are a folder that is read again on a change.
	Reloads bool
	// Built is the age of files that don't know their own; zero: unknown.
	Built time.Time
	// MaskPhones masks phone numbers in what is searched for.
	MaskPhones bool
	// Use gives how the articles have done, by id; nil: nobody counts. An error
	// leaves the numbers out.
	Use func(ctx context.Context) (map[string]adapters.Use, error)
}

// Library is an adapters.Librarian. It is safe for use by many goroutines.
type Library struct {
	config Config

	mu     sync.Mutex // guards what follows
	stamp  string
	faults kb.Faults
}

var _ adapters.Librarian = (*Library)(nil)

// New makes a library.
func New(c Config) *Library { return &Library{config: c, stamp: "never looked"} }

// view is the knowledge at one moment, in one language.
type view struct {
	Mind
	lang  kb.Lang
	use   map[string]adapters.Use
	files fs.FS
	built time.Time
	sum   float64 // of the causes' priors
}

func (l *Library) view(ctx context.Context, lang string) view {
	v := view{Mind: l.config.Mind(), lang: kb.Lang(lang), files: l.config.Files, built: l.config.Built}
	if l.config.Use != nil {
		v.use, _ = l.config.Use(ctx)
	}
	for _, c := range v.Base.Causes {
		v.sum += c.Prior
	}
	return v
}

// changed gives the age of a file.
func (v view) changed(file string) time.Time {
	info, err := fs.Stat(v.files, file)
	if err != nil || info.ModTime().IsZero() {
		return v.built
	}
	return info.ModTime()
}

// likeliest sorts pointers, the likeliest first.
func likeliest(list []adapters.Pointer) {
	slices.SortStableFunc(list, func(a, b adapters.Pointer) int { return cmp.Compare(b.P, a.P) })
}
