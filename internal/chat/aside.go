package chat

import (
	"regexp"
	"strings"
)

// asideForm is // or what Chinese input methods make of it.
var asideForm = regexp.MustCompile(`^(?:[/／]{2}|、、)`)

// Aside says whether what an agent writes is for colleagues alone, which // at its
// start says, also as ／／ or 、、; and it gives the text without that.
func Aside(text string) (rest string, aside bool) {
	text = strings.TrimSpace(text)
	rest = text[len(asideForm.FindString(text)):]
	return strings.TrimSpace(rest), rest != text
}
