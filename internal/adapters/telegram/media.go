package telegram

import (
	"slices"

	"github.com/s4bot/s4bot/internal/chat"
)

// downloadLimit is what the official server gives to bots, in bytes. A server of
// one's own may give more, but which one stands behind an address can't be told;
// so the limit holds for all, and what is said about a file holds everywhere.
const downloadLimit = 20 << 20

// kinds are what the program knows a message to carry, by the names of the Bot
// API. An animation comes with a document and a venue with a location, for older
// programs: so they stand before those.
var kinds = []struct {
	part string
	read func(m *message, part string) (chat.File, bool)
}{
	{"photo", photo},
	{"animation", content(chat.Video, "video/mp4")},
	{"video", content(chat.Video, "video/mp4")},
	{"video_note", content(chat.Video, "video/mp4")},
	{"voice", content(chat.Voice, "audio/ogg")},
	{"audio", content(chat.Audio, "")},
	{"document", content(chat.Document, "")},
	{"sticker", sticker},
	{"venue", venue},
	{"location", location},
	{"contact", contact},
}

// files are what came with a message: one file at most, as Telegram sends an
// album's one by one. What the program does not know has a name all the same.
func files(m *message) []chat.File {
	for _, k := range kinds {
		if f, ok := k.read(m, k.part); ok {
			return []chat.File{f}
		}
	}
	if name := stranger(m); name != "" {
		return []chat.File{{Kind: chat.OtherFile, Platform: Platform, Name: name}}
	}
	return nil
}

// media is what the Bot API's kinds of files have in common.
type media struct {
	ID   string `json:"file_id"`
	Size int64  `json:"file_size"`
	Type string `json:"mime_type"`
	Name string `json:"file_name"`
	// Of a photo's size; of a sticker.
	Width    int    `json:"width"`
	Height   int    `json:"height"`
	Emoji    string `json:"emoji"`
	Animated bool   `json:"is_animated"`
	Video    bool   `json:"is_video"`
}

func (f media) file(kind chat.FileKind) chat.File {
	return chat.File{
		Kind: kind, Platform: Platform, Ref: f.ID, Name: f.Name, Type: f.Type,
		Size: f.Size, TooLarge: f.Size > downloadLimit,
	}
}

// content reads a part that is a file; usual is its type if Telegram names none.
func content(kind chat.FileKind, usual string) func(*message, string) (chat.File, bool) {
	return func(m *message, part string) (chat.File, bool) {
		f, ok := readMedia(m, part, usual)
		return f.file(kind), ok
	}
}

// readMedia reads a part that is a file; without an id nobody can fetch it.
func readMedia(m *message, part, usual string) (media, bool) {
	f := media{Type: usual}
	ok := m.part(part, &f) && f.ID != ""
	return f, ok
}

// photo takes the largest of a photo's sizes that bots can have.
func photo(m *message, part string) (chat.File, bool) {
	var sizes []media
	if !m.part(part, &sizes) || len(sizes) == 0 {
		return chat.File{}, false
	}
	best := slices.MaxFunc(sizes, func(a, b media) int { return a.rank() - b.rank() })
	best.Type = "image/jpeg"
	return best.file(chat.Photo), best.ID != ""
}

// rank orders sizes: larger is better, but what bots can't have is the last.
func (f media) rank() int {
	if f.Size > downloadLimit {
		return -f.Width * f.Height
	}
	return f.Width * f.Height
}

// sticker has its emoji for a name: that is what it says.
func sticker(m *message, part string) (chat.File, bool) {
	f, ok := readMedia(m, part, "image/webp")
	switch {
	case f.Animated:
		f.Type = "application/x-tgsticker"
	case f.Video:
		f.Type = "video/webm"
	}
	f.Name = f.Emoji
	return f.file(chat.Sticker), ok
}
