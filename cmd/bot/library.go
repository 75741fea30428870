package main

import (
	"runtime/debug"
	"time"

	"github.com/s4bot/s4bot/internal/library"
)

// library shows the knowledge, with how its articles have done.
func (c config) library(mind *liveMind, seen *cases) *library.Library {
	return library.New(library.Config{
		Mind: func() library.Mind {
			m := mind.now.Load()
			return library.Mind{Base: m.manager.Model().Base(), Index: m.index, Manager: m.manager}
		},
		Files: c.files(), Reloads: c.KnowledgeDir != "", Built: built(), MaskPhones: c.MaskPhones, Use: seen.used,
	})
}

// built is when the program's source was last changed; zero: it does not know.
func built() time.Time {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return time.Time{}
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.time" {
			at, _ := time.Parse(time.RFC3339, s.Value) // zero if it can't be read
			return at
		}
	}
	return time.Time{}
}
