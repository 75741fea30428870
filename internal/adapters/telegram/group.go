package telegram

import (
	"regexp"
	"strings"
	"unicode/utf16"
)

// addressed says that a message in a group is meant for the bot: a command, a
// mention, or a reply to something that the bot wrote. The bot must be known.
func (a *Adapter) addressed(m *message) bool {
	me := a.self.Load()
	if me == nil {
		return false
	}
	text, entities := m.words()
	if command, ok := strings.CutPrefix(text, "/"); ok {
		word := strings.Fields(command + " .")[0]
		_, to, named := strings.Cut(word, "@")
		return !named || strings.EqualFold(to, me.UserName)
	}
	for _, e := range entities {
		if e.Type == "mention" && strings.EqualFold(e.in(text), "@"+me.UserName) ||
			e.Type == "text_mention" && e.User.ID == me.ID {
			return true
		}
	}
	r := m.replied()
	return r != nil && r.From != nil && r.From.ID == me.ID
}

// entity is a part of a text that is something: a mention, a command. Its place
// counts UTF-16 units.
type entity struct {
	Type   string `json:"type"`
	Offset int    `json:"offset"`
	Length int    `json:"length"`
	User   person `json:"user"`
}

// words are a message's text or caption, and what is in it.
func (m *message) words() (text string, entities []entity) {
	if m.Text != "" {
		m.part("entities", &entities)
		return m.Text, entities
	}
	m.part("caption_entities", &entities)
	return m.Caption, entities
}

// in is the part of the text that the entity is; empty: it lies outside.
func (e entity) in(text string) string {
	units := utf16.Encode([]rune(text))
	if e.Offset < 0 || e.Length < 0 || e.Offset > len(units) || e.Length > len(units)-e.Offset {
		return ""
	}
	return string(utf16.Decode(units[e.Offset : e.Offset+e.Length]))
}

// withoutMention takes the bot's name out of a text that was written to it.
func (a *Adapter) withoutMention(text string) string {
	me := a.self.Load()
	if me == nil || me.UserName == "" || strings.HasPrefix(text, "/") {
		return text
	}
	name := regexp.MustCompile(`(?i)@` + regexp.QuoteMeta(me.UserName) + `\b`)
	return strings.TrimSpace(name.ReplaceAllString(text, ""))
}
