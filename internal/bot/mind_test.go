package bot_test

import (
	"sync"
	"testing"

	"github.com/s4bot/s4bot/internal/diagnosis"
	"github.com/s4bot/s4bot/internal/dialog"
	"github.com/s4bot/s4bot/internal/kb"
	"github.com/s4bot/s4bot/internal/kb/index"
	"github.com/s4bot/s4bot/knowledge"
)

// mind gives the embedded knowledge made ready, once for all tests.
func mind(t testing.TB) (*dialog.Manager, *index.Index) {
	t.Helper()
	m, err := ready()
	if err != nil {
		t.Fatal(err)
	}
	return m.manager, m.index
}

type readyMind struct {
	manager *dialog.Manager
	index   *index.Index
}

var ready = sync.OnceValues(func() (readyMind, error) {
	base, err := kb.Load(knowledge.Files)
	if err != nil {
		return readyMind{}, err
	}
	x, err := index.Build(base)
	if err != nil {
		return readyMind{}, err
	}
	return readyMind{dialog.New(base, diagnosis.Defaults()), x}, nil
})
