package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/pprof"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/s4bot/s4bot/internal/adapters/web"
)

// server is one HTTP server.
type server struct {
	*http.Server
	listener net.Listener
}

// listen opens the addresses. pprof, which tells what is in memory, is on loopback
// only, and there not for those whom a proxy lets in.
func (p *program) listen() ([]server, error) {
	main, debug := http.NewServeMux(), p.config.DebugAddr
	main.Handle("/", p.handler())
	if debug == "" && loopback(p.config.HTTPAddr) {
		addProfiles(main, web.Local)
	}
	first, err := newServer("HTTP_ADDR", p.config.HTTPAddr, main)
	if err != nil || debug == "" {
		return []server{first}, err
	}
	profiles := http.NewServeMux()
	addProfiles(profiles, func(*http.Request) bool { return true })
	second, err := newServer("DEBUG_ADDR", debug, profiles)
	if err != nil {
		return nil, errors.Join(err, first.listener.Close())
	}
	return []server{first, second}, nil
}

func newServer(name, addr string, h http.Handler) (server, error) {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return server{}, fmt.Errorf("%s: %w; set another one, or stop the program that uses it", name, err)
	}
	return server{&http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute}, l}, nil
}

// run serves until the context ends, and finishes the requests that have begun.
func (s server) run(ctx context.Context, stop context.CancelCauseFunc) {
	ended := make(chan struct{})
	go func() { // ends with Serve
		defer close(ended)
		if err := s.Serve(s.listener); !errors.Is(err, http.ErrServerClosed) {
			stop(fmt.Errorf("serve %s: %w", s.listener.Addr(), err))
		}
	}()
	<-ctx.Done()
	finish, cancel := context.WithTimeout(context.Background(), 4*time.Second)
	defer cancel()
	if s.Shutdown(finish) != nil {
		_ = s.Close()
	}
	<-ended
}

// addHealth adds what tells how the process is: /healthz that it lives, /readyz
// that it takes messages in, /metrics everything in numbers.
func (p *program) addHealth(mux *http.ServeMux) {
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, _ *http.Request) {
		if err := p.bot.Ready(); err != nil {
			http.Error(w, err.Error(), http.StatusServiceUnavailable)
			return
		}
		fmt.Fprintln(w, "ready")
	})
	mux.Handle("GET /metrics", admit(direct, promhttp.HandlerFor(p.registry, promhttp.HandlerOpts{})))
}

// direct says that nobody passes a request on: who reads the numbers comes to the
// process itself, and merchants come through a proxy.
func direct(r *http.Request) bool { return !web.Forwarded(r) }

// admit serves some requests. For others there is nothing.
func admit(those func(*http.Request) bool, h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !those(r) {
			http.NotFound(w, r)
			return
		}
		h.ServeHTTP(w, r)
	})
}

// addProfiles adds pprof for some requests.
func addProfiles(mux *http.ServeMux, those func(*http.Request) bool) {
	for path, h := range map[string]http.HandlerFunc{
		"": pprof.Index, "cmdline": pprof.Cmdline, "profile": pprof.Profile, "symbol": pprof.Symbol, "trace": pprof.Trace,
	} {
		mux.Handle("/debug/pprof/"+path, admit(those, h))
	}
}
