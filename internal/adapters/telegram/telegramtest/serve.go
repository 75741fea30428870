package telegramtest

import (
	"encoding/json"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// Params are the parameters of a call; a value that came as JSON is its JSON.
type Params = url.Values

// Call is a request that the server received.
type Call struct {
	Method string
	Params Params
	Header http.Header
	At     time.Time
}

// answer is what the Bot API says.
type answer struct {
	OK          bool         `json:"ok"`
	Result      any          `json:"result,omitempty"`
	Code        int          `json:"error_code,omitempty"`
	Description string       `json:"description,omitempty"`
	Parameters  *extraAnswer `json:"parameters,omitempty"`
}

type extraAnswer struct {
	MigrateTo  int64 `json:"migrate_to_chat_id,omitempty"`
	RetryAfter int   `json:"retry_after,omitempty"`
}

func result(v any) answer { return answer{OK: true, Result: v} }

func refuse(code int, text string) answer { return answer{Code: code, Description: text} }

func badRequest(text string) answer { return refuse(400, "Bad Request: "+text) }

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if strings.HasPrefix(r.URL.Path, filePrefix) {
		s.serveFile(w, r)
		return
	}
	token, method, ok := strings.Cut(strings.TrimPrefix(r.URL.Path, "/bot"), "/")
	if !ok || !strings.HasPrefix(r.URL.Path, "/bot") {
		write(w, refuse(404, "Not Found"))
		return
	}
	if token != Token {
		write(w, refuse(401, "Unauthorized"))
		return
	}
	p, err := readParams(r)
	if err != nil {
		write(w, badRequest(err.Error()))
		return
	}
	m, known := methods[strings.ToLower(method)]
	s.mu.Lock()
	s.calls = append(s.calls, Call{method, p, r.Header.Clone(), time.Now()})
	fault := s.fault
	s.mu.Unlock()
	act := func() answer {
		if !known {
			return refuse(404, "Not Found")
		}
		if name := m.stranger(p, r.MultipartForm); name != "" {
			return badRequest("the Bot API has no parameter " + name + " for " + method)
		}
		return m.do(s, r, p)
	}
	if fault == nil {
		write(w, act())
		return
	}
	s.suffer(w, r, fault(method, p), act)
}

// stranger names a parameter, or a file, that the method does not have; empty:
// there is none.
func (m method) stranger(p Params, form *multipart.Form) string {
	for name := range p {
		if !slices.Contains(m.params, name) {
			return name
		}
	}
	if form != nil {
		for name := range form.File {
			if !slices.Contains(m.params, name) {
				return name
			}
		}
	}
	return ""
}

func write(w http.ResponseWriter, a answer) {
	w.Header().Set("Content-Type", "application/json")
	if !a.OK {
		w.WriteHeader(a.Code)
	}
	_ = json.NewEncoder(w).Encode(a)
}

// readParams reads parameters from the address and from a form, multipart or
// JSON body.
func readParams(r *http.Request) (Params, error) {
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
	// Read what is left, so that the server notices when the client leaves.
	_, _ = io.Copy(io.Discard, r.Body)
	return r.Form, nil
}

func readJSON(r *http.Request) (Params, error) {
	var fields map[string]json.RawMessage
	if err := json.NewDecoder(r.Body).Decode(&fields); err != nil {
		return nil, err
	}
	_, _ = io.Copy(io.Discard, r.Body)
	p := r.URL.Query()
	for name, raw := range fields {
		var text string
		if json.Unmarshal(raw, &text) != nil {
			text = string(raw)
		}
		p.Set(name, text)
	}
	return p, nil
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
