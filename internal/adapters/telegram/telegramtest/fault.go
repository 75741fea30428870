package telegramtest

import (
	"io"
	"net"
	"net/http"
	"time"
)

// Kind is what goes wrong with a call.
type Kind int

// The kinds of faults. "Before" means that the server does not do what it is
// asked, "after" that it does.
const (
	None        Kind = iota
	TooMany          // 429 with retry_after, before
	ErrorBefore      // 500
	ErrorAfter       // 500
	HangBefore       // no answer until the client leaves
	HangAfter        // the same
	ResetBefore      // the connection is reset
	ResetAfter       // the same
	Forbidden        // 403, before
	ProxyBefore      // a proxy's 502 with a page of HTML
	ProxyAfter       // the same
	Refused          // 400 with Text, before
)

// Fault is what goes wrong. Delay holds before anything else happens.
type Fault struct {
	Kind       Kind
	RetryAfter time.Duration // of TooMany, in whole seconds
	Text       string        // of Refused
	Delay      time.Duration
}

// SetFault makes a function say what goes wrong with each call; nil: nothing.
// It is called at the same time for calls at the same time.
func (s *Server) SetFault(f func(method string, params Params) Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fault = f
}

// suffer acts out a fault.
func (s *Server) suffer(w http.ResponseWriter, r *http.Request, f Fault, act func() answer) {
	if f.Delay > 0 {
		select {
		case <-time.After(f.Delay):
		case <-r.Context().Done():
			return
		case <-s.ctx.Done():
			return
		}
	}
	switch f.Kind {
	case None:
		write(w, act())
	case TooMany:
		a := refuse(429, "Too Many Requests: retry after "+itoa(int64(f.RetryAfter.Seconds())))
		a.Parameters = &extraAnswer{RetryAfter: int(f.RetryAfter.Seconds())}
		write(w, a)
	case Forbidden:
		write(w, refuse(403, "Forbidden: bot was blocked by the user"))
	case Refused:
		write(w, badRequest(f.Text))
	default:
		s.breakDown(w, r, f.Kind, act)
	}
}

// breakDown acts out the faults that come before or after acting.
func (s *Server) breakDown(w http.ResponseWriter, r *http.Request, k Kind, act func() answer) {
	switch k {
	case ErrorAfter, HangAfter, ResetAfter, ProxyAfter:
		act()
	}
	switch k {
	case ErrorBefore, ErrorAfter:
		write(w, refuse(500, "Internal Server Error"))
	case ProxyBefore, ProxyAfter:
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(http.StatusBadGateway)
		_, _ = io.WriteString(w, "<html><h1>502 Bad Gateway</h1></html>")
	case HangBefore, HangAfter:
		select {
		case <-r.Context().Done():
		case <-s.ctx.Done():
		}
		panic(http.ErrAbortHandler)
	case ResetBefore, ResetAfter:
		reset(w)
	}
}

// reset ends the connection with a reset.
func reset(w http.ResponseWriter) {
	conn, _, err := w.(http.Hijacker).Hijack()
	if err != nil {
		return
	}
	if tcp, ok := conn.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0)
	}
	_ = conn.Close()
}
