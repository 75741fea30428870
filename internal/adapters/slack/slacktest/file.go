package slacktest

import (
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"
	"time"
)

const (
	uploadPath = "/upload/v1/"
	filePath   = "/files-pri/"
)

// File is a file of a message.
type File struct {
	ID, Name, Title, Mimetype string
	Content                   []byte
	Deleted                   bool
}

// file is a file as the server keeps it.
type file struct {
	File
	user   string
	length int // as promised; content follows
	came   bool
	shares []map[string]any
	place  string // the channel it was shared in
}

// keep keeps a file; the caller holds the mutex.
func (s *Server) keep(user, name string, content []byte) *file {
	kind := mime.TypeByExtension(path.Ext(name))
	if kind == "" {
		kind = "application/octet-stream"
	}
	f := &file{File: File{ID: s.id("F"), Name: name, Title: name, Mimetype: kind, Content: content}, user: user, length: len(content), came: true}
	s.files[f.ID] = f
	return f
}

func (f *file) json(base string) map[string]any {
	if f.Deleted {
		return map[string]any{"id": f.ID, "mode": "tombstone"}
	}
	address := base + filePath + TeamID + "-" + f.ID + "/"
	ending := strings.TrimPrefix(path.Ext(f.Name), ".")
	return map[string]any{
		"id": f.ID, "created": time.Now().Unix(), "timestamp": time.Now().Unix(), "name": f.Name, "title": f.Title, "mimetype": f.Mimetype,
		"filetype": ending, "pretty_type": strings.ToUpper(ending), "user": f.user, "user_team": TeamID, "mode": "hosted",
		"size": f.length, "is_external": false, "editable": false, "is_public": true, "file_access": "visible",
		"url_private": address + url.PathEscape(f.Name), "url_private_download": address + "download/" + url.PathEscape(f.Name),
		"permalink": "https://s4test.slack.com/files/" + f.user + "/" + f.ID,
	}
}

// getUploadURL promises a file.
func getUploadURL(s *Server, p url.Values) answer {
	n, err := strconv.Atoi(p.Get("length"))
	if p.Get("filename") == "" || err != nil || n <= 0 {
		return refuse("invalid_arguments", "[ERROR] missing required field: filename or length")
	}
	f := s.keep(BotUser, p.Get("filename"), nil)
	f.length, f.came = n, false
	return okay(map[string]any{"upload_url": s.URL + uploadPath + f.ID, "file_id": f.ID})
}

// serveUpload takes the content of a file that was promised, as the body or in a
// form.
func (s *Server) serveUpload(w http.ResponseWriter, r *http.Request) {
	content, err := uploaded(r)
	id := strings.TrimPrefix(r.URL.Path, uploadPath)
	s.handle(w, r, "upload", url.Values{"file": {id}}, func() outcome {
		f := s.files[id]
		if err != nil || f == nil || f.came || len(content) != f.length {
			return page(http.StatusBadRequest, "text/plain", []byte("400 - bad upload"))
		}
		f.Content, f.came = content, true
		return page(http.StatusOK, "text/plain", []byte("OK - "+itoa(len(content))))
	})
}

func uploaded(r *http.Request) ([]byte, error) {
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if kind != "multipart/form-data" {
		return io.ReadAll(r.Body)
	}
	if err := r.ParseMultipartForm(32 << 20); err != nil {
		return nil, err
	}
	for _, heads := range r.MultipartForm.File {
		f, err := heads[0].Open()
		if err != nil {
			return nil, err
		}
		defer func() { _ = f.Close() }()
		return io.ReadAll(f)
	}
	return nil, http.ErrMissingFile
}

func page(status int, kind string, content []byte) outcome {
	return outcome{page: func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", kind)
		w.WriteHeader(status)
		_, _ = w.Write(content)
	}}
}

// completeUpload shares files in a channel as one message. As in Slack, the answer
// does not say which message: an event and files.info do.
func completeUpload(s *Server, p url.Values) answer {
	var list []struct {
		ID    string `json:"id"`
		Title string `json:"title"`
	}
	if json.Unmarshal([]byte(p.Get("files")), &list) != nil || len(list) == 0 {
		return refuse("invalid_arguments", "[ERROR] missing required field: files")
	}
	var files []*file
	for _, one := range list {
		f := s.files[one.ID]
		if f == nil || !f.came || f.place != "" {
			return refuse("file_not_found")
		}
		if one.Title != "" {
			f.Title = one.Title
		}
		files = append(files, f)
	}
	if a := s.share(files, p); a != nil {
		return a
	}
	shown := []any{}
	for _, f := range files {
		shown = append(shown, f.json(s.URL))
	}
	return okay(map[string]any{"files": shown})
}

// share posts the bot's files; nil: all is well.
func (s *Server) share(files []*file, p url.Values) answer {
	if p.Get("channel_id") == "" {
		return nil
	}
	c, wrong := s.writable(p.Get("channel_id"))
	if wrong != "" {
		return refuse(wrong)
	}
	m := &Message{Channel: c.id, User: BotUser, Subtype: "file_share", Params: p}
	if a := s.compose(m, url.Values{"text": {p.Get("initial_comment")}}); a != nil {
		return a
	}
	if thread := p.Get("thread_ts"); thread != "" {
		if wrong := s.reply(c, m, thread); wrong != "" {
			return refuse(wrong)
		}
	}
	for _, f := range files {
		m.Files = append(m.Files, f.File)
		f.place = c.id
	}
	s.publish(c, m)
	for _, f := range files {
		f.shares = append(f.shares, map[string]any{"ts": m.TS, "thread_ts": m.ThreadTS, "channel_name": c.name})
	}
	return nil
}

func fileInfo(s *Server, p url.Values) answer {
	f := s.files[p.Get("file")]
	switch {
	case f == nil:
		return refuse("file_not_found")
	case f.Deleted:
		return refuse("file_deleted")
	}
	j := f.json(s.URL)
	if f.place != "" {
		j["shares"] = map[string]any{"public": map[string]any{f.place: f.shares}}
		j["channels"] = []string{f.place}
	}
	return okay(map[string]any{"file": j, "comments": []any{}})
}

func deleteFile(s *Server, p url.Values) answer {
	f := s.files[p.Get("file")]
	switch {
	case f == nil:
		return refuse("file_not_found")
	case f.Deleted:
		return refuse("file_deleted")
	case f.user != BotUser:
		return refuse("cant_delete_file")
	}
	f.Deleted = true
	return okay(nil)
}

// serveFile gives a file to the bot, and to anybody else the page to sign in.
func (s *Server) serveFile(w http.ResponseWriter, r *http.Request) {
	id, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, filePath+TeamID+"-"), "/")
	s.handle(w, r, "download", url.Values{"file": {id}}, func() outcome {
		f := s.files[id]
		switch {
		case bearer(r) != BotToken:
			return outcome{page: func(w http.ResponseWriter, _ *http.Request) {
				http.Redirect(w, r, s.URL+"/?redir="+url.QueryEscape(r.URL.Path), http.StatusFound)
			}}
		case f == nil || f.Deleted:
			return page(http.StatusNotFound, "text/html", []byte("<html>no such file</html>"))
		}
		return page(http.StatusOK, f.Mimetype, f.Content)
	})
}
