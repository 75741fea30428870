package telegramtest

import (
	"net/http"
	"net/url"
	"strings"
	"time"
)

// downloadLimit is what bots can fetch, in bytes.
const downloadLimit = 20 << 20

// file is something that the server keeps for the bot.
type file struct {
	content []byte
	size    int64  // as the server tells it
	path    string // below the download address
	told    bool   // getFile gave the path: nobody can guess it
}

// keep keeps a file and gives its id. The caller holds the mutex.
func (s *Server) keep(content []byte, size int64, folder, ending string) (id string) {
	n := itoa(int64(len(s.files) + 1))
	id = "BAACAgUAAxkB" + n
	s.files[id] = &file{content: content, size: size, path: folder + "/file_" + n + ending}
	return id
}

// fileJSON keeps a file and gives what the Bot API tells of every one. The caller
// holds the mutex.
func (s *Server) fileJSON(content []byte, folder, ending string) map[string]any {
	size := int64(len(content))
	id := s.keep(content, size, folder, ending)
	return map[string]any{"file_id": id, "file_unique_id": "u" + id[12:], "file_size": size}
}

func getFile(s *Server, _ *http.Request, p Params) answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	id := p.Get("file_id")
	f := s.files[id]
	switch {
	case f == nil:
		return badRequest("wrong file_id or the file is temporarily unavailable")
	case f.size > downloadLimit:
		return badRequest("file is too big")
	}
	f.told = true
	return result(map[string]any{"file_id": id, "file_unique_id": "u" + id[12:], "file_size": f.size, "file_path": f.path})
}

// serveFile gives the content of a file whose path getFile told. In Calls and for
// faults it is the method "download"; a fault there answers no file.
func (s *Server) serveFile(w http.ResponseWriter, r *http.Request) {
	token, path, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, filePrefix), "/")
	p := url.Values{"file_path": {path}}
	s.mu.Lock()
	s.calls = append(s.calls, Call{"download", p, r.Header.Clone(), time.Now()})
	fault, found := s.fault, s.told(path)
	s.mu.Unlock()
	if fault != nil {
		if f := fault("download", p); f.Kind != None || f.Delay > 0 {
			s.suffer(w, r, f, func() answer { return refuse(404, "Not Found") })
			return
		}
	}
	switch {
	case token != Token:
		write(w, refuse(401, "Unauthorized"))
	case found == nil:
		write(w, refuse(404, "Not Found"))
	default:
		w.Header().Set("Content-Type", "application/octet-stream")
		_, _ = w.Write(found.content)
	}
}

// filePrefix is where downloads begin.
const filePrefix = "/file/bot"

// told gives the file of a path; nil: there is none. The caller holds the mutex.
func (s *Server) told(path string) *file {
	for _, f := range s.files {
		if f.told && f.path == path {
			return f
		}
	}
	return nil
}
