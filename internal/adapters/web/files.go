package web

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/chat"
)

// fileMost is how large a file may be, in bytes. carryTime is how long fetching one of
// another platform's may take.
const (
	fileMost  = 10 << 20
	carryTime = 30 * time.Second
)

// uploadForm is what an upload names a file, fileForm what any file is named.
var uploadForm = regexp.MustCompile(`^[A-Z2-7]{26}$`)

var fileForm = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

// carry keeps the files of a post beside a feed, so that they are there as long as it
// is: once, however often it is named. One that can't be had, or is too large, leaves
// its title.
func (a *Adapter) carry(ctx context.Context, feed string, all []chat.File) ([]file, error) {
	var out []file
	for _, f := range all {
		kept := file{Kind: f.Kind, Title: f.Name, Type: f.Type, Size: f.Size}
		content, err := a.fetch(ctx, f)
		if err != nil {
			return nil, err
		}
		if content != nil {
			kind, ok := sniff(content)
			if !ok {
				kind = "application/octet-stream"
			}
			kept.Name, kept.Type, kept.Size = digest(f.Platform+" "+f.Ref), kind, int64(len(content))
			if err := a.config.Feeds.KeepFile(ctx, feed, kept.Name, content); err != nil {
				return nil, err
			}
		}
		out = append(out, kept)
	}
	return out, nil
}

// fetch gives a file's content; nil: there is none to be had. An error says that it
// may be had later.
func (a *Adapter) fetch(ctx context.Context, f chat.File) ([]byte, error) {
	if f.TooLarge || f.Ref == "" || a.config.Files == nil || f.Kind == chat.Place || f.Kind == chat.Contact {
		return nil, nil
	}
	ctx, cancel := context.WithTimeout(ctx, carryTime)
	defer cancel()
	r, err := a.config.Files.Open(ctx, f)
	if err == nil {
		defer func() { _ = r.Close() }()
		var content []byte
		if content, err = io.ReadAll(io.LimitReader(r, fileMost+1)); err == nil && len(content) <= fileMost {
			return content, nil
		}
	}
	if err != nil && adapters.Judge(err).Outcome == adapters.Retry {
		return nil, err
	}
	return nil, nil
}

// Open implements adapters.Opener for the files that were uploaded here.
func (a *Adapter) Open(ctx context.Context, f chat.File) (io.ReadCloser, error) {
	room, name, _ := strings.Cut(f.Ref, "/")
	content, err := a.config.Feeds.File(ctx, chat.Room{Platform: f.Platform, ID: room}.String(), name)
	if err != nil {
		return nil, err
	}
	if content == nil {
		return nil, refused("the file is no longer kept")
	}
	return io.NopCloser(bytes.NewReader(content)), nil
}

// serveFile shows a file that is kept beside a feed.
func (a *Adapter) serveFile(w http.ResponseWriter, r *http.Request, feed, name string) {
	if !fileForm.MatchString(name) {
		http.NotFound(w, r)
		return
	}
	content, err := a.config.Feeds.File(r.Context(), feed, name)
	switch {
	case err != nil:
		problem(w, r, http.StatusServiceUnavailable, "暂时打不开，请稍后再试。", "It can't be opened just now. Please try again.")
		return
	case content == nil:
		problem(w, r, http.StatusNotFound, "这个文件已经不在了。", "This file is no longer here.")
		return
	}
	kind, known := sniff(content)
	if kind == "application/ogg" { // voice messages
		kind = "audio/ogg"
	}
	h := w.Header()
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	h.Set("Cache-Control", "private, max-age=3600")
	h.Set("Content-Type", kind)
	if class, _, _ := strings.Cut(kind, "/"); !known || class != "image" && class != "audio" && class != "video" {
		h.Set("Content-Type", "application/octet-stream")
		h.Set("Content-Disposition", "attachment; filename="+strconv.Quote("file"+extensions[kind]))
	}
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(content))
}

// extensions are those of files that are not shown but saved.
var extensions = map[string]string{"application/pdf": ".pdf"}

func (a *Adapter) showChatFile(w http.ResponseWriter, r *http.Request) {
	id := visitor(r)
	if id == "" {
		http.NotFound(w, r)
		return
	}
	a.serveFile(w, r, roomOf(id).String(), r.PathValue("name"))
}
