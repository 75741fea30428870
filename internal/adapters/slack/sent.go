package slack

import (
	"cmp"
	"strings"

	"github.com/s4bot/s4bot/internal/chat"
)

// fileLimit is how large a file from Slack may be, in bytes.
const fileLimit = 50 << 20

// sentFile is what we read of a file in a message.
type sentFile struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Title   string `json:"title"`
	Type    string `json:"mimetype"`
	Subtype string `json:"subtype"`
	Mode    string `json:"mode"`
	Size    int64  `json:"size"`
}

// files gives the files of a message. Those that were deleted are left out.
func (m *spoken) files() (out []chat.File) {
	for _, f := range m.Files {
		if f.ID == "" || f.Mode == "tombstone" {
			continue
		}
		out = append(out, f.file())
	}
	return out
}

// file turns a file of Slack into ours. What lies elsewhere, such as on a shared
// drive, or is hidden by the plan's limit, has no content to fetch.
func (f *sentFile) file() chat.File {
	c := chat.File{
		Kind: f.kind(), Platform: Platform, Ref: f.ID, Name: cmp.Or(f.Name, f.Title),
		Type: f.Type, Size: max(f.Size, 0), TooLarge: f.Size > fileLimit,
	}
	if f.Mode == "external" || f.Mode == "hidden_by_limit" {
		c.Kind, c.Ref = chat.OtherFile, ""
	}
	return c
}

func (f *sentFile) kind() chat.FileKind {
	switch {
	case f.Subtype == "slack_audio":
		return chat.Voice
	case f.Type == "image/jpeg", f.Type == "image/png", f.Type == "image/webp":
		return chat.Photo
	case strings.HasPrefix(f.Type, "video/"):
		return chat.Video
	case strings.HasPrefix(f.Type, "audio/"):
		return chat.Audio
	}
	return chat.Document
}
