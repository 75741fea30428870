package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/s4bot/s4bot/internal/diagnosis"
	"github.com/s4bot/s4bot/internal/dialog"
	"github.com/s4bot/s4bot/internal/kb"
	"github.com/s4bot/s4bot/internal/kb/index"
	"github.com/s4bot/s4bot/internal/store"
	"github.com/s4bot/s4bot/internal/store/boltstore"
	"github.com/s4bot/s4bot/internal/store/redisstore"
	"github.com/s4bot/s4bot/knowledge"
)

// mind is the knowledge made ready: what reads, searches and decides.
type mind struct {
	manager *dialog.Manager
	index   *index.Index
}

// files gives the knowledge's files: the folder that is configured, or what the
// program ships with.
func (c config) files() fs.FS {
	if c.KnowledgeDir != "" {
		return os.DirFS(c.KnowledgeDir)
	}
	return knowledge.Files
}

// base loads the knowledge.
func (c config) base() (*kb.Base, error) {
	base, err := kb.Load(c.files())
	if err != nil {
		return nil, fmt.Errorf("the knowledge has faults:\n%w", err)
	}
	return base, nil
}

// mind loads the knowledge and indexes it.
func (c config) mind() (mind, error) { return makeMind(c) }

// makeMind can be replaced by tests that need many.
var makeMind = func(c config) (mind, error) {
	base, err := c.base()
	if err != nil {
		return mind{}, err
	}
	params := diagnosis.Defaults()
	params.HandoffCost = c.HandoffEffort
	desk, err := c.Desk.desk()
	if err != nil {
		return mind{}, err
	}
	if !c.manned { // nobody is there to be reminded
		desk.Remind, desk.Silence = 0, 0
	}
	manager := make(chan *dialog.Manager)
	go func() { manager <- dialog.New(base, params).At(desk) }() // takes as long as the index
	x, err := index.Build(base)
	return mind{<-manager, x}, err
}

// onRedis says whether Redis is configured.
func (c config) onRedis() bool { return c.RedisURL != "" || len(c.Redis.Addrs) > 0 }

// redis opens the configured Redis.
func (c config) redis() (*redisstore.Store, error) {
	r := c.Redis
	return redisstore.Open(redisstore.Config{
		URL: c.RedisURL, Addrs: r.Addrs, Master: r.Master, Cluster: r.Cluster, Username: r.Username, Password: r.Password,
		SentinelPassword: r.SentinelPassword, TLS: r.TLS, Retention: time.Duration(c.Retention),
	})
}

// store opens Redis if it is configured, else the embedded store.
func (c config) store() (store.Store, error) {
	if c.onRedis() {
		return c.redis()
	}
	return boltstore.Open(filepath.Join(c.DataDir, "s4bot.db"), boltstore.Options{Retention: time.Duration(c.Retention)})
}

// scratchStore opens a store that goes when it is closed.
func scratchStore() (store.Store, error) {
	dir, err := os.MkdirTemp("", "s4bot-")
	if err != nil {
		return nil, fmt.Errorf("make a folder for a passing conversation: %w", err)
	}
	s, err := boltstore.Open(filepath.Join(dir, "scratch.db"), boltstore.Options{Scratch: true})
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	return scratch{s, dir}, nil
}

// scratch removes its folder when it is closed.
type scratch struct {
	store.Store
	dir string
}

// Close implements store.Store.
func (s scratch) Close() error { return errors.Join(s.Store.Close(), os.RemoveAll(s.dir)) }
