package telegramtest

import "time"

// anonymous stands in for a group's administrators that write without a name.
var anonymous = map[string]any{"id": 1087968824, "is_bot": true, "first_name": "Group", "username": "GroupAnonymousBot"}

// AddToGroup lets a person add the bot to a group: Telegram tells of the
// membership and writes a notice into the group.
func (s *Server) AddToGroup(chat int64) (updateID int64) {
	s.mu.Lock()
	r := s.room(chat)
	me := map[string]any{"id": BotID, "is_bot": true, "first_name": "S4", "username": Username}
	updateID = s.queueKind("my_chat_member", map[string]any{
		"chat": chatJSON(chat), "from": personJSON(chat), "date": time.Now().Unix(),
		"old_chat_member": map[string]any{"user": me, "status": "left"},
		"new_chat_member": map[string]any{"user": me, "status": "member"},
	})
	r.blocked = false
	s.mu.Unlock()
	s.Write(chat, map[string]any{"new_chat_members": []any{me}, "new_chat_member": me, "new_chat_participant": me})
	return updateID
}

// Migrate turns a group into a supergroup with another id: Telegram writes a
// notice into both, and takes nothing for the group any more.
func (s *Server) Migrate(from, to int64) (updateIDs [2]int64) {
	updateIDs[0], _ = s.Write(from, map[string]any{
		"chat": map[string]any{"id": from, "type": "group", "title": "Shop"}, "migrate_to_chat_id": to,
	})
	updateIDs[1], _ = s.Write(to, map[string]any{
		"from": anonymous, "sender_chat": chatJSON(to), "migrate_from_chat_id": from,
	})
	s.mu.Lock()
	defer s.mu.Unlock()
	s.room(from).migrated = to
	return updateIDs
}
