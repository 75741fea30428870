package web

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/s4bot/s4bot/internal/chat"
)

// kinds are the types of content that are taken, and what they are to people. What a
// file is says its content, not its name.
var kinds = map[string]chat.FileKind{
	"image/jpeg": chat.Photo, "image/png": chat.Photo, "image/webp": chat.Photo, "image/gif": chat.Photo,
	"video/mp4": chat.Video, "video/webm": chat.Video,
	"audio/mpeg": chat.Audio, "audio/wave": chat.Audio, "application/ogg": chat.Voice, "audio/aac": chat.Audio,
	"application/pdf": chat.Document,
}

// sniff says what content is; false: a type that is not taken.
func sniff(content []byte) (kind string, ok bool) {
	kind = http.DetectContentType(content)
	_, ok = kinds[kind]
	return kind, ok
}

func kindOf(kind string) chat.FileKind {
	if k, ok := kinds[kind]; ok {
		return k
	}
	return chat.OtherFile
}

// mayUpload says whether a room may be sent one more file, and counts it.
func (a *Adapter) mayUpload(r *http.Request, room chat.Room) bool {
	now := time.Now()
	if !near(r) {
		if ok, _ := a.limits.files.takes(a.address(r), now); !ok {
			return false
		}
	}
	ok, _ := a.limits.roomFiles.takes(room.String(), now)
	return ok
}

// takeUpload keeps a file of a merchant's for a message that will name it.
func (a *Adapter) takeUpload(w http.ResponseWriter, r *http.Request) {
	id := visitor(r)
	if id == "" {
		problem(w, r, http.StatusUnauthorized, "请刷新页面。", "Please reload the page.")
		return
	}
	a.upload(w, r, roomOf(id))
}

// upload keeps the file in a request's body beside a room's feed and answers with what
// a message names it by.
func (a *Adapter) upload(w http.ResponseWriter, r *http.Request, room chat.Room) {
	if !a.mayUpload(r, room) {
		problem(w, r, http.StatusTooManyRequests, "文件发得太多了，请过几分钟再发。", "That is a lot of files. Please wait a few minutes.")
		return
	}
	content, err := io.ReadAll(http.MaxBytesReader(w, r.Body, fileMost))
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		problem(w, r, http.StatusRequestEntityTooLarge, "文件太大了，最大 10 MB。", "This file is too large: 10 MB at most.")
		return
	case err != nil || len(content) == 0:
		problem(w, r, http.StatusBadRequest, "文件没有传完，请再试一次。", "The file did not arrive whole. Please try again.")
		return
	}
	kind, ok := sniff(content)
	if !ok {
		problem(w, r, http.StatusUnsupportedMediaType, "这种文件收不了，请发照片、录音、视频或 PDF。", "This kind of file can't be taken. Please send a photo, a recording, a video or a PDF.")
		return
	}
	f := file{Kind: kinds[kind], Name: rand.Text(), Title: a.mask(cut(cleanFileName(r.URL.Query().Get("name")), 120)), Type: kind, Size: int64(len(content))}
	if err := a.keepUpload(r.Context(), room, f.Name, content); err != nil {
		problem(w, r, http.StatusServiceUnavailable, "暂时收不了文件，请稍后再试。", "Files can't be taken just now. Please try again.")
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(f)
}

// fillMost is how full of anything the store's memory may be for a file to be taken:
// files must leave room for words, which are no longer taken at 0.8.
const fillMost = 0.5

var errFull = errors.New("the store has no room for files")

func (a *Adapter) keepUpload(ctx context.Context, room chat.Room, name string, content []byte) error {
	a.keeping.Lock() // else many see the same room and fill it together
	defer a.keeping.Unlock()
	if a.config.Fill != nil {
		if fill, err := a.config.Fill(ctx); err != nil || fill > fillMost {
			return cmp.Or(err, errFull)
		}
	}
	return a.config.Feeds.KeepFile(ctx, room.String(), name, content)
}

// cleanFileName is a file's name without a path.
func cleanFileName(name string) string {
	if i := strings.LastIndexAny(name, `/\`); i >= 0 {
		name = name[i+1:]
	}
	return cleanName(name)
}
