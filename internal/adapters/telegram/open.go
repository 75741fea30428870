package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"strings"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/chat"
)

var _ adapters.Opener = (*Adapter)(nil)

// Open implements adapters.Opener. The content comes as it is read; the context's
// end breaks it off. Content that is longer than the file's size, or than what
// Telegram gives, ends with an error.
func (a *Adapter) Open(ctx context.Context, f chat.File) (io.ReadCloser, error) {
	switch {
	case f.Platform != Platform || f.Ref == "":
		return nil, never("there is nothing to fetch from Telegram: " + string(f.Kind))
	case f.TooLarge || f.Size > downloadLimit:
		return nil, never("Telegram gives bots no file of more than 20 MB")
	}
	path, err := a.filePath(ctx, f.Ref)
	if err != nil {
		return nil, err
	}
	most := f.Size
	if most <= 0 {
		most = downloadLimit
	}
	return a.download(ctx, path, most)
}

// never is a failure that no repeat mends.
func never(reason string) *adapters.Failure {
	return &adapters.Failure{Outcome: adapters.Failed, Reason: reason}
}

// filePath asks where a file can be fetched for an hour.
func (a *Adapter) filePath(ctx context.Context, ref string) (string, error) {
	raw, err := a.call(ctx, requestTimeout, "getFile", params{"file_id": ref})
	if err != nil {
		return "", judgeFetch(err)
	}
	var file struct {
		Path string `json:"file_path"`
	}
	if err := json.Unmarshal(raw, &file); err != nil || file.Path == "" {
		return "", &adapters.Failure{Reason: "telegram getFile: the answer names no path"}
	}
	if local(file.Path) {
		return "", never("the Bot API server at TELEGRAM_API_BASE runs in local mode and keeps files on its own disk: start it without --local")
	}
	return file.Path, nil
}

// local says that a path is one on a server's own disk.
func local(path string) bool { return path[0] == '/' || strings.Contains(path, `\`) }

// judgeFetch judges a call by which nothing is sent: what may have arrived can be
// asked for again.
func judgeFetch(err error) *adapters.Failure {
	var p *problem
	if !errors.As(err, &p) {
		return adapters.Judge(err)
	}
	f := judge(p)
	switch f.Outcome {
	case adapters.Uncertain:
		f.Outcome = adapters.Retry
	case adapters.Gone:
		f.Outcome = adapters.Failed
	}
	return f
}
