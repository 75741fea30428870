package slack

import (
	"cmp"
	"regexp"
	"strconv"
	"strings"

	slackgo "github.com/slack-go/slack"

	"github.com/s4bot/s4bot/internal/chat"
)

// nameMost is how much is shown of a file's name, a place or a contact.
const nameMost = 300

// enclosed makes the message of something that came with a text. A place is a link
// to a map, a contact its name.
func (a *Adapter) enclosed(f chat.File) letter {
	name := shorten(line(f.Name), nameMost)
	switch f.Kind {
	case chat.Place:
		return place(name)
	case chat.Contact:
		return saying("👤 " + name)
	}
	return letter{file: &f}
}

// saying is a message of a short clean text.
func saying(text string) letter {
	return letter{text: escape(text), blocks: []slackgo.Block{paragraph(text)}}
}

var positionForm = regexp.MustCompile(`^(-?\d{1,2}(?:\.\d+)?),\s*(-?\d{1,3}(?:\.\d+)?)(?:\D(.*))?$`)

// place makes the message of a place; its name begins with latitude and longitude,
// or else is shown as it is.
func place(name string) letter {
	m := positionForm.FindStringSubmatch(name)
	if m == nil || !within(m[1], 90) || !within(m[2], 180) {
		return saying("📍 " + name)
	}
	at := m[1] + "," + m[2]
	text := strings.TrimSpace("📍 <https://maps.google.com/?q=" + at + "|" + at + "> " + escape(m[3]))
	return letter{text: text, blocks: []slackgo.Block{slackgo.NewSectionBlock(markup(text), nil, nil)}}
}

func within(number string, most float64) bool {
	v, err := strconv.ParseFloat(number, 64)
	return err == nil && v >= -most && v <= most
}

// missing is a message that stands in for a file which can't be shown.
func (a *Adapter) missing(f chat.File, why string) letter {
	name := cmp.Or(shorten(line(f.Name), nameMost), string(f.Kind))
	return saying(wordFile.in(a.config.Lang) + "「" + name + "」" + why)
}
