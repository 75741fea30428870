package slack

import (
	"cmp"
	"regexp"
	"strings"
)

// bracketed is what Slack puts between angle brackets: a person, a channel, a link.
var bracketed = regexp.MustCompile(`<([^<>\s][^<>\n]*)>`)

// entities are the only three characters that Slack escapes.
var entities = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&")

// plain turns Slack's mrkdwn into text that a merchant can read. name gives what
// people call somebody by their id. Marks such as *bold* stay as they are.
func plain(text string, name func(id string) string) string {
	var b strings.Builder
	for text != "" {
		at := bracketed.FindStringSubmatchIndex(text)
		if at == nil {
			break
		}
		b.WriteString(unescaped(text[:at[0]]))
		b.WriteString(inWords(text[at[2]:at[3]], name))
		text = text[at[1]:]
	}
	b.WriteString(unescaped(text))
	return b.String()
}

func unescaped(text string) string { return entities.Replace(withEmoji(text)) }

// inWords gives what stands between two angle brackets, in words.
func inWords(inner string, name func(id string) string) string {
	target, label, _ := strings.Cut(inner, "|")
	target, label = entities.Replace(target), entities.Replace(label)
	switch {
	case target == "":
		return ""
	case target[0] == '@':
		return "@" + cmp.Or(name(target[1:]), label, target[1:])
	case target[0] == '#':
		return "#" + cmp.Or(label, target[1:])
	case target[0] == '!':
		return called(target[1:], label)
	}
	return link(target, label)
}

// called gives words for a call such as !here, or for a date that Slack writes.
func called(target, label string) string {
	word, _, _ := strings.Cut(target, "^")
	switch word {
	case "here", "channel", "everyone":
		return "@" + word
	}
	return cmp.Or(label, "@"+word)
}

func link(target, label string) string {
	bare := strings.TrimPrefix(strings.TrimPrefix(target, "mailto:"), "tel:")
	if label == "" || label == target || label == bare || "http://"+label == target || "https://"+label == target {
		return bare
	}
	return label + " (" + bare + ")"
}
