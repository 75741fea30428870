package slacktest

import (
	"io"
	"net"
	"net/http"
	"net/url"
	"time"
)

// Kind is what goes wrong with a call.
type Kind int

// The kinds of faults. "Before" means that the server does not do what it is
// asked, "after" that it does.
const (
	None         Kind = iota
	RateLimited       // 429 with Retry-After, before
	ErrorBefore       // 500
	ErrorAfter        // 500
	HangBefore        // no answer until the client leaves
	HangAfter         // the same
	ResetBefore       // the connection is reset
	ResetAfter        // the same
	ProxyBefore       // a proxy's 502 with a page of HTML
	ProxyAfter        // the same
	Refused           // 200 with the error Code, before
	RefusedAfter      // the same, after: internal_error and fatal_error may mean that
)

// Fault is what goes wrong. Delay holds before anything else happens.
type Fault struct {
	Kind       Kind
	RetryAfter time.Duration // of RateLimited, in whole seconds
	Code       string        // of Refused, such as "channel_not_found"
	Needed     string        // of Refused with missing_scope: the scope
	Delay      time.Duration
}

// SetFault makes a function say what goes wrong with each call; nil: nothing.
// It is called at the same time for calls at the same time. Uploads are the
// method "upload", posts to a response_url "response_url", downloads "download".
func (s *Server) SetFault(f func(method string, params url.Values) Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fault = f
}

// outcome is an answer on its way: a body of the Web API, or a page.
type outcome struct {
	body answer
	page http.HandlerFunc // wins
}

func (o outcome) write(w http.ResponseWriter) {
	if o.page != nil {
		o.page(w, nil)
		return
	}
	o.body.write(w, http.StatusOK)
}

// suffer acts out a fault.
func (s *Server) suffer(w http.ResponseWriter, r *http.Request, f Fault, act func() outcome) {
	if f.Delay > 0 && !s.pause(r, f.Delay) {
		return
	}
	switch f.Kind {
	case None:
		act().write(w)
	case RateLimited:
		w.Header().Set("Retry-After", itoa(int(f.RetryAfter.Seconds())))
		refuse("ratelimited").write(w, http.StatusTooManyRequests)
	case Refused:
		f.refusal().write(w, http.StatusOK)
	case RefusedAfter:
		act()
		f.refusal().write(w, http.StatusOK)
	default:
		s.breakDown(w, r, f.Kind, act)
	}
}

func (f Fault) refusal() answer {
	a := refuse(f.Code)
	if f.Code == "missing_scope" {
		a["needed"], a["provided"] = f.Needed, "app_mentions:read,commands"
	}
	return a
}

// pause waits; false: the client or the server left.
func (s *Server) pause(r *http.Request, d time.Duration) bool {
	select {
	case <-time.After(d):
		return true
	case <-r.Context().Done():
	case <-s.ctx.Done():
	}
	return false
}

// breakDown acts out the faults that come before or after acting.
func (s *Server) breakDown(w http.ResponseWriter, r *http.Request, k Kind, act func() outcome) {
	switch k {
	case ErrorAfter, HangAfter, ResetAfter, ProxyAfter:
		act()
	}
	switch k {
	case ErrorBefore, ErrorAfter:
		http.Error(w, "Internal Server Error", http.StatusInternalServerError)
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
