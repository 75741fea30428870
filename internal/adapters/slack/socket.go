package slack

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

// errAppToken is an end of Socket Mode that only the operator can mend.
var errAppToken = errors.New("SLACK_APP_TOKEN is not accepted by Slack: make an app-level token with the scope connections:write, and check that Socket Mode is on")

// Run takes events in by Socket Mode, if there is an app token, until the context
// ends; then it gives nil within a second. First, and whenever it was away, it hands
// over what agents wrote in the cases' threads meanwhile; with HTTP alone it does only
// that. An error is one that only an operator can mend: it is logged too, and what
// comes by HTTP goes on.
func (a *Adapter) Run(ctx context.Context) error {
	run := newErrands(ctx, a.taking.grace)
	defer a.client.CloseIdleConnections()
	defer run.end()
	a.remember(ctx)
	run.run(func() { _, _ = a.identify(run.ctx) }) // a wrong token is told now, not with the first case
	if a.config.AppToken == "" {
		a.catchUp(run)
		<-ctx.Done()
		return nil
	}
	s := &socket{Adapter: a, run: run, trouble: backoff{first: a.taking.first, longest: a.taking.longest}}
	err := s.serve(ctx)
	if err != nil {
		a.log.Error("Socket Mode ends", "err", err)
	}
	return err
}

// socket is one run of Socket Mode.
type socket struct {
	*Adapter
	run     *errands
	trouble backoff
	down    bool // Slack could not be reached the last time
	readers sync.WaitGroup
}

// serve keeps one connection open, and two while Slack refreshes the first.
func (s *socket) serve(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer s.readers.Wait()
	defer cancel()
	away := true // events may have passed us by
	for ctx.Err() == nil {
		w, err := s.open(ctx)
		if err != nil {
			if hopeless(err) {
				return fmt.Errorf("%w (%s)", errAppToken, codeOf(err))
			}
			s.fail(ctx, err)
			away = true
			continue
		}
		if away {
			s.catchUp(s.run) // takes its places in the threads before anything new can
		}
		away = s.attend(ctx, w)
	}
	return nil
}

// attend reads a connection until another one should take its place. true: it is
// broken, and until then events pass us by; false: it is still read for a while.
func (s *socket) attend(ctx context.Context, w *wire) (away bool) {
	s.readers.Go(func() {
		w.read(ctx, func(e envelope, ack func()) { s.sort(s.run, e, ack) })
	})
	select {
	case <-w.alive:
		s.up()
		<-w.spent
	case <-w.spent:
	}
	if ctx.Err() != nil {
		return false
	}
	if w.reason == broke {
		s.fail(ctx, errors.New("the connection broke"))
		return true
	}
	s.log.Info("Slack asks for a new connection", "reason", shorten(w.reason, 64))
	if w.reason == "link_disabled" {
		s.fail(ctx, errors.New("the app has Socket Mode turned off in its settings"))
	}
	s.readers.Go(func() { w.linger(ctx) })
	return w.reason == "link_disabled"
}

// linger closes a connection when Slack had time to send what is under way.
func (w *wire) linger(ctx context.Context) {
	late := time.NewTimer(w.taking.overlap)
	defer late.Stop()
	select {
	case <-w.gone:
	case <-late.C:
	case <-ctx.Done():
	}
	w.close()
}

// fail waits after something that did not succeed. It logs the first of a row.
func (s *socket) fail(ctx context.Context, err error) {
	if ctx.Err() != nil {
		return
	}
	if !s.down {
		s.log.Warn("Slack is out of reach; the bot keeps trying", "err", err)
	}
	s.down = true
	var p *problem
	if errors.As(err, &p) {
		s.trouble.wait(ctx, min(p.after, time.Minute))
		return
	}
	s.trouble.wait(ctx)
}

// up notes that Slack spoke to us.
func (s *socket) up() {
	if s.down {
		s.log.Info("Slack is in reach again")
	}
	s.down = false
	s.trouble.reset()
}
