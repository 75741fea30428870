package slack

import (
	"strings"
	"unicode"
)

// escaper makes what Slack would act on into mere text.
var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// escape makes a text inert where Slack looks for calls, mentions and links.
func escape(text string) string { return escaper.Replace(text) }

// clean gives a text that Slack shows to the letter: valid UTF-8 without control
// characters other than line breaks and tabs.
func clean(text string) string {
	text = strings.ReplaceAll(strings.ToValidUTF8(text, "\uFFFD"), "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, text)
}

// line gives a text in one line.
func line(text string) string { return strings.Join(strings.Fields(clean(text)), " ") }

// blank says that nothing can be seen of a text.
func blank(text string) bool { return strings.TrimSpace(text) == "" }
