package telegramtest

import (
	"io"
	"net/http"
	"path"
	"strings"
)

// What a bot may upload, in bytes.
const (
	uploadLimit = 50 << 20
	photoLimit  = 10 << 20
)

// sender makes the method that sends a kind of file.
func sender(kind string) func(*Server, *http.Request, Params) answer {
	return func(s *Server, r *http.Request, p Params) answer {
		m := &Message{Kind: kind}
		a, ok := s.attach(r, p, m)
		if !ok {
			return a
		}
		if kind == "sticker" {
			return s.send(r, p, m, "", "")
		}
		m.Text = p.Get("caption")
		return s.send(r, p, m, "caption_entities", checkCaption(m.Text))
	}
}

// attach reads the file that a message is to have: one that came with the request,
// or one that the server knows. false: the answer says what is wrong.
func (s *Server) attach(r *http.Request, p Params, m *Message) (answer, bool) {
	if r.MultipartForm == nil || len(r.MultipartForm.File[m.Kind]) == 0 {
		return s.attachKnown(p.Get(m.Kind), m)
	}
	head := r.MultipartForm.File[m.Kind][0]
	f, err := head.Open()
	if err != nil {
		return badRequest("the file can't be read"), false
	}
	defer func() { _ = f.Close() }()
	content, err := io.ReadAll(f)
	switch {
	case err != nil:
		return badRequest("the file can't be read"), false
	case len(content) == 0:
		return badRequest("file must be non-empty"), false
	case len(content) > uploadLimit:
		return refuse(413, "Request Entity Too Large"), false
	case m.Kind == "photo" && len(content) > photoLimit:
		return badRequest("too big for a photo"), false
	case m.Kind == "photo" && !strings.HasPrefix(http.DetectContentType(content), "image/"):
		return badRequest("IMAGE_PROCESS_FAILED"), false
	}
	m.FileName, m.File = head.Filename, content
	s.mu.Lock()
	defer s.mu.Unlock()
	m.show(s.fileJSON(content, m.Kind+"s", path.Ext(head.Filename)))
	return answer{}, true
}

// attachKnown takes a file by its id. The folder of its path tells its kind: a file
// can't be sent as another.
func (s *Server) attachKnown(id string, m *Message) (answer, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f := s.files[id]
	switch {
	case id == "":
		return badRequest("there is no " + m.Kind + " in the request"), false
	case f == nil:
		return badRequest("wrong file identifier/HTTP URL specified"), false
	case !strings.HasPrefix(f.path, m.Kind):
		return badRequest("type of file mismatch"), false
	}
	m.File = f.content
	m.show(map[string]any{"file_id": id, "file_unique_id": "u" + id[12:], "file_size": f.size})
	return answer{}, true
}

// show notes how the Bot API shows the file: of a photo, all its sizes.
func (m *Message) show(file map[string]any) {
	m.media = file
	if m.Kind == "photo" {
		file["width"], file["height"] = 1280, 960
		m.media = []any{file}
	}
	if m.FileName != "" && m.Kind == "document" {
		file["file_name"] = m.FileName
	}
}
