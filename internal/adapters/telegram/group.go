package telegram

import (
	"regexp"
	"strings"
	"unicode/utf16"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
)

// addressed says that a message in a group is meant for the bot: a command, a
// mention, or a reply to something that the bot wrote. The bot must be known.
func (a *Adapter) addressed(m *message) bool {
	me := a.self.Load()
	if me == nil {
		return false
	}
	text, entities := m.Text, m.Entities
	if text == "" {
		text, entities = m.Caption, m.CaptionEntities
	}
	if command, ok := strings.CutPrefix(text, "/"); ok {
		word := strings.Fields(command + " .")[0]
		_, to, named := strings.Cut(word, "@")
		return !named || strings.EqualFold(to, me.UserName)
	}
	for _, e := range entities {
		if e.Type == "mention" && strings.EqualFold(part(text, e), "@"+me.UserName) ||
			e.Type == "text_mention" && e.User != nil && e.User.ID == me.ID {
			return true
		}
	}
	// In a topic everything replies to the message that opened it.
	r := m.ReplyToMessage
	return r != nil && r.From != nil && r.From.ID == me.ID && !(m.InTopic && r.MessageID == m.ThreadID)
}

// part is the text under an entity, whose place counts UTF-16 units.
func part(text string, e tgbotapi.MessageEntity) string {
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
