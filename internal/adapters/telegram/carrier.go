package telegram

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/s4bot/s4bot/internal/chat"
)

// What Telegram takes from bots, in bytes.
const (
	photoBytes  = 10 << 20
	uploadBytes = 50 << 20
)

// carrier is a way to send a file: a method of the Bot API, the parameter that
// holds the file, and whether a text can stand under it.
type carrier struct {
	method, field string
	captioned     bool
}

var (
	asPhoto    = carrier{"sendPhoto", "photo", true}
	asVideo    = carrier{"sendVideo", "video", true}
	asVoice    = carrier{"sendVoice", "voice", true}
	asAudio    = carrier{"sendAudio", "audio", true}
	asDocument = carrier{"sendDocument", "document", true}
	asSticker  = carrier{"sendSticker", "sticker", false}
)

// ours says that Telegram has the file already: its Ref sends it again.
func ours(f chat.File) bool { return f.Platform == Platform }

// carrierOf chooses how a file goes.
func carrierOf(f chat.File) carrier {
	switch {
	case f.Kind == chat.Photo && (ours(f) || f.Size <= photoBytes):
		return asPhoto
	case f.Kind == chat.Video:
		return asVideo
	case f.Kind == chat.Voice:
		return asVoice
	case f.Kind == chat.Audio:
		return asAudio
	case f.Kind == chat.Sticker && ours(f):
		return asSticker
	}
	return asDocument
}

// disliked says that Telegram refuses this way of sending a file and may take it
// as a document: what it can't show as a picture, and a voice message to somebody
// who wants none.
func (c carrier) disliked(p *problem) bool {
	switch c {
	case asPhoto:
		return p.code == 413 || says(p, "photo") || says(p, "image") || says(p, "wrong file") || says(p, "wrong type") || says(p, "too big")
	case asVoice:
		return says(p, "voice_messages_forbidden")
	}
	return false
}

// enclosed makes a letter of each file, without a text and an address. An error is
// a *Failure about a file that can never be sent. A contact, and a place without
// coordinates, goes as its name, and not at all without one.
func (a *Adapter) enclosed(files []chat.File) ([]letter, error) {
	var out []letter
	for _, f := range files {
		switch {
		case f.Kind == chat.Place && readPosition(f.Name) != nil:
			out = append(out, letter{form: beside, spot: readPosition(f.Name)})
		case f.Kind == chat.Place, f.Kind == chat.Contact:
			for _, p := range split(f.Name, textUnits) {
				out = append(out, letter{form: beside, text: p.text})
			}
		default:
			if err := a.sendable(f); err != nil {
				return nil, err
			}
			out = append(out, letter{form: beside, file: &parcel{file: f}, by: carrierOf(f)})
		}
	}
	return out, nil
}

// sendable says why a file can't be sent, as far as one knows without fetching it.
func (a *Adapter) sendable(f chat.File) error {
	switch {
	case f.Ref == "":
		return never("nobody knows where a file of the post is")
	case ours(f):
		return nil
	case f.TooLarge:
		return never("a file of the post is too large for its platform to give to bots")
	case f.Size > uploadBytes:
		return tooLarge()
	case a.config.Files == nil:
		return never("no files are fetched from " + f.Platform)
	}
	return nil
}

func tooLarge() error {
	return never("a file of the post is larger than the 50 MB that Telegram takes from bots")
}

// position is a place on the map, as the Bot API writes it.
type position struct{ latitude, longitude string }

var positionForm = regexp.MustCompile(`^(-?\d{1,2}(?:\.\d+)?),\s*(-?\d{1,3}(?:\.\d+)?)(?:\D|$)`)

// readPosition reads a name that begins with latitude and longitude; nil: it
// does not.
func readPosition(name string) *position {
	m := positionForm.FindStringSubmatch(strings.TrimSpace(name))
	if m == nil {
		return nil
	}
	lat, _ := strconv.ParseFloat(m[1], 64)
	lon, _ := strconv.ParseFloat(m[2], 64)
	if lat < -90 || lat > 90 || lon < -180 || lon > 180 {
		return nil
	}
	return &position{m[1], m[2]}
}
