package slacktest

import (
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// Call is a request that the server received.
type Call struct {
	Method string     // "response_url", "upload" and "download" for requests to those addresses
	Params url.Values // a value that came as JSON is its JSON; the token is left away
	Header http.Header
	At     time.Time
}

// Calls gives every request so far, in order of arrival.
func (s *Server) Calls() []Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.calls)
}

// CallsOf gives the requests of one method.
func (s *Server) CallsOf(method string) []Call {
	return slices.DeleteFunc(s.Calls(), func(c Call) bool { return c.Method != method })
}

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path := r.URL.Path
	switch {
	case strings.HasPrefix(path, "/api/"):
		s.serveAPI(w, r, strings.TrimPrefix(path, "/api/"))
	case strings.HasPrefix(path, socketPath):
		s.serveSocket(w, r)
	case strings.HasPrefix(path, uploadPath):
		s.serveUpload(w, r)
	case strings.HasPrefix(path, filePath):
		s.serveFile(w, r)
	case strings.HasPrefix(path, responsePath):
		s.serveResponseURL(w, r)
	case path == "/":
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = io.WriteString(w, "<!DOCTYPE html><html><h1>Sign in to your workspace</h1></html>")
	default:
		http.NotFound(w, r)
	}
}

func (s *Server) serveAPI(w http.ResponseWriter, r *http.Request, name string) {
	p, err := readParams(r)
	if err != nil {
		refuse("invalid_json").write(w, http.StatusOK)
		return
	}
	token := bearer(r)
	if token == "" {
		token = p.Get("token")
	}
	p.Del("token")
	s.handle(w, r, name, p, func() outcome { return outcome{body: s.call(name, token, p)} })
}

// handle notes a call and acts, or lets something go wrong. act runs with the mutex
// held.
func (s *Server) handle(w http.ResponseWriter, r *http.Request, name string, p url.Values, act func() outcome) {
	s.mu.Lock()
	s.calls = append(s.calls, Call{name, p, r.Header.Clone(), time.Now()})
	fault := s.fault
	s.mu.Unlock()
	locked := func() outcome {
		s.mu.Lock()
		defer s.mu.Unlock()
		return act()
	}
	if fault == nil {
		locked().write(w)
		return
	}
	s.suffer(w, r, fault(name, p), locked)
}

// call does what a method does; the caller holds the mutex.
func (s *Server) call(name, token string, p url.Values) answer {
	m, known := methods[name]
	switch {
	case !known:
		return refuse("unknown_method")
	case token == "":
		return refuse("not_authed")
	case token != BotToken && token != AppToken:
		return refuse("invalid_auth")
	case (token == AppToken) != m.app:
		return refuse("not_allowed_token_type")
	}
	for param := range p {
		if !slices.Contains(m.params, param) {
			return refuse("invalid_arguments", "[ERROR] "+name+" has no parameter "+param)
		}
	}
	return m.do(s, p)
}

func bearer(r *http.Request) string {
	token, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	return token
}

// readParams reads parameters from the address and from a form or a JSON body.
func readParams(r *http.Request) (url.Values, error) {
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch kind {
	case "application/json":
		return readJSON(r)
	case "multipart/form-data":
		if err := r.ParseMultipartForm(32 << 20); err != nil {
			return nil, err
		}
	default:
		if err := r.ParseForm(); err != nil {
			return nil, err
		}
	}
	_, _ = io.Copy(io.Discard, r.Body) // so that the server notices when the client leaves
	return r.Form, nil
}

// readJSON reads a JSON body; null is as good as absent, and so is no body.
func readJSON(r *http.Request) (url.Values, error) {
	body, err := io.ReadAll(r.Body)
	p := r.URL.Query()
	if err != nil || len(body) == 0 {
		return p, err
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(body, &fields); err != nil {
		return nil, err
	}
	for name, raw := range fields {
		var text string
		if json.Unmarshal(raw, &text) != nil {
			text = string(raw)
		}
		if string(raw) != "null" {
			p.Set(name, text)
		}
	}
	return p, nil
}

// truthy reads a boolean parameter.
func truthy(p url.Values, name string) bool {
	return p.Get(name) == "true" || p.Get(name) == "1"
}
