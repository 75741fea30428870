package telegram

// Who stands in the field "from" for people who write without their own name. They
// are bots by that field alone.
const (
	anonymousAdmin = 1087968824 // for a group's administrator: the group is the sender
	writesAsAChat  = 136817688  // for somebody who writes as their channel
)

// author is what people call who wrote a message; false: no person wrote it, but
// a bot, or Telegram itself, which copies a channel's posts into its group.
func author(m *message) (string, bool) {
	if m.From == nil || m.has("is_automatic_forward") {
		return "", false
	}
	if m.From.ID == anonymousAdmin || m.From.ID == writesAsAChat {
		var as chatInfo
		return as.Title, m.part("sender_chat", &as)
	}
	return m.From.name(), !m.From.IsBot
}
