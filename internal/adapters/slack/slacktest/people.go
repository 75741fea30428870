package slacktest

import "strings"

// Person is somebody who works at the desk. Texts are as Slack writes them: with
// &lt;, &gt; and &amp;, and with <@U…> where somebody is mentioned.
type Person struct {
	s    *Server
	User string
}

// Says writes in a channel, or in a thread of it. Where the text mentions the bot
// the message also comes as app_mention, with the same ts.
func (p *Person) Says(channel, threadTS, text string) (ts string) {
	return p.writes(channel, &Message{ThreadTS: threadTS, Text: text})
}

// Mentions is Says with a mention of the bot at the start.
func (p *Person) Mentions(channel, threadTS, text string) (ts string) {
	return p.Says(channel, threadTS, "<@"+BotUser+"> "+text)
}

// Broadcasts replies in a thread and shows the reply in the channel.
func (p *Person) Broadcasts(channel, threadTS, text string) (ts string) {
	return p.writes(channel, &Message{ThreadTS: threadTS, Text: text, Broadcast: true})
}

// Remarks writes with /me.
func (p *Person) Remarks(channel, threadTS, text string) (ts string) {
	return p.writes(channel, &Message{ThreadTS: threadTS, Text: text, Subtype: "me_message"})
}

// DM writes to the bot alone.
func (p *Person) DM(text string) (ts string) { return p.Says(p.DMChannel(), "", text) }

// DMChannel is the direct channel between a person and the bot.
func (p *Person) DMChannel() string { return dmOf(p.User) }

// SendsFile sends a file with a comment.
func (p *Person) SendsFile(channel, threadTS, name string, content []byte, comment string) (ts string) {
	p.s.mu.Lock()
	f := p.s.keep(p.User, name, content)
	p.s.mu.Unlock()
	return p.writes(channel, &Message{ThreadTS: threadTS, Text: comment, Subtype: "file_share", Files: []File{f.File}})
}

func (p *Person) writes(channel string, m *Message) (ts string) {
	s := p.s
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.place(channel)
	if m.ThreadTS != "" && c.find(m.ThreadTS) == nil {
		s.misused("%s can't reply to %s: it is not in %s", p.User, m.ThreadTS, channel)
	}
	m.Channel, m.User = channel, p.User
	if m.Subtype == "" {
		m.clientID = s.id("client-")
		m.Blocks = richText(m.Text)
	}
	s.publish(c, m)
	return m.TS
}

// richText is how Slack shows what somebody typed: as rich text.
func richText(text string) []byte {
	plain := strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(text)
	words := []any{map[string]any{"type": "text", "text": plain}}
	section := map[string]any{"type": "rich_text_section", "elements": words}
	return marshal([]any{map[string]any{"type": "rich_text", "block_id": "typed", "elements": []any{section}}})
}

// Edits changes a message of theirs.
func (p *Person) Edits(channel, ts, text string) {
	p.changes(channel, ts, func(m *Message) {
		m.Text = text
		if m.Blocks != nil {
			m.Blocks = richText(text)
		}
		m.Edits++
		m.editedBy, m.editedAt = p.User, p.s.ts()
	})
}

// Unfurls lets Slack add a preview to a message: message_changed, the same text.
func (p *Person) Unfurls(channel, ts string) {
	p.changes(channel, ts, func(m *Message) { m.preview = true })
}

// changes changes a message and tells the bot.
func (p *Person) changes(channel, ts string, change func(*Message)) {
	s := p.s
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.place(channel)
	m := c.find(ts)
	if m == nil {
		s.misused("there is no message %s in %s", ts, channel)
	}
	before := s.json(m)
	change(m)
	s.tellChanged(c, m, before)
}

// Deletes deletes a message, also one of the bot's, as admins can. The first message
// of a thread that has replies stays as a tombstone.
func (p *Person) Deletes(channel, ts string) {
	s := p.s
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.place(channel)
	m := c.find(ts)
	if m == nil {
		s.misused("there is no message %s in %s", ts, channel)
	}
	s.erase(c, m)
}

// Reacts puts an emoji under a message. The bot is not told: it asks for no such
// events.
func (p *Person) Reacts(channel, ts, name string) {
	s := p.s
	s.mu.Lock()
	defer s.mu.Unlock()
	if m := s.place(channel).find(ts); m != nil {
		m.react(p.User, name)
	}
}

// OpensHome opens the app's home.
func (p *Person) OpensHome() {
	s := p.s
	s.mu.Lock()
	defer s.mu.Unlock()
	s.queueEvent(marshal(map[string]any{"type": "app_home_opened", "user": p.User, "channel": p.DMChannel(), "tab": "home", "event_ts": s.ts()}))
}
