package slack

import (
	"cmp"
	"context"
	"io"
	"net/url"

	"github.com/s4bot/s4bot/internal/adapters"
	"github.com/s4bot/s4bot/internal/chat"
)

var _ adapters.Opener = (*Adapter)(nil)

// Open implements adapters.Opener. The content comes as it is read; the context's end
// breaks it off. Content that is longer than the file's size ends with an error.
func (a *Adapter) Open(ctx context.Context, f chat.File) (io.ReadCloser, error) {
	switch {
	case f.Platform != Platform || f.Ref == "":
		return nil, never("there is nothing to fetch from Slack: " + string(f.Kind))
	case f.TooLarge || f.Size > fileLimit:
		return nil, never("the file in Slack is larger than 50 MB")
	}
	info, err := a.fileInfo(ctx, f.Ref)
	if err != nil {
		return nil, err
	}
	most := cmp.Or(max(f.Size, 0), max(info.Size, 0), fileLimit)
	if info.Size > fileLimit {
		return nil, never("the file in Slack is larger than 50 MB")
	}
	return a.download(ctx, info, most)
}

// storedFile is what Slack tells of a file.
type storedFile struct {
	sentFile
	Download string `json:"url_private_download"`
	Private  string `json:"url_private"`
}

func (a *Adapter) fileInfo(ctx context.Context, id string) (*storedFile, error) {
	var v struct {
		File storedFile `json:"file"`
	}
	if err := a.query(ctx, "files.info", url.Values{"file": {id}}, &v); err != nil {
		return nil, a.again(err)
	}
	f := &v.File
	f.Download = cmp.Or(f.Download, f.Private)
	switch {
	case f.Mode == "external" || f.Mode == "tombstone" || f.Mode == "hidden_by_limit":
		return nil, never("Slack does not have the content of this file: " + f.Mode)
	case f.Download == "":
		return nil, never("Slack does not say where the file is")
	}
	return f, nil
}
