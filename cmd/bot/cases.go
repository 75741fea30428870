package main

import (
	"context"
	"sync"
	"time"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/bot"
	"github.com/s4bot/s4bot/internal/insight"
	"github.com/s4bot/s4bot/internal/library"
	"github.com/s4bot/s4bot/internal/store"
)

// What was read of the cases is shown for as long as readings then take a twentieth of
// the time: in a small store it is always new. Reading may take so long, and what was
// read is shown so long at most.
const (
	casesShare = 20
	casesRead  = 2 * time.Minute
	casesOld   = 5 * time.Minute
)

// cases are what the store tells of all cases, for the pages. Reading a whole store
// may take a while, so that all who look at about the same time share one reading.
type cases struct {
	store store.Store
	mind  *liveMind
	kept  time.Duration
	zone  *time.Location

	mu    sync.Mutex // guards what follows; held while reading: others wait for it
	until time.Time  // what was read is shown till then
	input insight.Input
	use   map[string]adapters.Use
}

// report makes a report.
func (c *cases) report(ctx context.Context, q insight.Query) (insight.Report, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.read(ctx); err != nil {
		return insight.Report{}, err
	}
	q.Zone = c.zone
	return insight.Compute(c.input, q), nil
}

// used tells how the articles have done in the last 90 days.
func (c *cases) used(ctx context.Context) (map[string]adapters.Use, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	err := c.read(ctx)
	return c.use, err
}

// read reads the cases if nobody has lately. It goes on if who asked goes away:
// others may wait for the same.
func (c *cases) read(ctx context.Context) error {
	if time.Now().Before(c.until) {
		return nil
	}
	began := time.Now()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), casesRead)
	defer cancel()
	input, err := bot.Insights(ctx, c.store, c.mind.now.Load().manager, c.kept)
	if err != nil {
		return err
	}
	c.input, c.use = input, library.UseOf(insight.Compute(input, insight.Query{Days: 90, Zone: c.zone}))
	took := time.Since(began)
	c.until = time.Now().Add(min(casesShare*took, casesOld))
	return nil
}
